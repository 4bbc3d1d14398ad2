"""My day, the palette, and the lists and pages of contacts, accounts and activities."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leadhub.domain.actor import Actor, Role
from leadhub.domain.fields import Entity
from leadhub.services.records.edit import edit_record
from tests.e2e.server import Server
from tests.e2e.workspace import inside, sign_in_to_demo
from tests.factories import make_account, make_activity, make_contact, make_lead, make_user

OpenPage = Callable[..., Page]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def rep(server: Server) -> Actor:
    """A rep who signs in by a demo button."""
    with inside(server):
        name = f"Cora Customer {server.port}"
        return Actor(user_id=make_user(Role.SALES, name=name, is_demo=True), role=Role.SALES, name=name)


@pytest.fixture
def enter(server: Server, rep: Actor, open_page: OpenPage) -> Callable[..., Page]:
    return lambda path, **options: sign_in_to_demo(open_page(**options), server, rep.name, path)


def test_a_rep_works_through_the_day(server: Server, rep: Actor, enter: Callable[..., Page]) -> None:
    """A home page that only shows what there is to do."""
    with inside(server):
        lead = make_lead(owner_id=rep.user_id, contact_name="Ida Frost", score=91, score_band="high")
        make_activity(owner_id=rep.user_id, title="Send the offer", due_at=NOW - timedelta(days=2))
        make_activity(
            owner_id=rep.user_id, title="Ring Ida", kind="call", lead_id=lead, due_at=NOW - timedelta(days=1)
        )
    page = enter("/")
    overdue = page.get_by_role("region", name="Overdue")
    expect(overdue.get_by_role("listitem")).to_have_count(2)
    plain = overdue.get_by_role("listitem").filter(has_text="Send the offer")
    plain.get_by_role("button", name="Complete").click()
    expect(plain).to_have_count(0)
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("completed")
    asked = overdue.get_by_role("listitem").filter(has_text="Ring Ida")
    asked.get_by_role("button", name="Complete").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(overdue).to_have_count(0)
    hot = page.get_by_role("region", name="Hot").get_by_role("listitem").filter(has_text="Ida Frost")
    hot.get_by_role("button", name="Follow-up").click()
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not Axe().run(page).response["violations"]


def test_the_palette_needs_no_mouse(server: Server, enter: Callable[..., Page]) -> None:
    """Search and commands that a keyboard cannot reach."""
    with inside(server):
        contact = make_contact(name=f"Zelda Quist {server.port}")
    page = enter("/accounts")
    expect(page.get_by_role("button", name="New account")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type(f"quist {server.port}")
    expect(page.get_by_role("option", name=f"Zelda Quist {server.port}")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/contacts/{contact}")
    expect(page.get_by_role("heading", name="Zelda Quist")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type("new contact")
    expect(page.get_by_role("option", name="New contact")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New contact")).to_be_visible()


def test_a_contact_is_added_found_and_edited_while_another_watches(
    server: Server, enter: Callable[..., Page]
) -> None:
    """A list that must be reloaded, a rule without its field, and an edit that nobody sees."""
    name = f"Ada Berg {server.port}"
    watching, page = enter("/contacts"), enter("/contacts")
    expect(watching.get_by_role("textbox", name="Search contacts").or_(
        watching.get_by_role("searchbox", name="Search contacts"))).to_be_visible()  # fmt: skip
    page.get_by_role("button", name="New contact").click()
    dialog = page.get_by_role("dialog", name="New contact")
    dialog.get_by_label("Full name").fill(name)
    dialog.get_by_label("Email").fill("nope")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("is not an email address")
    dialog.get_by_label("Email").fill("ada@berg.example")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(watching.get_by_role("link", name=name)).to_be_visible()
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    watching.get_by_role("link", name=name).click()
    expect(watching.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Edit Job title").click()
    page.get_by_label("Job title", exact=True).fill("CFO")
    page.keyboard.press("Enter")
    expect(watching.get_by_role("button", name="Edit Job title")).to_contain_text("CFO")
    expect(watching.get_by_role("region", name="History")).to_contain_text("CFO")
    page.get_by_role("button", name="Add communication option").click()
    page.get_by_role("dialog").get_by_label("Value").fill("+47 22 33 44 55")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Communication options")).to_contain_text("+47 22 33 44 55")
    assert not Axe().run(page).response["violations"]


def test_an_account_leads_to_its_people_leads_and_activities(
    server: Server, rep: Actor, enter: Callable[..., Page]
) -> None:
    """Records that are linked, and pages that do not link them."""
    with inside(server):
        account = make_account(name=f"Vizor {server.port}")
        contact = make_contact(name="Maria Nguyen", account_id=account)
        make_lead(owner_id=rep.user_id, account_id=account, contact_id=contact, title=f"Roof {server.port}")
    page = enter("/accounts")
    page.get_by_role("searchbox", name="Search accounts").fill(f"vizor {server.port}")
    page.get_by_role("link", name=f"Vizor {server.port}").click()
    page.get_by_role("button", name="Schedule activity").click()
    dialog = page.get_by_role("dialog", name="Schedule activity")
    dialog.get_by_label("Subject").fill("Visit them")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Activities")).to_contain_text("Visit them")
    expect(page.get_by_role("region", name="Leads").get_by_role("link")).to_contain_text("Roof")
    with inside(server):
        edit_record(Entity.ACCOUNT, account, {"city": "Bergen"}, actor=rep)
    expect(page.get_by_role("button", name="Edit City")).to_contain_text("Bergen")
    page.get_by_role("region", name="Contacts").get_by_role("link", name="Maria Nguyen").click()
    page.wait_for_url(f"**/contacts/{contact}")
    page.go_back()
    page.get_by_role("region", name="Activities").get_by_role("link", name="Visit them").click()
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("dialog").get_by_role("button", name="Complete").click()
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()


@pytest.mark.parametrize("path", ["/contacts", "/activities", "/opportunities", "/accounts"])
def test_lists_are_accessible_wide_and_narrow(enter: Callable[..., Page], path: str) -> None:
    """A list that a screen reader cannot walk."""
    page = enter(path)
    expect(page.locator("#list-total")).to_be_visible()
    assert not Axe().run(page).response["violations"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert not Axe().run(page).response["violations"]
