from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.definition import ProcessDefinition, Transition
from leadhub.domain.process.engine import (
    ActorFacts,
    ButtonAction,
    ProcessFacts,
)
from leadhub.domain.process.plan import (
    Ask,
    ClearOutcome,
    CloseProcessActivities,
    ConvertToCustomer,
    CreateActivity,
    MarkQualified,
    MoveTo,
    SetMaturity,
    SettlePlannedActivities,
)
from leadhub.domain.process.shipped import (
    BANK_CUSTOMER_LEAD,
    CORPORATE_SALE,
    CUSTOMER_LEAD,
    PARTNER_LEAD,
    SERVICE_LEAD,
)
from leadhub.domain.process.vocabulary import (
    AskKind,
    LifecycleState,
    NeedMaturity,
    ReasonLookup,
)
from tests.domain.process.given import (
    CANCELLED,
    LOST,
    MANAGER,
    MARKETER,
    OWNER,
    WON,
    created,
    facts,
    refused,
    switched_off,
    task,
)


@pytest.mark.parametrize("stage", ["need_satisfied", "not_interested", "disqualified"])
def test_a_final_stage_is_read_only(stage: str):
    """Guards closed leads against edits, moves, new owners and deletion."""
    closed = facts(stage, actor=MANAGER)
    assert engine.refuse_edit(CUSTOMER_LEAD, closed)
    assert engine.refuse_owner_change(CUSTOMER_LEAD, closed)
    assert engine.refuse_delete(CUSTOMER_LEAD, closed)
    assert not any(option.is_allowed for option in engine.available_moves(CUSTOMER_LEAD, closed))
    assert refused(engine.plan_continue, CUSTOMER_LEAD, closed).key.endswith("final")


@pytest.mark.covers("X-21")
def test_a_manager_reopens_a_lead_where_it_came_from():
    """Guards the way back from a mistake."""
    closed = facts("not_interested", came_from="nurturing", maturity=NeedMaturity.NOT_INTERESTED)
    assert refused(engine.plan_reopen, CUSTOMER_LEAD, closed).key.endswith("only_managers_reopen")
    plan = engine.plan_reopen(CUSTOMER_LEAD, replace(closed, actor=MANAGER))
    assert plan.effects == (
        MoveTo("not_interested", "nurturing", LifecycleState.IN_PROGRESS),
        ClearOutcome(),
        SetMaturity(NeedMaturity.DISCOVERED),
        CreateActivity(CUSTOMER_LEAD.template("distribution")),
    )


@pytest.mark.covers("M-68")
def test_only_a_pending_lead_can_be_deleted():
    """Guards work that has begun."""
    assert engine.refuse_delete(SERVICE_LEAD, facts("new")) is None
    assert engine.refuse_delete(SERVICE_LEAD, facts("in_progress"))


@pytest.mark.covers("M-70")
def test_progress_starts_only_from_pending_with_all_required_fields():
    """Guards the reports against leads in progress with nothing in them."""
    new = facts("new", required_fields=frozenset({"budget", "source"}), filled_fields=frozenset({"source"}))
    assert refused(engine.plan_start_progress, SERVICE_LEAD, new).fields == ("budget",)
    plan = engine.plan_start_progress(SERVICE_LEAD, replace(new, required_fields=frozenset()))
    assert plan.destination == "in_progress"
    assert plan.all_of(MarkQualified)
    started = facts("in_progress")
    assert refused(engine.plan_start_progress, SERVICE_LEAD, started).key.endswith("only_from_pending")


@pytest.mark.covers("M-56", "M-71", "M-72", "M-73")
@pytest.mark.parametrize("stage", ["new", "accepted", "in_progress"])
@pytest.mark.parametrize("state", [WON, LOST, CANCELLED])
def test_a_lead_is_won_lost_or_cancelled_from_pending_or_in_progress(stage: str, state: LifecycleState):
    """Guards the three ways to end."""
    plan = engine.plan_close(SERVICE_LEAD, facts(stage), state)
    assert plan.destination == state.value
    assert bool(plan.missing) == (state is LOST)


