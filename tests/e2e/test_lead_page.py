"""The lead's page: the whole process by its buttons, two people on one lead, files, undo, and the sale."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leadhub.domain.actor import Actor, Role
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.edit import edit_lead
from leadhub.services.leads.posts import add_comment
from tests.e2e.server import Server
from tests.e2e.workspace import inside, sign_in_to_demo
from tests.factories import lookup_id, make_account, make_contact, make_group, make_unit, make_user

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Team:
    rep: Actor
    manager: Actor
    stranger: Actor


@pytest.fixture(scope="module")
def team(server: Server) -> Team:
    """A rep and her manager, and a rep of another team; all sign in by the demo buttons."""
    with inside(server):
        group = make_group()
        unit = make_unit(group_id=group)

        def one(role: Role, name: str, units: tuple[int, ...] = (unit,)) -> Actor:
            fields = {"name": f"{name} {server.port}", "is_demo": True, "group_id": group}
            user_id = make_user(role, unit_ids=units, **fields)
            return Actor(user_id=user_id, role=role, name=str(fields["name"]), unit_ids=frozenset(units))

        return Team(
            one(Role.SALES, "Rita Rep"),
            one(Role.ADMIN, "Mona Manager"),
            one(Role.SALES, "Stan Stranger", ()),
        )


@pytest.fixture
def new_lead(server: Server, team: Team) -> Callable[..., int]:
    def make(**values: object) -> int:
        with inside(server):
            given = {
                "customer_need": lookup_id("customer_need", "software"),
                "contact_name": "Maria Nguyen",
                "account_name": "Vizor",
                "owner": team.rep.user_id,
                **values,
            }
            return create_lead(given, actor=team.rep).lead_id

    return make


@pytest.fixture
def enter(server: Server, open_page: OpenPage) -> Callable[..., Page]:
    def at(who: Actor, path: str, **options: object) -> Page:
        page = sign_in_to_demo(open_page(**options), server, who.name, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return at


def _current_stage(page: Page, label: str) -> None:
    stage = page.get_by_role("group", name="Stages").locator("[aria-current]")
    expect(stage).to_contain_text(label)


def _complete(page: Page, result: str) -> None:
    page.get_by_role("button", name="Complete", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Complete task")
    choice = dialog.get_by_role("radio", name=result, exact=True)
    choice.click()
    expect(choice).to_be_checked()
    dialog.get_by_role("button", name="Save").click()


@pytest.mark.covers("C-32", "C-34", "C-47", "C-49", "C-56", "C-62", "C-64", "C-101", "C-104")
def test_a_lead_goes_from_qualification_to_need_satisfied(enter, team: Team, new_lead, server) -> None:
    """Guards against a process that stops at one of its buttons."""
    with inside(server):
        account = make_account(name="Vizor Networks")
        make_contact(name="Maria Nguyen", email="maria@vizor.example", account_id=account)
    lead = new_lead(email="maria@vizor.example")
    page = enter(team.rep, f"/leads/{lead}")
    _current_stage(page, "Qualification")

    contact = page.get_by_role("region", name="Contact profile")
    contact.get_by_role("button", name="Select from similar").click()
    similar = page.get_by_role("dialog", name="Select from similar")
    expect(similar).to_contain_text("Exact match")
    similar.get_by_role("button", name="Link Maria Nguyen").first.click()
    expect(contact.get_by_role("link", name="Maria Nguyen")).to_be_visible()

    page.get_by_role("button", name="Qualify", exact=True).click()
    dialog = page.get_by_role("dialog", name="Select from similar")
    stage = page.get_by_role("group", name="Stages").locator("[aria-current]")
    expect(dialog.or_(stage.filter(has_text="Handoff to sales")).first).to_be_visible()
    if dialog.is_visible():
        dialog.get_by_role("radio").last.check()
        dialog.get_by_role("button", name="Continue").click()
    _current_stage(page, "Handoff to sales")
    expect(page.get_by_role("img", name="Predictive score:")).to_be_visible()

    _complete(page, "Proceed to handoff")
    form = page.get_by_role("dialog", name="Enter handoff information")
    form.get_by_label("Budget").fill("12500")
    form.get_by_label("Notes").fill("Wants to start in May")
    form.get_by_role("button", name="Save").click()
    _current_stage(page, "Awaiting sale")

    page.get_by_role("tab", name="History").click()
    handoff = page.get_by_role("region", name="Proceed to handoff")
    expect(handoff).to_contain_text("€12,500")
    expect(handoff).to_contain_text("Wants to start in May")
    links = page.get_by_role("region", name="Linked records").get_by_role("link")
    links.last.click()
    page.get_by_role("button", name="Close as won").click()
    page.get_by_role("dialog", name="Close as won").get_by_role("button", name="Close as won").click()
    _current_stage(page, "Closed won")
    page.get_by_role("region", name="Linked records").get_by_role("link").first.click()
    _current_stage(page, "Need satisfied")
    expect(page.get_by_role("button", name="Edit Name", exact=True)).to_have_count(0)


@pytest.mark.covers("C-38", "C-40", "C-43", "C-96")
def test_a_lead_is_nurtured_and_distributed(enter, team: Team, new_lead) -> None:
    """Guards against a lead that nurturing swallows."""
    page = enter(team.rep, f"/leads/{new_lead()}")
    page.get_by_role("group", name="Stages").get_by_role("button", name="Nurturing").click()
    dialog = page.get_by_role("dialog", name="Select from similar")
    stage = page.get_by_role("group", name="Stages").locator("[aria-current]")
    expect(dialog.or_(stage.filter(has_text="Nurturing")).first).to_be_visible()
    if dialog.is_visible():
        for radio in dialog.get_by_role("radio", name="Create a new").all():
            radio.check()
        dialog.get_by_role("button", name="Continue").click()
    _current_stage(page, "Nurturing")
    page.get_by_role("button", name="Execute").click()
    distribution = page.get_by_role("dialog", name="Lead management: Distribution")
    distribution.get_by_label("Strategy").fill("Call in spring")
    distribution.get_by_role("button", name="Distribute").click()
    page.get_by_role("menuitem", name="Start proceeding to handoff").click()
    _current_stage(page, "Handoff to sales")
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_role("region", name="Lead distribution")).to_contain_text("Call in spring")


@pytest.mark.covers("C-35")
def test_a_lead_is_disqualified_by_a_reason_of_the_menu(enter, team: Team, new_lead) -> None:
    """Guards against a reason that takes more than the menu."""
    page = enter(team.rep, f"/leads/{new_lead()}")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Disqualify").click()
    page.get_by_role("menuitem", name="Incorrect data").click()
    dialog = page.get_by_role("dialog", name="Disqualify")
    stage = page.get_by_role("group", name="Stages").locator("[aria-current]")
    expect(dialog.or_(stage.filter(has_text="Disqualified")).first).to_be_visible()
    if dialog.is_visible():
        dialog.get_by_role("button", name="Save").click()
    _current_stage(page, "Disqualified")


def test_a_broken_rule_is_said_beside_the_field(enter, team: Team, new_lead) -> None:
    """Guards against an edit that is lost without a word."""
    page = enter(team.rep, f"/leads/{new_lead()}")
    page.get_by_role("button", name="Edit Email").click()
    field = page.get_by_role("textbox", name="Email")
    field.fill("not an address")
    field.press("Enter")
    fault = page.get_by_text("is not an email address")
    expect(fault).to_be_visible()
    expect(field).to_have_value("not an address")
    field.fill("ann@vizor.example")
    field.press("Enter")
    expect(fault).to_have_count(0)
    expect(page.get_by_role("button", name="Edit Email")).to_contain_text("ann@vizor.example")


def test_what_another_does_appears_by_itself_and_spares_what_one_types(
    enter, team: Team, new_lead, server
) -> None:
    """Guards against a page that shows yesterday's lead, or that wipes what is being typed."""
    lead = new_lead()
    page = enter(team.rep, f"/leads/{lead}")
    page.get_by_role("button", name="Edit Job title").click()
    typed = page.get_by_role("textbox", name="Job title")
    typed.fill("Head of")
    other = enter(team.manager, f"/leads/{lead}")
    other.get_by_role("button", name="Edit Location (city)").click()
    other.get_by_role("textbox", name="Location (city)").fill("Oslo")
    other.get_by_role("textbox", name="Location (city)").press("Enter")
    expect(page.get_by_role("button", name="Edit Location (city)")).to_contain_text("Oslo")
    expect(typed).to_have_value("Head of")
    with inside(server):
        add_comment(lead, "From another process", actor=team.manager)
    expect(page.get_by_role("tab", name="Feed")).to_contain_text("1")
    page.get_by_role("tab", name="Feed").click()
    expect(page.get_by_text("From another process")).to_be_visible()


