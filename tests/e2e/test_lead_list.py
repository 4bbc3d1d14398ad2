"""The Leads section as people use it: found by role and name, in the demo workspace."""

import re
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import Server

Enter = Callable[..., Page]
NEED = "Consulting"
#: A last name that no other run of these tests has given anybody.
OWN = "".join(secrets.choice("bdfgklmnprstvz") + secrets.choice("aeiou") for _ in range(5)).capitalize()


@pytest.fixture
def enter(server: Server, open_page: Callable[..., Page]) -> Enter:
    """Open a page of a demo user."""

    def as_user(path: str = "/leads", user: str = "Ada Admin", **options: object) -> Page:
        page = open_page(**options)
        page.goto(f"{server.url}/sign-in?next={path}")
        page.get_by_role("button", name=user).click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    return as_user


def _rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Leads").locator("tbody tr")


def _total(page: Page) -> int:
    status = page.locator("#lead-total")
    expect(status).to_have_text(re.compile(r"^[\d,]+ lead"))
    return int(re.sub(r"\D", "", status.inner_text().split(" lead")[0]))


def _add_lead(page: Page, contact: str, *, account: str = "") -> None:
    page.get_by_role("button", name="New lead").click()
    dialog = page.get_by_role("dialog", name="New lead")
    dialog.get_by_role("combobox", name="Customer need").fill(NEED)
    page.get_by_role("option", name=NEED, exact=True).click()
    dialog.get_by_label("Contact name").fill(contact)
    if account:
        dialog.get_by_label("Account name").fill(account)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()


def _search(page: Page, text: str, count: int) -> None:
    page.get_by_role("searchbox", name="Search leads").fill(text)
    expect(_rows(page)).to_have_count(count)


def test_a_lead_is_added_found_and_qualified(enter: Enter) -> None:
    """The first thing that anybody does."""
    page = enter()
    page.get_by_role("button", name="New lead").click()
    dialog = page.get_by_role("dialog", name="New lead")
    dialog.get_by_label("Email").fill("nonsense")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_text("is not an email address")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    _add_lead(page, f"Zenobia {OWN}")
    expect(page.get_by_role("region", name="Notifications").get_by_text("is added")).to_be_visible()
    _search(page, f"zenobia {OWN}", 1)
    expect(page).to_have_url(re.compile(r"q=zenobia"))
    _rows(page).first.get_by_role("checkbox").click()
    page.get_by_role("button", name="Qualify", exact=True).click()
    expect(_rows(page).get_by_text("Handoff to sales").first).to_be_visible()
    expect(page.get_by_role("button", name="Handoff to sales", exact=True)).to_be_visible()


def test_handoff_goes_through_its_task_and_its_form(enter: Enter) -> None:
    """Select results, the notes, and the form that opens at once."""
    page = enter()
    _add_lead(page, f"Yorick {OWN}")
    _search(page, f"yorick {OWN}", 1)
    _rows(page).first.get_by_role("checkbox").click()
    page.get_by_role("button", name="Qualify", exact=True).click()
    page.get_by_role("button", name="Handoff to sales", exact=True).click()
    task = page.get_by_role("dialog", name="Complete task")
    task.get_by_role("radio", name="Proceed to handoff").click()
    task.get_by_label("Result details").fill("Call before noon")
    task.get_by_role("button", name="Save").click()
    form = page.get_by_role("dialog", name="Enter handoff information")
    expect(form.get_by_label("Notes")).to_have_value("Call before noon")
    expect(form.get_by_role("combobox", name="Need type")).to_have_value(NEED)
    form.get_by_label("Budget").fill("12,500")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(_rows(page).get_by_text("Awaiting sale").first).to_be_visible()


def test_disqualify_asks_for_a_reason_and_can_be_undone(enter: Enter) -> None:
    """A lead would be gone by accident."""
    page = enter()
    _add_lead(page, f"Xaver {OWN}")
    _search(page, f"xaver {OWN}", 1)
    _rows(page).first.get_by_role("checkbox").click()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Disqualify").click()
    dialog = page.get_by_role("dialog", name="Disqualify")
    dialog.get_by_role("combobox", name="Disqualification reason").fill("Incorrect")
    page.get_by_role("option", name="Incorrect data").click()
    dialog.get_by_role("button", name="Save").click()
    expect(_rows(page).get_by_text("Disqualified").first).to_be_visible()
    page.get_by_role("region", name="Notifications").get_by_role("button", name="Undo").last.click()
    expect(_rows(page).get_by_text("Qualification").first).to_be_visible()


def test_a_call_and_a_follow_up_take_two_clicks(enter: Enter) -> None:
    """Nobody would log them."""
    page = enter()
    _add_lead(page, f"Wendelin {OWN}")
    _search(page, f"wendelin {OWN}", 1)
    row = _rows(page).first
    row.hover()
    row.get_by_role("button", name="Log call").click()
    page.get_by_role("dialog", name="Log call").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Call logged")).to_be_visible()
    row.get_by_role("button", name="Follow-up").click()
    page.get_by_role("dialog", name="Follow-up").get_by_role("button", name="Tomorrow").click()
    expect(page.get_by_text("Follow-up set")).to_be_visible()