@pytest.mark.covers("M-83")
@pytest.mark.parametrize("state", [WON, LOST, CANCELLED])
def test_activities_that_people_planned_have_to_be_settled_before_closing(state: LifecycleState):
    """Guards appointments against vanishing with their lead."""
    here = facts("in_progress", open_activities=(task(None, 4), task(None, 5)))
    plan = engine.plan_close(SERVICE_LEAD, here, state)
    assert Ask(kind=AskKind.OPEN_ACTIVITIES, activity_ids=(4, 5)) in plan.missing
    given = {AskKind.OPEN_ACTIVITIES, AskKind.REASON}
    plan = engine.plan_close(SERVICE_LEAD, here, state, given=given)
    assert plan.missing == ()
    assert plan.effects[0] == SettlePlannedActivities((4, 5))


def test_planned_activities_do_not_block_moves_between_open_stages():
    """Guards daily work: planned calls are normal."""
    here = facts("nurturing", open_activities=(task(None),))
    assert engine.plan_move(CUSTOMER_LEAD, here, "handoff").missing == ()


@pytest.mark.covers("M-24", "M-71")
def test_winning_converts_to_a_customer_where_none_exists():
    """Guards automatic conversion: asked by hand, done by itself when the opportunity is won."""
    here = facts("in_progress", needs_customer_account=True)
    plan = engine.plan_close(SERVICE_LEAD, here, WON)
    assert [ask.kind for ask in plan.missing] == [AskKind.CUSTOMER_ACCOUNT]
    assert plan.all_of(ConvertToCustomer)
    by_itself = engine.plan_opportunity_closed(
        CUSTOMER_LEAD, facts("awaiting_sale", needs_customer_account=True), WON
    )
    assert by_itself.all_of(ConvertToCustomer)
    assert not engine.plan_close(SERVICE_LEAD, facts("in_progress"), WON).all_of(ConvertToCustomer)


@pytest.mark.covers("C-119", "M-16", "M-74")
def test_marketers_do_not_hand_off_win_or_lose():
    """Guards the split between marketing and sales."""
    here = facts("handoff", actor=MARKETER, open_activities=(task("handoff"),))
    not_offered = {o.stage.key for o in engine.available_moves(CUSTOMER_LEAD, here) if not o.is_allowed}
    assert not_offered == {"handoff", "awaiting_sale", "need_satisfied", "not_interested"}
    assert refused(engine.plan_complete, CUSTOMER_LEAD, here, 7, "proceed_to_order").key.endswith("for_you")


@pytest.mark.covers("C-115", "M-16", "M-18")
def test_a_transition_is_for_its_roles_units_and_owners_with_its_fields():
    """Guards the lookup of available transitions."""
    terms = Transition(
        from_stage="new",
        to_stage="assigned",
        roles=("admin",),
        owner_roles=("sales",),
        unit_ids=(5,),
        required_fields=("budget",),
    )
    process = replace(PARTNER_LEAD, transitions=(terms,))
    filled = facts("new", filled_fields=frozenset({"budget"}))

    def allowed(known: ProcessFacts) -> bool:
        return engine.available_moves(process, known)[1].is_allowed

    assert not allowed(filled)
    assert allowed(replace(filled, actor=OWNER))
    assert allowed(replace(filled, actor=ActorFacts(roles=frozenset({"admin"}))))
    assert allowed(replace(filled, actor=ActorFacts(unit_ids=frozenset({5}))))
    assert not allowed(facts("new", actor=OWNER))


@pytest.mark.covers("C-113")
def test_a_switched_off_stage_is_skipped_by_the_process_and_closed_to_people():
    """Guards a disabled sub-process against leads that fall into it."""
    process = switched_off(CUSTOMER_LEAD, "handoff")
    qualified = engine.plan_qualify(process, facts("qualification"))
    assert qualified.destination == "awaiting_sale"
    assert qualified.first_of(MoveTo).skipped == ("nurturing", "handoff")
    assert refused(engine.plan_move, process, facts("nurturing"), "handoff").key.endswith("switched_off")