def test_the_second_of_two_sees_what_the_first_saved_and_chooses(enter, team: Team, new_lead, server) -> None:
    """Guards against work that somebody overwrites without knowing."""
    lead = new_lead(city="Rome")
    page = enter(team.rep, f"/leads/{lead}")
    page.get_by_role("button", name="Edit Location (city)").click()
    with inside(server):
        edit_lead(lead, {"city": "Oslo"}, actor=team.manager)
    field = page.get_by_role("textbox", name="Location (city)")
    field.fill("Bern")
    field.press("Enter")
    panel = page.get_by_role("alert").filter(has_text=team.manager.name)
    expect(panel).to_contain_text("Oslo")
    expect(panel).to_contain_text("Bern")
    panel.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("button", name="Edit Location (city)")).to_contain_text("Bern")


def test_a_change_is_taken_back_from_history(enter, team: Team, new_lead, server) -> None:
    """Guards against a History that only tells."""
    lead = new_lead(city="Rome")
    with inside(server):
        edit_lead(lead, {"city": "Oslo"}, actor=team.rep)
    page = enter(team.rep, f"/leads/{lead}?tab=history")
    changes = page.get_by_role("region", name="Changes")
    expect(changes).to_contain_text("Oslo")
    changes.get_by_role("button", name="Undo").first.click()
    dialog = page.get_by_role("dialog", name="Undo: Edited")
    expect(dialog).to_contain_text("Rome")
    dialog.get_by_role("button", name="Undo").click()
    expect(changes.get_by_text("Undone").first).to_be_visible()
    page.get_by_role("tab", name="Lead info").click()
    expect(page.get_by_role("button", name="Edit Location (city)")).to_contain_text("Rome")


