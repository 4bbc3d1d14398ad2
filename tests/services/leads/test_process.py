"""The Customer lead process, step by step, as product.md tells it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import AssigneeInactive, InvalidFields, InvalidInput, LeadNotFound, NotPermitted
from leadhub.domain.process.engine import ActionRefused, AnswersMissing
from leadhub.models import (
    Account,
    Activity,
    Lead,
    LeadDistribution,
    Notification,
    Opportunity,
    Post,
    StageVisit,
)
from leadhub.services.activities.schedule import log_call, schedule_activity
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.assign import accept_lead, assign_lead, assign_to_unit
from leadhub.services.leads.close import cancel_lead, lose_lead, start_progress, win_lead
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.delete import delete_lead
from leadhub.services.leads.disqualify import disqualify_lead
from leadhub.services.leads.distribute import distribute_lead
from leadhub.services.leads.edit import edit_field
from leadhub.services.leads.enter_handoff import enter_handoff
from leadhub.services.leads.follow_up import set_follow_up
from leadhub.services.leads.move_stage import move_stage
from leadhub.services.leads.posts import add_comment, add_note, edit_post
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.leads.reopen import reopen_lead
from leadhub.services.opportunities.close import close_opportunity
from leadhub.services.undo import undo_action
from tests.factories import lookup_id, make_actor, make_contact, make_group, make_unit, make_user


def qualified(actor: Actor, lead_type: str = "customer") -> int:
    values = {
        "customer_need": lookup_id("customer_need", "software"),
        "contact_name": "Maria Nguyen",
        "account_name": "Vizor",
    }
    lead_id = create_lead(values, actor=actor, lead_type=lead_type).lead_id
    qualify_lead(lead_id, actor=actor, contact="create")
    return lead_id


def stored(lead_id: int) -> Lead:
    with read_session() as session:
        return session.get_one(Lead, lead_id)


def all_of(model: Any, *conditions: Any) -> list[Any]:
    with read_session() as session:
        return list(session.scalars(select(model).where(*conditions).order_by(model.id)))


def open_activity(lead_id: int) -> Activity:
    (activity,) = all_of(
        Activity,
        Activity.lead_id == lead_id,
        Activity.status == "planned",
        Activity.by_process.is_(True),
        Activity.opportunity_id.is_(None),
    )
    return activity


def complete(lead_id: int, result: str, actor: Actor, **more: Any) -> Any:
    return complete_activity(open_activity(lead_id).id, result_key=result, actor=actor, **more)


@pytest.mark.covers("C-35", "X-08", "X-09")
def test_disqualify_asks_for_a_reason_of_the_list(database: str) -> None:
    """Guards against a lead that is given up without a reason."""
    actor = make_actor()
    lead_id = create_lead({"customer_need": lookup_id("customer_need", "software")}, actor=actor).lead_id
    with pytest.raises(AnswersMissing):
        disqualify_lead(lead_id, actor=actor)
    with pytest.raises(InvalidInput):
        disqualify_lead(lead_id, actor=actor, answers=Answers(reason_id=lookup_id("lost_reasons", "price")))
    reason = lookup_id("disqualification_reasons", "incorrect_data")
    disqualify_lead(lead_id, actor=actor, answers=Answers(reason_id=reason, note="no such number"))
    lead = stored(lead_id)
    assert (lead.stage_key, lead.disqualify_reason_id, lead.reason_note) == (
        "disqualified", reason, "no such number"
    )  # fmt: skip
    assert lead.actual_completion_at is not None
    assert [a.status for a in all_of(Activity, Activity.lead_id == lead_id)] == ["cancelled"]


@pytest.mark.covers("C-38", "C-39", "C-40", "C-42", "C-43", "C-94", "C-96", "C-97")
def test_nurturing_keeps_strategy_owner_and_reminder(database: str) -> None:
    """Guards against a distribution page whose fields are forgotten."""
    actor = make_actor(Role.ADMIN)
    lead_id = qualified(actor)
    move_stage(lead_id, "nurturing", actor=actor)
    assert open_activity(lead_id).title == "Lead management: Distribution"
    owner = make_user()
    distribute_lead(
        lead_id,
        actor=actor,
        outcome="continue_nurturing",
        owner_id=owner,
        remind_owner=True,
        strategy="Call in spring",
        next_on=date(2030, 4, 1),
    )
    lead = stored(lead_id)
    assert (lead.stage_key, lead.owner_id, lead.next_follow_up_on) == ("nurturing", owner, date(2030, 4, 1))
    (row,) = all_of(LeadDistribution, LeadDistribution.lead_id == lead_id)
    assert (row.outcome, row.strategy, row.remind_owner) == ("continue_nurturing", "Call in spring", True)
    assert open_activity(lead_id).due_at == datetime(2030, 4, 1, 9, tzinfo=UTC)
    kinds = [n.kind for n in all_of(Notification, Notification.user_id == owner)]
    assert kinds == ["lead_assigned", "lead_reminder"]


@pytest.mark.covers("C-41", "C-44", "C-28")
def test_the_distribute_menu_leads_on_or_out(database: str) -> None:
    """Guards against menu entries that do not move the lead."""
    actor = make_actor()
    lead_id = qualified(actor)
    move_stage(lead_id, "nurturing", actor=actor)
    distribute_lead(lead_id, actor=actor, outcome="start_handoff")
    assert stored(lead_id).stage_key == "handoff"
    with pytest.raises(AnswersMissing):
        distribute_lead(lead_id, actor=actor, outcome="not_interested")
    assert all_of(LeadDistribution)[-1].outcome == "start_handoff"
    distribute_lead(
        lead_id, actor=actor, outcome="not_interested", reason_id=lookup_id("lost_reasons", "no_need")
    )
    lead = stored(lead_id)
    assert (lead.stage_key, lead.state, lead.need_maturity) == ("not_interested", "lost", "not_interested")


@pytest.mark.covers(
    "C-47", "C-49", "C-50", "C-51", "C-52", "C-53", "C-54", "C-56", "C-57", "C-61", "C-62", "C-63"
)
def test_proceed_to_handoff_asks_for_information_and_makes_an_opportunity(database: str) -> None:
    """Guards against a handoff that loses what was entered."""
    actor = make_actor()
    lead_id = qualified(actor)
    done = complete(lead_id, "proceed_to_handoff", actor, details="Wants a demo in May")
    assert done.lead.form == "handoff"
    assert open_activity(lead_id).title == "Enter handoff information"
    assert stored(lead_id).handoff_notes == "Wants a demo in May"
    assignee = make_user()
    result = enter_handoff(
        lead_id,
        {
            "budget": "250000",
            "sales_division": lookup_id("sales_division", "direct"),
            "meeting_at": "2030-05-02T10:00:00+02:00",
            "decision_at": "2030-06-01T00:00:00+00:00",
            "handoff_assignee": assignee,
        },
        actor=actor,
    )
    lead = stored(lead_id)
    assert (lead.stage_key, lead.need_maturity) == ("awaiting_sale", "sales_ready")
    assert lead.meeting_at == datetime(2030, 5, 2, 8, tzinfo=UTC)
    (opportunity,) = all_of(Opportunity, Opportunity.lead_id == lead_id)
    assert result.opportunity_id == opportunity.id
    assert (opportunity.amount_minor, opportunity.owner_id, opportunity.kind) == (250000, assignee, "sale")
    assert (opportunity.stage_key, opportunity.state) == ("qualification", "pending")
    assert [p.body for p in all_of(Post, Post.lead_id == lead_id)] == ["Wants a demo in May"]
    assert all_of(StageVisit, StageVisit.opportunity_id == opportunity.id)
    enter_handoff(lead_id, {"budget": 300000}, actor=actor)
    assert all_of(Opportunity)[0].amount_minor == 300000


@pytest.mark.covers("C-48", "C-58", "C-59", "C-60", "X-11")
def test_each_result_of_the_task_has_its_effect(database: str) -> None:
    """Guards against results that lead to the wrong stage or maturity."""
    actor = make_actor()
    lead_id = qualified(actor)
    with pytest.raises(AnswersMissing):
        complete(lead_id, "rescheduled", actor)
    first = open_activity(lead_id).id
    complete(lead_id, "rescheduled", actor, new_date=datetime(2030, 1, 1, tzinfo=UTC))
    assert (stored(lead_id).stage_key, open_activity(lead_id).due_at.year) == ("handoff", 2030)
    assert open_activity(lead_id).id != first
    complete(lead_id, "not_interested", actor)
    assert (stored(lead_id).stage_key, stored(lead_id).need_maturity) == ("handoff", "not_interested")
    other = qualified(actor)
    complete(other, "back_to_distribution", actor)
    assert (stored(other).stage_key, stored(other).need_maturity) == ("nurturing", "discovered")
    third = qualified(actor)
    complete(third, "proceed_to_order", actor)
    assert (stored(third).stage_key, stored(third).need_maturity) == ("awaiting_sale", "sales_ready")
    assert [o.kind for o in all_of(Opportunity, Opportunity.lead_id == third)] == ["order"]


def test_completing_twice_does_it_once(database: str) -> None:
    """Guards against a double click that makes two opportunities."""
    actor = make_actor()
    lead_id = qualified(actor)
    activity_id = open_activity(lead_id).id
    complete_activity(activity_id, result_key="proceed_to_order", actor=actor)
    with pytest.raises(ActionRefused):
        complete_activity(activity_id, result_key="proceed_to_order", actor=actor)
    assert len(all_of(Opportunity)) == 1


@pytest.mark.covers("C-27", "C-64")
def test_the_lead_follows_its_opportunity(database: str) -> None:
    """Guards against a sold lead that goes on waiting, and against a lost one without a choice."""
    actor = make_actor()
    won, lost, back = (qualified(actor) for _ in range(3))
    for lead_id in (won, lost, back):
        complete(lead_id, "proceed_to_order", actor)
    of = {o.lead_id: o.id for o in all_of(Opportunity)}
    close_opportunity(of[won], "won", actor=actor)
    assert (stored(won).stage_key, stored(won).state) == ("need_satisfied", "won")
    with pytest.raises(AnswersMissing):
        close_opportunity(of[lost], "lost", actor=actor)
    answers = Answers(reason_id=lookup_id("lost_reasons", "price"))
    close_opportunity(of[lost], "lost", actor=actor, answers=answers)
    assert (stored(lost).stage_key, stored(lost).lost_reason_id) == ("not_interested", answers.reason_id)
    close_opportunity(of[back], "lost", actor=actor, answers=answers, lead_goes_to="nurturing")
    assert (stored(back).stage_key, stored(back).state) == ("nurturing", "in_progress")
    with pytest.raises(NotPermitted):
        close_opportunity(of[back], "won", actor=make_actor(Role.MARKETER))


@pytest.mark.covers("C-95")
def test_a_lead_that_awaits_its_sale_keeps_its_owner(database: str) -> None:
    """Guards against distribution behind the back of the opportunity."""
    actor = make_actor()
    lead_id = qualified(actor)
    complete(lead_id, "proceed_to_order", actor)
    for refused in (
        lambda: assign_lead(lead_id, to_user_id=make_user(), actor=actor),
        lambda: distribute_lead(lead_id, actor=actor, owner_id=make_user()),
        lambda: move_stage(lead_id, "nurturing", actor=actor),
    ):
        with pytest.raises(ActionRefused):
            refused()
    move_stage(lead_id, "nurturing", actor=make_actor(Role.ADMIN))
    assert stored(lead_id).stage_key == "nurturing"


def test_a_manager_reopens_to_where_the_lead_came_from(database: str) -> None:
    """Guards against a closed lead that nobody can bring back, or anybody."""
    actor = make_actor()
    lead_id = qualified(actor)
    answers = Answers(reason_id=lookup_id("lost_reasons", "price"))
    move_stage(lead_id, "not_interested", actor=actor, answers=answers)
    add_comment(lead_id, "They may come back", actor=actor)
    with pytest.raises(NotPermitted):
        reopen_lead(lead_id, actor=actor)
    reopen_lead(lead_id, actor=make_actor(Role.ADMIN))
    lead = stored(lead_id)
    assert (lead.stage_key, lead.lost_reason_id, lead.actual_completion_at) == ("handoff", None, None)
    assert open_activity(lead_id)


@pytest.mark.covers("M-68")
def test_only_pending_leads_are_deleted(database: str) -> None:
    """Guards against the loss of a lead that was worked on."""
    actor = make_actor()
    with pytest.raises(ActionRefused):
        delete_lead(qualified(actor), actor=actor)


@pytest.mark.covers("M-60", "M-69", "M-70", "M-80", "M-89")
def test_a_member_of_the_unit_or_its_group_accepts(database: str) -> None:
    """Guards against strangers who take leads, and leads that nobody can take."""
    group = make_group()
    unit, sister, foreign = make_unit(group_id=group), make_unit(group_id=group), make_unit()
    member = make_actor(Role.SALES, unit_ids=(unit,))
    colleague = make_actor(Role.SALES, unit_ids=(sister,))
    stranger = make_actor(Role.SALES, unit_ids=(foreign,))
    boss = make_actor(Role.ADMIN)
    lead_id = create_lead({"title": "Fibre for the office"}, actor=boss, lead_type="service").lead_id
    assign_to_unit(lead_id, unit_id=unit, actor=boss)
    assert [n.kind for n in all_of(Notification)] == ["lead_for_unit"]
    with pytest.raises(LeadNotFound):
        accept_lead(lead_id, actor=stranger)
    done = accept_lead(lead_id, actor=member)
    lead = stored(lead_id)
    assert (lead.stage_key, lead.owner_id) == ("accepted", member.user_id)
    with pytest.raises(ActionRefused):
        accept_lead(lead_id, actor=member)
    undo_action(done.action_id, actor=member)
    accept_lead(lead_id, actor=colleague)
    assert stored(lead_id).owner_id == colleague.user_id


@pytest.mark.covers("M-24", "M-70", "M-71", "M-72", "M-73", "M-83")
def test_service_leads_are_won_lost_or_cancelled(database: str) -> None:
    """Guards against closing past open activities, and a win without its customer account."""
    actor = make_actor()
    need = lookup_id("customer_need", "software")
    values = {"customer_need": need, "account_name": "Vizor", "contact_name": "Eva Berg"}
    lead_id = create_lead(values, actor=actor, lead_type="service").lead_id
    start_progress(lead_id, actor=actor)
    assert stored(lead_id).stage_key == "in_progress"
    schedule_activity({"title": "Visit", "kind": "appointment"}, lead_id=lead_id, actor=actor)
    with pytest.raises(AnswersMissing) as missing:
        win_lead(lead_id, actor=actor, answers=Answers(customer_account={"classification": "A"}))
    assert [ask.kind.value for ask in missing.value.asks] == ["open_activities"]
    answers = Answers(customer_account={"classification": "A"}, open_activities="complete")
    win_lead(lead_id, actor=actor, answers=answers)
    lead = stored(lead_id)
    assert (lead.stage_key, lead.state) == ("won", "won")
    assert lead.account_id is not None
    second = create_lead(values, actor=actor, lead_type="service").lead_id
    with pytest.raises(AnswersMissing):
        lose_lead(second, actor=actor)
    lose_lead(second, actor=actor, answers=Answers(reason_id=lookup_id("lost_reasons", "price")))
    assert stored(second).state == "lost"
    third = create_lead(values, actor=actor, lead_type="service").lead_id
    cancel_lead(third, actor=actor)
    assert stored(third).state == "cancelled"


@pytest.mark.covers("X-02", "X-03", "X-04")
def test_a_partner_lead_is_assigned_and_qualified_by_its_owner(database: str) -> None:
    """Guards against anybody but the owner qualifying."""
    boss = make_actor(Role.ADMIN)
    owner = make_actor(Role.MANAGER)
    values = {"customer_need": lookup_id("customer_need", "software"), "contact_name": "Eva Berg"}
    lead_id = create_lead(values, actor=boss, lead_type="partner").lead_id
    with pytest.raises(AssigneeInactive):
        assign_lead(lead_id, to_user_id=make_user(active=False), actor=boss)
    assign_lead(lead_id, to_user_id=owner.user_id or 0, actor=boss)
    assert (stored(lead_id).stage_key, stored(lead_id).owner_id) == ("assigned", owner.user_id)
    with pytest.raises(ActionRefused):
        qualify_lead(lead_id, actor=boss)
    qualify_lead(lead_id, actor=owner)
    assert (stored(lead_id).stage_key, stored(lead_id).state) == ("qualified", "won")
    (opportunity,) = all_of(Opportunity, Opportunity.lead_id == lead_id)
    close_opportunity(opportunity.id, "won", actor=boss, answers=Answers(open_activities="cancel"))
    (account,) = all_of(Account, Account.id == stored(lead_id).account_id)
    assert (account.name, account.account_type_id) == ("Eva Berg", lookup_id("account_type", "customer"))


@pytest.mark.covers("M-58", "M-81", "M-82", "C-91")
def test_calls_notes_and_mentions_are_kept(database: str) -> None:
    """Guards against activities without their customer and mentions that nobody hears of."""
    actor = make_actor()
    colleague, partner = make_user(), make_user(Role.PARTNER)
    lead_id = qualified(actor)
    call = log_call(lead_id, actor=actor, direction="inbound", note="asked for prices", duration_minutes=5)
    (stored_call,) = all_of(Activity, Activity.id == call.activity_id)
    assert (stored_call.status, stored_call.direction, stored_call.contact_id) == (
        "done", "inbound", stored(lead_id).contact_id
    )  # fmt: skip
    assert stored(lead_id).last_activity_at == stored_call.completed_at
    post = add_comment(lead_id, "@you please", actor=actor, mentions=[colleague, partner, -1, 10**12])
    assert all_of(Post, Post.id == post.post_id)[0].mentions == [colleague]
    assert [n.kind for n in all_of(Notification, Notification.user_id == colleague)] == ["mentioned"]
    note = add_note(lead_id, "Key account", actor=actor)
    with pytest.raises(NotPermitted):
        edit_post(note.post_id, "Mine now", actor=make_actor(Role.MARKETER))
    with pytest.raises(InvalidInput):
        add_comment(lead_id, "   ", actor=actor)
    set_follow_up(lead_id, date(2031, 1, 1), actor=actor)
    assert stored(lead_id).next_follow_up_on == date(2031, 1, 1)
    with pytest.raises(InvalidInput):
        set_follow_up(lead_id, "tomorrow", actor=actor)  # type: ignore[arg-type]


@pytest.mark.covers("C-55", "C-57")
def test_no_handoff_field_is_mandatory(database: str) -> None:
    """Guards against a form that asks for more than the manual."""
    actor = make_actor()
    lead_id = qualified(actor)
    move_stage(lead_id, "awaiting_sale", actor=actor, answers=Answers(form={}))
    assert stored(lead_id).stage_key == "awaiting_sale"
    with pytest.raises(InvalidFields):
        enter_handoff(lead_id, {"stage": "won"}, actor=actor)


@pytest.mark.covers("C-33", "C-108")
def test_an_existing_contact_can_be_linked_before_qualifying(database: str) -> None:
    """Guards against a chosen contact that Qualify replaces."""
    actor = make_actor()
    contact_id = make_contact(name="Eva Berg", email="eva@berg.org", mobile_phone="+46 8 123 456 78")
    lead_id = create_lead({"customer_need": lookup_id("customer_need", "software")}, actor=actor).lead_id
    edit_field(lead_id, "contact", contact_id, actor=actor)
    lead = stored(lead_id)
    assert (lead.contact_name, lead.email) == ("Eva Berg", "eva@berg.org")
    qualify_lead(lead_id, actor=actor)
    assert stored(lead_id).contact_id == contact_id
