"""The kit's behaviour in a browser, on the gallery: names and roles, keys, contrast."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.server import Server, running_server

GALLERY = ("/_kit", "/_kit/list", "/_kit/board")


@pytest.fixture(scope="module")
def gallery(frontend: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server("sqlite", tmp_path_factory.mktemp("gallery")) as server:
        yield server


@pytest.fixture
def open_gallery(gallery: Server, open_page: Callable[..., Page]) -> Callable[..., Page]:
    def open_at(path: str = "/_kit", **options: object) -> Page:
        page = open_page(**options)
        page.goto(gallery.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".topbar button.btn.icon-only .avatar")).to_be_visible()
        return page

    return open_at


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("path", GALLERY)
def test_axe_finds_nothing(open_gallery: Callable[..., Page], path: str, mode: str) -> None:
    """Guards against controls without a name and text too pale to read."""
    page = open_gallery(path, color_scheme=mode)
    if path != "/_kit/board":
        page.get_by_role("checkbox", name="Select Office supplies · Cedar Health Inc.").first.wait_for()
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


@pytest.mark.parametrize(
    "opener", ["Open dialog", "Open alert", "Open drawer", "Distribute", "Columns", "Your account"]
)
def test_axe_finds_nothing_in_what_opens(open_gallery: Callable[..., Page], opener: str) -> None:
    """Guards against a pop-up that a screen reader cannot name."""
    page = open_gallery()
    page.get_by_role("button", name=opener, exact=True).click()
    page.locator("[role=dialog], [role=alertdialog], [role=menu]").first.wait_for()
    page.wait_for_timeout(250)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("path", GALLERY)
def test_a_narrow_screen_does_not_scroll_sideways(open_gallery: Callable[..., Page], path: str) -> None:
    """Guards against a page wider than a phone."""
    page = open_gallery(path, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Open navigation").click()
    page.get_by_role("dialog").get_by_role("link", name="Contacts").wait_for()


def test_a_lookup_is_picked_by_click(open_gallery: Callable[..., Page]) -> None:
    """Guards against an option that looks picked and is not."""
    page = open_gallery()
    owner = page.get_by_role("combobox", name="Owner")
    expect(owner).to_have_value("Mehmet Öz")
    owner.fill("ber")
    page.get_by_role("option", name="Anna Berg", exact=True).click()
    expect(owner).to_have_value("Anna Berg")
    expect(page.locator("#last")).to_have_text("owner 1")


def test_a_lookup_is_picked_by_keys(open_gallery: Callable[..., Page]) -> None:
    """Guards against a field that needs the mouse."""
    page = open_gallery()
    owner = page.get_by_role("combobox", name="Owner")
    owner.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Anna Berg", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#last")).to_contain_text("owner")
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_label_typed_in_full_is_picked(open_gallery: Callable[..., Page], key: str) -> None:
    """Guards against typing the whole name for nothing."""
    page = open_gallery()
    owner = page.get_by_role("combobox", name="Owner")
    owner.fill("tom hansen")
    owner.press(key)
    expect(owner).to_have_value("Tom Hansen")
    expect(page.locator("#last")).to_have_text("owner 4")


def test_what_matches_nothing_is_put_back(open_gallery: Callable[..., Page]) -> None:
    """Guards against a field that shows what is not saved."""
    page = open_gallery()
    owner = page.get_by_role("combobox", name="Owner")
    owner.fill("nobody")
    expect(page.get_by_text("Nothing matches “nobody”")).to_be_visible()
    owner.press("Tab")
    expect(owner).to_have_value("Mehmet Öz")
    owner.fill("")
    owner.press("Tab")
    expect(page.locator("#last")).to_have_text("owner")


def test_the_server_gives_the_options_of_what_is_typed(open_gallery: Callable[..., Page]) -> None:
    """Guards against a lookup that holds a hundred thousand accounts in the browser."""
    page = open_gallery()
    company = page.get_by_role("combobox", name="Existing company")
    company.fill("cedar")
    page.get_by_role("option", name="Cedar Health Inc.").click()
    expect(page.locator("#last")).to_have_text("company Cedar Health Inc.")
    expect(company).to_have_value("Cedar Health Inc.")


def test_several_values_are_picked_and_taken_back(open_gallery: Callable[..., Page]) -> None:
    """Guards against tags that can be added only."""
    page = open_gallery()
    tags = page.get_by_role("combobox", name="Tags")
    tags.fill("claire")
    tags.press("Enter")
    expect(page.locator("#last")).to_have_text("tags 1,3")
    tags.press("Backspace")
    expect(page.locator("#last")).to_have_text("tags 1")
    page.get_by_role("button", name="Remove Anna Berg").click()
    expect(page.locator("#last")).to_have_text("tags")


def test_a_form_submits_its_lookups(open_gallery: Callable[..., Page]) -> None:
    """Guards against a form that forgets what was picked."""
    page = open_gallery()
    page.get_by_role("combobox", name="Responsible").fill("Claire Dubois")
    page.get_by_role("combobox", name="Responsible").press("Tab")
    page.get_by_role("textbox", name="Account name", exact=True).fill("Alpine")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#submitted")).to_contain_text("account=Alpine")
    expect(page.locator("#submitted")).to_contain_text("form_owner=3")


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_gallery: Callable[..., Page]) -> None:
    """Guards against typing into the page behind a dialog."""
    page = open_gallery()
    opener = page.get_by_role("button", name="Open dialog")
    opener.click()
    dialog = page.get_by_role("dialog", name="New lead")
    expect(dialog.get_by_role("combobox", name="Customer need")).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        # Between the last and the first control the focus is on the browser's own buttons.
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.querySelector('[role=dialog]').contains(document.activeElement)"
        )
    dialog.get_by_role("combobox", name="Customer need").fill("pay")
    dialog.get_by_role("option", name="Payroll software").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_value_is_edited_in_place(open_gallery: Callable[..., Page]) -> None:
    """Guards against losing what was typed when it is refused."""
    page = open_gallery()
    page.get_by_role("button", name="Edit Title").click()
    title = page.get_by_role("textbox", name="Title", exact=True)
    title.fill(" ")
    title.press("Enter")
    expect(page.get_by_text("Title must not be empty")).to_be_visible()
    expect(title).to_have_value(" ")
    title.fill("Van leasing")
    title.press("Enter")
    expect(page.get_by_role("button", name="Edit Title")).to_have_text("Van leasing")
    page.get_by_role("button", name="Edit Title").click()
    title.fill("Never mind")
    title.press("Escape")
    expect(page.get_by_role("button", name="Edit Title")).to_have_text("Van leasing")


def test_the_stage_bar_is_a_group_of_buttons(open_gallery: Callable[..., Page]) -> None:
    """Guards against a workflow bar that only a mouse can read."""
    page = open_gallery()
    stages = page.get_by_role("group", name="Stages")
    current = stages.get_by_role("button", name="Handoff to sales", exact=True)
    expect(current).to_have_attribute("aria-current", "step")
    stages.get_by_role("button", name="Awaiting sale", exact=True).click()
    expect(page.locator("#last")).to_have_text("stage awaiting")
    expect(current).not_to_have_attribute("aria-current", "step")


def test_a_card_is_moved_by_keys(open_gallery: Callable[..., Page]) -> None:
    """Guards against a board for the mouse only."""
    page = open_gallery("/_kit/board")
    column = page.get_by_role("region", name="Nurturing")
    card = page.get_by_role("group", name="Fleet leasing · Björk & Söhne GmbH")
    card.focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(150)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    page.keyboard.press("Space")
    expect(page.locator("#last")).to_have_text("moved 6 nurturing")
    expect(column.get_by_text("Fleet leasing · Björk & Söhne GmbH")).to_be_visible()


def test_a_card_is_moved_by_the_mouse_and_opened(open_gallery: Callable[..., Page]) -> None:
    """Guards against a drop that lands nowhere, and a click taken for a drag."""
    page = open_gallery("/_kit/board")
    card = page.get_by_role("group", name="Fleet leasing · Cedar Health Inc.")
    target = page.get_by_role("region", name="Awaiting sale").bounding_box()
    start = card.bounding_box()
    assert target
    assert start
    page.mouse.move(start["x"] + 30, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 60, steps=4)
    page.mouse.move(target["x"] + 100, target["y"] + 120, steps=8)
    page.mouse.up()
    expect(page.locator("#last")).to_have_text("moved 12 awaiting")
    page.get_by_role("group", name="Network audit · Delta Textiles").get_by_text("in ").click()
    expect(page.locator("#last")).to_contain_text("opened")


def test_a_toast_offers_undo(open_gallery: Callable[..., Page]) -> None:
    """Guards against an action that nothing takes back."""
    page = open_gallery()
    page.get_by_role("button", name="Toast").click()
    notifications = page.get_by_role("region", name="Notifications")
    expect(notifications.get_by_text("3 selected")).to_be_visible()
    notifications.get_by_role("button", name="Undo").click()
    expect(notifications.get_by_text("3 selected")).to_have_count(0)


def test_the_palette_finds_records_and_commands(open_gallery: Callable[..., Page]) -> None:
    """Guards against a search that needs the mouse."""
    page = open_gallery()
    page.get_by_role("button", name="Open palette").click()
    palette = page.get_by_role("dialog", name="Search")
    palette.get_by_role("combobox", name="Search").fill("ebro")
    expect(palette.get_by_role("option", name="Ebro Logistics S.L.")).to_be_visible()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Enter")
    expect(page.locator("#last")).to_have_text("command Ebro Logistics S.L.")
    page.get_by_role("button", name="Open palette").click()
    palette.get_by_role("combobox", name="Search").fill("board")
    expect(palette.get_by_role("option", name="Open the board")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Nurturing")).to_be_visible()


def test_a_context_menu_opens_where_the_mouse_is(open_gallery: Callable[..., Page]) -> None:
    """Guards against a menu that opens and does nothing."""
    page = open_gallery()
    page.get_by_text("Press the right mouse button here.").click(button="right")
    page.get_by_role("menuitem", name="Copy number").click()
    expect(page.locator("#last")).to_have_text("copied")


def test_keys_lead_to_search_and_through_the_rows(open_gallery: Callable[..., Page]) -> None:
    """Guards against shortcuts that fire while somebody types."""
    page = open_gallery("/_kit/list")
    page.get_by_role("link", name="Payroll software · Björk & Söhne GmbH").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Office supplies · Cedar Health Inc.").first).to_be_focused()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search leads")
    expect(search).to_be_focused()
    page.keyboard.type("jj/")
    expect(search).to_have_value("jj/")


def test_the_reader_gets_their_language(open_gallery: Callable[..., Page]) -> None:
    """Guards against English for everybody."""
    page = open_gallery("/_kit/list", locale="de-DE")
    expect(page.get_by_role("link", name="Kontakte")).to_be_visible()
    expect(page.get_by_text("128.431 leads")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    page.context.add_cookies([{"name": "leadhub_lang", "value": "en", "url": page.url}])
    page.reload()
    expect(page.get_by_role("link", name="Contacts")).to_be_visible()
