"""A lead from a file to a won sale, by role and name only, while a manager's open screens follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from leadhub.db import read_session
from leadhub.models import Activity, Contact, Lead, LeadDistribution, Opportunity, Post
from tests.e2e.server import Server
from tests.e2e.watching import seen_at, watch_for
from tests.e2e.workspace import inside, sign_in_to_demo

OpenPage = Callable[..., Page]
LONGEST_DELAY_MS = 1_500


@pytest.fixture
def sally(server: Server, open_page: OpenPage) -> Page:
    return sign_in_to_demo(open_page(), server, "Sally Sales", "/")


def _stored(server: Server, lead_id: int) -> Lead:
    with inside(server), read_session() as session:
        lead = session.get_one(Lead, lead_id)
        session.expunge(lead)
        return lead


def _lead_id(page: Page) -> int:
    found = re.search(r"/leads/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def _stage(page: Page) -> Locator:
    return page.get_by_role("group", name="Stages").locator("[aria-current=step]")


def _at(page: Page, stage: str) -> None:
    expect(_stage(page)).to_contain_text(stage)


def _import(page: Page, server: Server, file_name: str, lines: list[str]) -> None:
    """Bring a CSV file in, from the list of imports to the result."""
    page.goto(server.url + "/imports")
    page.get_by_role("link", name="New import").first.click()
    page.locator("input[type=file]").set_input_files(
        {"name": file_name, "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    page.get_by_role("button", name="Next", exact=True).click()
    columns = page.get_by_role("region", name="Map columns")
    expect(columns.get_by_role("combobox", name="Email")).not_to_have_value("")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("table", name="First rows")).to_be_visible()
    page.get_by_role("button", name="Start import").click()
    expect(page.get_by_role("heading", name="Import finished")).to_be_visible(timeout=30_000)


@dataclass
class Follower:
    """A manager's three open screens on one lead."""

    list: Page
    board: Page
    page: Page

    def watch(self, title: str, stage: str) -> None:
        for kind in ("list", "board", "page"):
            watch_for(getattr(self, kind), kind, title, stage)

    def has_followed(self, saver: Page) -> None:
        """Every screen shows the stage soon after the saver's own."""
        first = seen_at(saver)
        delays = {kind: seen_at(getattr(self, kind)) - first for kind in ("list", "board", "page")}
        assert max(delays.values()) <= LONGEST_DELAY_MS, delays


