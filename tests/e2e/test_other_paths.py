"""The side roads of the lead processes, by role and name only: back, later, lost, undone; the other types."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.models import Account, Activity, Contact, Lead, Opportunity, User
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.edit import edit_lead
from tests.e2e.server import Server
from tests.e2e.workspace import inside, sign_in_to_demo
from tests.factories import lookup_id

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def actors(server: Server) -> dict[str, Actor]:
    """The demo's rep and manager, as services know them."""
    with inside(server), read_session() as session:
        people = session.scalars(select(User).where(User.name.in_(["Sally Sales", "Marco Manager"])))
        return {one.name: Actor(user_id=one.id, role=Role(one.role), name=one.name) for one in people}


@pytest.fixture
def opened(server: Server, open_page: OpenPage, actors) -> Callable[..., tuple[Page, int]]:
    """Sally's page of a lead made a moment ago, and the lead's id."""

    def make(**values: object) -> tuple[Page, int]:
        mark = token_hex(3)
        with inside(server):
            given = {
                "customer_need": lookup_id("customer_need", "software"),
                "contact_name": f"Nora N{mark}",
                "account_name": f"Nordlys N{mark}",
                **values,
            }
            lead_id = create_lead(given, actor=actors["Sally Sales"]).lead_id
        return sign_in_to_demo(open_page(), server, "Sally Sales", f"/leads/{lead_id}"), lead_id

    return make


@pytest.fixture
def stored(server: Server) -> Callable[[int], Lead]:
    def read(lead_id: int) -> Lead:
        with inside(server), read_session() as session:
            lead = session.get_one(Lead, lead_id)
            session.expunge(lead)
            return lead

    return read


def _at(page: Page, stage: str) -> None:
    expect(page.get_by_role("group", name="Stages").locator("[aria-current=step]")).to_contain_text(stage)


def _complete(page: Page, result: str, **fields: str) -> None:
    page.get_by_role("button", name="Complete", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Complete task")
    dialog.get_by_role("radio", name=result, exact=True).check()
    for label, value in fields.items():
        dialog.get_by_label(label.replace("_", " ")).fill(value)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


@pytest.mark.covers("C-48", "C-56", "C-57", "C-58", "C-60")
def test_a_handoff_is_put_off_sent_back_and_resumed(opened, stored, server: Server) -> None:
    """Guards against a lead that a result of the handoff task strands."""
    page, lead_id = opened()
    page.get_by_role("button", name="Qualify", exact=True).click()
    _at(page, "Handoff to sales")

    _complete(page, "Rescheduled", New_date="2027-05-04T09:30", Result_details="On holiday")
    _at(page, "Handoff to sales")
    with inside(server), read_session() as session:
        tasks = session.scalars(
            select(Activity).where(Activity.lead_id == lead_id, Activity.template_key == "handoff")
        ).all()
    assert sorted(task.status for task in tasks) == ["done", "planned"]
    assert next(task.due_at for task in tasks if task.status == "planned").year == 2027

    _complete(page, "Not interested")
    _at(page, "Handoff to sales")
    resume = page.get_by_role("button", name="Handoff to sales", exact=True).first
    expect(resume).to_be_visible()
    assert stored(lead_id).need_maturity == "not_interested"
    resume.click()
    task = page.get_by_role("dialog", name="Complete task")
    expect(task).to_be_visible()
    task.get_by_role("radio", name="Back to distribution", exact=True).check()
    task.get_by_role("button", name="Save").click()
    _at(page, "Nurturing")
    assert stored(lead_id).need_maturity == "discovered"


@pytest.mark.covers("C-35")
def test_incorrect_data_is_disqualified_and_taken_back_in_the_toast(opened, stored) -> None:
    """Guards against a click on the wrong lead that cannot be taken back."""
    page, lead_id = opened()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Disqualify").click()
    page.get_by_role("menuitem", name="Incorrect data").click()
    _at(page, "Disqualified")
    assert stored(lead_id).state == "cancelled"
    page.get_by_role("region", name="Notifications").get_by_role("button", name="Undo").last.click()
    _at(page, "Qualification")
    assert stored(lead_id).disqualify_reason_id is None


def test_undoing_a_qualification_removes_what_it_created(opened, stored, server: Server) -> None:
    """Guards against contacts and accounts that an undone action leaves behind."""
    page, lead_id = opened()
    before = stored(lead_id)

    def records() -> list[int]:
        with inside(server), read_session() as session:
            return [
                session.scalar(select(func.count()).select_from(table).where(table.name == name)) or 0
                for table, name in ((Contact, before.contact_name), (Account, before.account_name))
            ]

    page.get_by_role("button", name="Qualify", exact=True).click()
    _at(page, "Handoff to sales")
    assert records() == [1, 1]
    page.get_by_role("region", name="Notifications").get_by_role("button", name="Undo").last.click()
    _at(page, "Qualification")
    assert records() == [0, 0]
    after = stored(lead_id)
    assert (after.contact_id, after.account_id, after.qualified_at) == (None, None, None)
    expect(page.get_by_role("button", name="Qualify", exact=True)).to_be_visible()


def test_the_second_to_save_sees_both_values(opened, stored, actors, server: Server) -> None:
    """Guards against work that is overwritten unseen."""
    page, lead_id = opened(city="Rome")
    page.get_by_role("button", name="Edit Location (city)").click()
    with inside(server):
        edit_lead(lead_id, {"city": "Oslo"}, actor=actors["Marco Manager"])
    field = page.get_by_role("textbox", name="Location (city)")
    field.fill("Bern")
    field.press("Enter")
    panel = page.get_by_role("alert").filter(has_text="Marco Manager")
    expect(panel).to_contain_text("Oslo")
    expect(panel).to_contain_text("Bern")
    panel.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("button", name="Edit Location (city)")).to_contain_text("Oslo")
    assert stored(lead_id).city == "Oslo"