@pytest.mark.covers("C-113")
def test_a_result_that_leads_back_by_a_switched_off_stage_leaves_something_to_do():
    """Guards leads against standing at a stage without a task."""
    process = switched_off(CUSTOMER_LEAD, "nurturing")
    here = facts("handoff", open_activities=(task("handoff"),))
    plan = engine.plan_complete(process, here, 7, "back_to_distribution")
    assert plan.destination is None
    assert created(plan) == ["handoff"]


@pytest.mark.covers("B-10", "B-11", "B-12")
@pytest.mark.parametrize(
    ("process", "stage", "action"),
    [
        (CUSTOMER_LEAD, "qualification", ButtonAction.QUALIFY),
        (CUSTOMER_LEAD, "nurturing", ButtonAction.DISTRIBUTE),
        (CUSTOMER_LEAD, "handoff", ButtonAction.HANDOFF),
        (CUSTOMER_LEAD, "awaiting_sale", ButtonAction.NONE),
        (CUSTOMER_LEAD, "need_satisfied", ButtonAction.NONE),
        (BANK_CUSTOMER_LEAD, "nurturing", ButtonAction.DISTRIBUTE),
        (SERVICE_LEAD, "new", ButtonAction.START_PROGRESS),
        (SERVICE_LEAD, "in_progress", ButtonAction.NONE),
        (PARTNER_LEAD, "new", ButtonAction.ASSIGN),
        (PARTNER_LEAD, "assigned", ButtonAction.QUALIFY),
    ],
)
def test_the_process_button_follows_the_stage(process: ProcessDefinition, stage: str, action: ButtonAction):
    """Guards the one button that carries the process on."""
    button = engine.process_button(process, facts(stage))
    assert button.action is action
    assert button.hint_key.startswith("process.hint.")


@pytest.mark.covers("C-63")
def test_an_opportunity_runs_through_the_same_engine():
    """Guards the corporate sale: stages, tasks, and no lead's effects."""
    start = engine.plan_start(CORPORATE_SALE, facts(""))
    assert (start.destination, created(start)) == ("qualification", ["confirm_need"])
    onward = engine.plan_move(CORPORATE_SALE, facts("qualification"), "proposal")
    assert not onward.all_of(MarkQualified)
    assert onward.first_of(MoveTo).skipped == ("presentation",)
    lost = engine.plan_close(CORPORATE_SALE, facts("proposal"), LOST)
    assert lost.missing == (Ask(kind=AskKind.REASON, lookup=ReasonLookup.LOST),)


@pytest.mark.covers("C-116")
def test_a_lead_moved_to_another_version_keeps_its_place():
    """Guards leads under way when an admin moves them to a new version."""
    here = facts("nurturing", open_activities=(task("distribution"),))
    assert engine.plan_change_version(CUSTOMER_LEAD, BANK_CUSTOMER_LEAD, here).effects == ()
    moved = engine.plan_change_version(CUSTOMER_LEAD, SERVICE_LEAD, here)
    assert moved.effects == (
        CloseProcessActivities((7,)),
        MoveTo("nurturing", "in_progress", LifecycleState.IN_PROGRESS),
    )


def test_a_stage_visited_before_is_not_marked_as_skipped():
    """Guards the workflow bar against crossing out what was done."""
    here = facts("qualification", visited_stages=frozenset({"nurturing"}))
    assert engine.plan_qualify(CUSTOMER_LEAD, here).first_of(MoveTo).skipped == ()


def test_an_activity_is_due_by_its_rule_unless_a_date_was_given():
    """Guards Rescheduled: the date asked for is the date used."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    given = now + timedelta(days=30)
    template = CUSTOMER_LEAD.template("handoff")
    assert template.due_at(now) == now + timedelta(hours=24)
    assert template.due_at(now, answered=given) == given