@pytest.mark.covers("F-18")
def test_files_notes_and_comments(enter, team: Team, new_lead) -> None:
    """Guards against a file that cannot be fetched again, and a colleague who is not told."""
    page = enter(team.rep, f"/leads/{new_lead()}?tab=files")
    page.locator("input[type=file]").set_input_files(
        {"name": "offer.txt", "mimeType": "text/plain", "buffer": b"thirty licences"}
    )
    files = page.get_by_role("region", name="Attachments")
    with page.expect_download() as download:
        files.get_by_role("link", name="offer.txt").click()
    assert download.value.path().read_bytes() == b"thirty licences"
    files.get_by_role("button", name="Delete offer.txt").click()
    expect(files).to_contain_text("No files yet")
    page.get_by_role("textbox", name="Note").fill("Prefers mornings")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("list", name="Notes")).to_contain_text("Prefers mornings")

    page.get_by_role("tab", name="Feed").click()
    page.get_by_role("textbox", name="Comment").fill("Please have a look")
    page.get_by_role("combobox", name="Mention").fill(team.manager.name)
    page.get_by_role("option", name=team.manager.name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Comment", exact=True).click()
    feed = page.get_by_role("list", name="Feed")
    expect(feed).to_contain_text("Please have a look")
    expect(feed).to_contain_text("@" + team.manager.name)


def test_a_lead_that_one_may_not_see_is_not_there(enter, team: Team, new_lead, server, open_page) -> None:
    """Guards against a page that shows, or crashes on, another team's lead."""
    lead = new_lead()
    for path in (f"/leads/{lead}", "/leads/999999", "/opportunities/999999"):
        page = sign_in_to_demo(open_page(), server, team.stranger.name, path)
        expect(page.get_by_text("is not there, or you may not see it")).to_be_visible()


def test_a_lost_opportunity_sends_its_lead_where_one_chooses(enter, team: Team, new_lead) -> None:
    """Guards against a lead that is given up because one sale failed."""
    page = enter(team.rep, f"/leads/{new_lead(contact_name='Lone Lost', account_name='Lost Ltd')}")
    page.get_by_role("button", name="Qualify", exact=True).click()
    _current_stage(page, "Handoff to sales")
    _complete(page, "Proceed to order")
    _current_stage(page, "Awaiting sale")
    page.get_by_role("tab", name="History").click()
    page.get_by_role("region", name="Linked records").get_by_role("link").last.click()
    page.get_by_role("button", name="Close as lost").click()
    dialog = page.get_by_role("dialog", name="Close as lost")
    dialog.get_by_role("button", name="Close as lost").click()
    expect(dialog).to_contain_text("is required")
    dialog.get_by_role("combobox", name="Lost reason").click()
    page.get_by_role("option").first.click()
    dialog.get_by_role("radio", name="back to Nurturing").check()
    dialog.get_by_role("button", name="Close as lost").click()
    _current_stage(page, "Closed lost")
    page.get_by_role("region", name="Linked records").get_by_role("link").first.click()
    _current_stage(page, "Nurturing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_axe(enter, team: Team, new_lead, scheme: str) -> None:
    """Guards against a page that a screen reader cannot use."""
    page = enter(team.rep, f"/leads/{new_lead()}", color_scheme=scheme)
    for tab in ("Lead info", "Customer need details", "Timeline", "History", "Attachments and notes", "Feed"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        page.wait_for_timeout(150)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{tab}: {results.generate_report()}"