def test_reload_back_and_a_shared_link_show_the_same_list(
    enter: Enter, open_page: Callable[..., Page]
) -> None:
    """The list's whole state lives in its address."""
    page = enter()
    everything = _total(page)
    page.get_by_role("button", name="All leads").click()
    page.get_by_role("menuitem", name="Hot leads").click()
    expect(page).to_have_url(re.compile("view=hot"))
    hot = _total(page)
    assert 0 < hot < everything
    page.get_by_role("columnheader", name="Name", exact=True).get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="Name", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    first = _rows(page).first.inner_text()
    page.reload()
    expect(_rows(page).first).to_have_text(first, use_inner_text=True)
    assert _total(page) == hot
    other = enter(urlsplit(page.url).path + "?" + urlsplit(page.url).query.replace("&", "%26"))
    expect(_rows(other).first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="All leads")).to_be_visible()
    assert _total(page) == everything


def test_filters_are_built_from_field_operator_and_value(enter: Enter) -> None:
    """Finding what one is after would need a query language."""
    page = enter()
    everything = _total(page)
    page.get_by_role("button", name="Filters").click()
    panel = page.get_by_role("dialog", name="Filters")
    panel.get_by_role("combobox", name="Value").fill("Awaiting sale")
    page.get_by_role("option", name="Awaiting sale").click()
    page.keyboard.press("Tab")
    panel.get_by_role("button", name="Apply").click()
    chip = page.get_by_role("button", name="Edit filter Lead stage")
    expect(chip).to_have_text(re.compile("is one of Awaiting sale"))
    assert 0 < _total(page) < everything
    page.get_by_role("button", name="Remove filter Lead stage").click()
    expect(chip).to_be_hidden()
    assert _total(page) == everything


def test_a_cell_is_edited_in_place(enter: Enter) -> None:
    """Correcting a telephone number would take a page."""
    page = enter()
    _add_lead(page, f"Ulla {OWN}")
    _search(page, f"ulla {OWN}", 1)
    cell = _rows(page).first.locator("td.col-email")
    cell.dblclick()
    page.get_by_role("textbox", name="Email").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="is not an email address")).to_be_visible()
    page.get_by_role("textbox", name="Email").fill("ulla@example.com")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("ulla@example.com")
    cell.focus()
    page.keyboard.press("F2")
    expect(page.get_by_role("textbox", name="Email")).to_have_value("ulla@example.com")
    page.keyboard.press("Escape")
    expect(cell).to_have_text("ulla@example.com")


def test_many_leads_are_changed_at_once(enter: Enter) -> None:
    """Fifty leads would be changed fifty times."""
    page = enter()
    for name in (f"Tilda {OWN}", f"Matilda {OWN}"):
        _add_lead(page, name)
    _search(page, f"tilda {OWN}", 2)
    page.get_by_role("checkbox", name="Select all on this page").click()
    page.get_by_role("button", name="Edit field").click()
    dialog = page.get_by_role("dialog", name="Edit field")
    dialog.get_by_role("combobox", name="Value").fill("Referral")
    page.get_by_role("option", name="Referral").click()
    dialog.get_by_role("button", name="Save").click()
    expect(_rows(page).get_by_text("Referral")).to_have_count(2)


def test_a_card_is_moved_by_the_keyboard(enter: Enter) -> None:
    """Who cannot drag could not use the board."""
    page = enter()
    _add_lead(page, f"Sibyl {OWN}")
    _search(page, f"sibyl {OWN}", 1)
    page.get_by_role("radio", name="Board").click()
    expect(page).to_have_url(re.compile("mode=board"))
    card = page.locator("[data-column=qualification] .board-card").first
    expect(card).to_contain_text(f"Sibyl {OWN}")
    card.focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(250)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(250)
    page.keyboard.press("Space")
    expect(page.locator("[data-column=nurturing] .board-card")).to_contain_text(f"Sibyl {OWN}")
    expect(page.locator("[data-column=nurturing] header .count")).to_have_text("1")


def test_what_another_adds_appears_by_itself(enter: Enter) -> None:
    """Two people would call the same customer."""
    mine, theirs = enter(), enter(user="Marco Manager")
    mine.get_by_role("searchbox", name="Search leads").fill(f"rosamund {OWN}")
    expect(mine.get_by_text("No leads match")).to_be_visible()
    _add_lead(theirs, f"Rosamund {OWN}")
    expect(_rows(mine)).to_have_count(1)


def test_the_board_and_the_bars_keep_the_filter(enter: Enter) -> None:
    """Switching the view would lose what one was looking at."""
    page = enter("/leads?view=hot")
    hot = _total(page)
    page.get_by_role("radio", name="Analytics").click()
    expect(page.get_by_role("region", name="Lead source")).to_be_visible()
    assert _total(page) == hot
    assert parse_qs(urlsplit(page.url).query)["mode"] == ["analytics"]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("mode", ["list", "board", "analytics"])
def test_axe_finds_nothing(enter: Enter, mode: str, look: str) -> None:
    """A control without a name, or text too pale to read."""
    page = enter(f"/leads?mode={mode}", color_scheme=look)
    _total(page)
    if mode == "list":
        _rows(page).nth(2).click()
        expect(page.get_by_role("group", name="Selected lead")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


def test_a_narrow_screen_shows_the_list_without_scrolling_sideways(enter: Enter) -> None:
    """A rep on the road."""
    page = enter(viewport={"width": 390, "height": 844})
    expect(_rows(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(_rows(page).first.get_by_role("link").first).to_be_visible()