@pytest.mark.covers("C-32", "C-34", "C-38", "C-40", "C-43", "C-47", "C-49", "C-50", "C-56", "C-62", "C-104")
def test_a_lead_goes_from_a_file_to_a_won_sale_while_a_manager_looks_on(
    sally: Page, server: Server, open_page: OpenPage
) -> None:
    """Guards against a break anywhere in the work that the product is for."""
    mark = f"Q{token_hex(3)}x"
    company, name, email = f"Borealis {mark}", f"Wanda {mark}", f"wanda@{mark.lower()}.example"

    manager = sign_in_to_demo(open_page(), server, "Marco Manager", "/leads")
    manager.goto(f"{server.url}/leads?q={mark}")
    expect(manager.get_by_text("No leads match")).to_be_visible()

    sally.goto(server.url + "/contacts")
    sally.get_by_role("button", name="New contact").first.click()
    form = sally.get_by_role("dialog", name="New contact")
    form.get_by_role("textbox", name="Full name").fill(name)
    form.get_by_role("textbox", name="Email").fill(email)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)

    lines = ["Company,Contact name,Email,Mobile phone,Notes"]
    lines.append(f"{company},{name},{email},+49 171 5550101,Asked for a demo")
    lines += [f"Filler {n},Person {n},p{n}@filler-{token_hex(2)}.example,," for n in range(11)]
    _import(sally, server, "leads.csv", lines)
    title = manager.get_by_role("link", name=re.compile(company))
    expect(title).to_be_visible()

    sally.goto(server.url + "/leads")
    sally.get_by_role("searchbox", name="Search leads").fill(mark)
    expect(sally.get_by_role("status").filter(has_text="1 lead")).to_be_visible()
    sally.get_by_role("link", name=re.compile(company)).click()
    _at(sally, "Qualification")
    expect(sally).to_have_url(re.compile(r"/leads/\d+"))
    lead_id = _lead_id(sally)
    heading = sally.get_by_role("heading", level=1)
    expect(heading).to_contain_text(company)

    board, opened = manager.context.new_page(), manager.context.new_page()
    board.goto(f"{server.url}/leads?q={mark}")
    board.get_by_role("radio", name="Board").check()
    expect(board.get_by_role("region", name="Qualification").get_by_role("group")).to_have_count(1)
    opened.goto(f"{server.url}/leads/{lead_id}")
    _at(opened, "Qualification")
    follower = Follower(manager, board, opened)

    contact = sally.get_by_role("region", name="Contact profile")
    contact.get_by_role("button", name="Select from similar").click()
    similar = sally.get_by_role("dialog", name="Select from similar")
    expect(similar).to_contain_text("Exact match")
    similar.get_by_role("button", name=f"Link {name}").first.click()
    expect(contact.get_by_role("link", name=name)).to_be_visible()
    with inside(server), read_session() as session:
        contact_id = session.scalars(select(Contact.id).where(Contact.name == name)).one()
    assert _stored(server, lead_id).contact_id == contact_id

    def moves_to(stage: str, act: Callable[[], None]) -> None:
        follower.watch(company, stage)
        watch_for(sally, "page", company, stage)
        act()
        _at(sally, stage)
        follower.has_followed(sally)

    moves_to("Handoff to sales", sally.get_by_role("button", name="Qualify", exact=True).click)
    nurturing = sally.get_by_role("group", name="Stages").get_by_role("button", name="Nurturing")
    assert "skipped" in (nurturing.get_attribute("aria-description") or "")
    lead = _stored(server, lead_id)
    assert (lead.stage_key, lead.need_maturity, lead.skipped_stages) == (
        "handoff",
        "discovered",
        ["nurturing"],
    )
    assert lead.account_id is not None
    assert lead.qualified_at is not None
    expect(sally.get_by_role("region", name="Account profile")).to_contain_text(company)
    expect(sally.get_by_role("img", name="Predictive score:")).to_be_visible()

    moves_to("Nurturing", nurturing.click)
    sally.get_by_role("button", name="Execute").click()
    distribution = sally.get_by_role("dialog", name="Lead management: Distribution")
    owner = distribution.get_by_role("combobox", name="Owner")
    owner.fill("Sally")
    sally.get_by_role("option", name="Sally Sales").click()
    distribution.get_by_role("checkbox", name="Remind owner").check()
    distribution.get_by_role("textbox", name="Strategy").fill("Call after the fair")
    distribution.get_by_role("button", name="Distribute").click()
    moves_to("Handoff to sales", sally.get_by_role("menuitem", name="Start proceeding to handoff").click)
    with inside(server), read_session() as session:
        passed = session.scalars(select(LeadDistribution).where(LeadDistribution.lead_id == lead_id)).all()
    assert [(one.strategy, one.remind_owner, one.outcome) for one in passed] == [
        ("Call after the fair", True, "start_handoff")
    ]
    expect(sally.get_by_role("main")).to_contain_text("Sally Sales")

    sally.get_by_role("button", name="Complete", exact=True).first.click()
    task = sally.get_by_role("dialog", name="Complete task")
    task.get_by_role("radio", name="Proceed to handoff").check()
    task.get_by_role("textbox", name="Result details").fill("Budget is approved")
    task.get_by_role("button", name="Save").click()
    handoff = sally.get_by_role("dialog", name="Enter handoff information")
    handoff.get_by_role("textbox", name="Budget").fill("12500")
    division = handoff.get_by_role("combobox", name="Sales division")
    division.click()
    sally.get_by_role("option").first.click()
    handoff.get_by_label("Meeting date and time").fill("2027-03-01T10:00")
    handoff.get_by_label("Decision date").fill("2027-04-01T12:00")
    handoff.get_by_role("textbox", name="Notes").fill("Wants to start in May")
    moves_to("Awaiting sale", handoff.get_by_role("button", name="Save").click)
    lead = _stored(server, lead_id)
    assert (lead.stage_key, lead.need_maturity, lead.budget_minor) == (
        "awaiting_sale",
        "sales_ready",
        1_250_000,
    )
    assert None not in (lead.sales_division_id, lead.meeting_at, lead.decision_at)
    with inside(server), read_session() as session:
        sale = session.scalars(select(Opportunity).where(Opportunity.lead_id == lead_id)).one()
        assert (sale.kind, sale.contact_id, sale.account_id) == ("sale", contact_id, lead.account_id)
        notes = session.scalars(select(Post.body).where(Post.lead_id == lead_id)).all()
    assert any("Wants to start in May" in note for note in notes)

    sally.get_by_role("tab", name="History").click()
    given = sally.get_by_role("region", name="Proceed to handoff")
    expect(given).to_contain_text("€12,500")
    expect(given).to_contain_text("Apr 1, 2027, 12:00 PM")
    linked = sally.get_by_role("region", name="Linked records")
    linked.get_by_role("listitem").filter(has_text="Opportunity").get_by_role("link").click()
    _at(sally, "Qualification")
    sally.get_by_role("group", name="Stages").get_by_role("button", name="Presentation").click()
    _at(sally, "Presentation")
    sally.get_by_role("button", name="Close as won").click()
    closing = sally.get_by_role("dialog", name="Close as won")
    follower.watch(company, "Need satisfied")
    watch_for(sally, "page", company, "Closed won")
    closing.get_by_role("button", name="Close as won").click()
    _at(sally, "Closed won")
    follower.has_followed(sally)
    linked = sally.get_by_role("region", name="Linked records")
    linked.get_by_role("listitem").filter(has_text="Need satisfied").get_by_role("link").click()
    _at(sally, "Need satisfied")
    lead = _stored(server, lead_id)
    assert (lead.stage_key, lead.state) == ("need_satisfied", "won")
    assert lead.actual_completion_at is not None
    with inside(server), read_session() as session:
        open_ones = session.scalars(
            select(Activity).where(Activity.lead_id == lead_id, Activity.status == "planned")
        ).all()
    assert not open_ones
    sally.get_by_role("tab", name="History").click()
    changes = sally.get_by_role("region", name="Changes")
    expect(changes).to_contain_text("Need satisfied")