@pytest.mark.covers("C-64")
def test_a_lost_sale_sends_its_lead_back_to_nurturing(opened, stored, server: Server) -> None:
    """Guards against a customer who is given up because one sale failed."""
    page, lead_id = opened()
    page.get_by_role("button", name="Qualify", exact=True).click()
    _at(page, "Handoff to sales")
    _complete(page, "Proceed to order")
    _at(page, "Awaiting sale")
    with inside(server), read_session() as session:
        sale = session.scalars(select(Opportunity).where(Opportunity.lead_id == lead_id)).one()
    assert sale.kind == "order"
    page.goto(f"{server.url}/opportunities/{sale.id}")
    page.get_by_role("button", name="Close as lost").click()
    dialog = page.get_by_role("dialog", name="Close as lost")
    dialog.get_by_role("combobox", name="reason").click()
    page.get_by_role("option").first.click()
    dialog.get_by_role("radio", name="back to Nurturing").check()
    dialog.get_by_role("button", name="Close as lost").click()
    _at(page, "Closed lost")
    page.goto(f"{server.url}/leads/{lead_id}")
    _at(page, "Nurturing")
    lead = stored(lead_id)
    assert (lead.state, lead.stage_key) == ("in_progress", "nurturing")


def _new_lead(page: Page, server: Server, lead_type: str, **fields: str) -> None:
    """Fill in the full form of the dialog New lead."""
    page.goto(server.url + "/leads")
    page.get_by_role("button", name="New lead").click()
    form = page.get_by_role("dialog", name="New lead")
    form.get_by_role("combobox", name="Lead type").click()
    page.get_by_role("option", name=lead_type).click()
    expect(form.get_by_role("button", name="Save and exit")).to_be_visible()
    form.get_by_role("combobox", name="Customer need").fill("Software")
    page.get_by_role("option", name="Software").first.click()
    for label, value in fields.items():
        form.get_by_role("textbox", name=label.replace("_", " "), exact=True).fill(value)


@pytest.mark.covers("S-02", "S-09")
def test_a_partner_lead_is_saved_assigned_and_qualified(server: Server, open_page: OpenPage, stored) -> None:
    """Guards against a process that only the manual knows."""
    page = sign_in_to_demo(open_page(), server, "Sally Sales", "/leads")
    mark = token_hex(4)
    company = f"P{mark} works"
    _new_lead(page, server, "Partner lead", Contact_name=f"Pia P{mark}", Account_name=company)
    page.get_by_role("dialog", name="New lead").get_by_role("button", name="Save and exit").click()
    expect(page.get_by_role("dialog", name="New lead")).to_have_count(0)
    toast = page.get_by_role("region", name="Notifications")
    toast.get_by_role("link", name="Open").click()
    _at(page, "New")
    tabs = page.get_by_role("tablist").get_by_role("tab")
    assert [tab.inner_text() for tab in tabs.all()[:2]] == ["General", "Lead Qualification"]
    page.get_by_role("button", name="Assign", exact=True).click()
    dialog = page.get_by_role("dialog", name="Assign")
    dialog.get_by_role("combobox", name="Owner").fill("Sally")
    page.get_by_role("option", name="Sally Sales").click()
    dialog.get_by_role("button", name="Assign").click()
    _at(page, "Assigned")
    page.get_by_role("button", name="Qualify", exact=True).click()
    _at(page, "Qualified")
    lead = stored(int(page.url.split("/leads/")[1].split("?")[0]))
    assert (lead.state, lead.account_name) == ("won", company)


@pytest.mark.covers("M-17")
def test_a_service_lead_is_started_and_lost_for_a_reason(server: Server, open_page: OpenPage, stored) -> None:
    """Guards against a lead that is lost without anybody learning why."""
    page = sign_in_to_demo(open_page(), server, "Sally Sales", "/leads")
    mark = token_hex(4)
    company = f"S{mark} works"
    _new_lead(page, server, "Service lead", Contact_name=f"Sam S{mark}", Account_name=company)
    page.get_by_role("dialog", name="New lead").get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/leads/*")
    _at(page, "New")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Start progress").click()
    _at(page, "In progress")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Lose lead").click()
    dialog = page.get_by_role("dialog", name="Lose lead")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Reason is required")).to_be_visible()
    dialog.get_by_role("combobox", name="Reason").click()
    page.get_by_role("option").first.click()
    dialog.get_by_role("button", name="Save").click()
    _at(page, "Lost")
    lead = stored(int(page.url.split("/leads/")[1].split("?")[0]))
    assert lead.state == "lost"
    assert lead.lost_reason_id is not None
