"""Each rule of the process, one test each, on the shipped processes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.definition import ProcessDefinition, Transition
from leadhub.domain.process.engine import (
    ActionRefused,
    ActorFacts,
    AnswersMissing,
    ButtonAction,
    LostChoice,
    OpenActivity,
    Plan,
    ProcessFacts,
)
from leadhub.domain.process.plan import (
    Ask,
    ClearOutcome,
    CloseProcessActivities,
    CompleteActivity,
    ConvertToCustomer,
    CreateActivity,
    CreateOpportunity,
    LinkCustomer,
    MarkQualified,
    MoveTo,
    OpenForm,
    PostNote,
    RecordReason,
    SaveForm,
    ScoreLead,
    SetMaturity,
    SetOwnerToActor,
    SetOwnerToChosen,
    SettlePlannedActivities,
    ShowActivity,
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
    Form,
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
    ReasonLookup,
)

SALES = ActorFacts(roles=frozenset({"sales"}))
OWNER = replace(SALES, is_owner=True)
MANAGER = ActorFacts(roles=frozenset({"manager"}), is_in_charge=True)
MARKETER = ActorFacts(roles=frozenset({"marketer"}))
WON, LOST, CANCELLED = LifecycleState.WON, LifecycleState.LOST, LifecycleState.CANCELLED


def facts(stage: str, **known: Any) -> ProcessFacts:
    return ProcessFacts(**{"actor": SALES, "has_contact": True, "has_owner": True, "stage": stage, **known})


def task(template_key: str | None = None, activity_id: int = 7) -> OpenActivity:
    return OpenActivity(activity_id=activity_id, template_key=template_key)


def created(plan: Plan) -> list[str]:
    return [creation.template.key for creation in plan.all_of(CreateActivity)]


def refused(call: Any, *args: Any, **kwargs: Any) -> engine.Refusal:
    with pytest.raises(ActionRefused) as caught:
        call(*args, **kwargs)
    return caught.value.refusal


def switched_off(process: ProcessDefinition, *keys: str) -> ProcessDefinition:
    stages = tuple(replace(s, is_switched_off=s.key in keys) for s in process.stages)
    return replace(process, stages=stages)


@pytest.mark.covers("C-15", "C-23")
def test_a_saved_lead_starts_at_qualification_suspected_with_a_task():
    """Guards the first step that everything else follows from."""
    plan = engine.plan_start(CUSTOMER_LEAD, facts("", is_existing_customer=True))
    assert plan.effects == (
        MoveTo(None, "qualification", LifecycleState.PENDING),
        SetMaturity(NeedMaturity.SUSPECTED),
        CreateActivity(CUSTOMER_LEAD.template("qualify")),
    )


@pytest.mark.covers("B-07")
def test_a_bank_lead_of_an_existing_customer_starts_by_itself():
    """Guards the bank's shortcut, and that strangers do not take it."""
    known = engine.plan_start(BANK_CUSTOMER_LEAD, facts("", is_existing_customer=True))
    assert [move.to_stage for move in known.all_of(MoveTo)] == ["qualification", "handoff"]
    assert created(known) == ["handoff"]
    assert known.all_of(MarkQualified)
    stranger = engine.plan_start(BANK_CUSTOMER_LEAD, facts(""))
    assert stranger.destination == "qualification"


@pytest.mark.covers("C-22", "C-34", "C-36", "C-37", "C-45", "C-46")
def test_qualify_links_the_customer_skips_nurturing_and_goes_to_handoff():
    """Guards the one click that the whole product is about."""
    plan = engine.plan_qualify(
        CUSTOMER_LEAD,
        facts("qualification", has_owner=False, open_activities=(task("qualify"),)),
    )
    assert plan.effects == (
        CompleteActivity(7),
        LinkCustomer(),
        SetOwnerToActor(),
        MoveTo("qualification", "handoff", LifecycleState.IN_PROGRESS, skipped=("nurturing",)),
        SetMaturity(NeedMaturity.DISCOVERED),
        MarkQualified(),
        ScoreLead(),
        CreateActivity(CUSTOMER_LEAD.template("handoff")),
    )
    assert plan.asks == ()


@pytest.mark.covers("C-36")
def test_qualify_keeps_the_owner_there_is():
    """Guards a colleague's lead against changing hands by a click."""
    plan = engine.plan_qualify(CUSTOMER_LEAD, facts("qualification"))
    assert not plan.all_of(SetOwnerToActor)


@pytest.mark.covers("C-31", "C-34")
def test_a_lead_without_contact_and_account_is_not_qualified():
    """Guards sales against leads that nobody can be called about."""
    nobody = facts("qualification", has_contact=False)
    refusal = refused(engine.plan_qualify, CUSTOMER_LEAD, nobody)
    assert refusal.fields == ("contact_name", "account_name")
    assert refused(engine.plan_move, CUSTOMER_LEAD, nobody, "nurturing") == refusal
    assert engine.plan_qualify(CUSTOMER_LEAD, replace(nobody, has_account=True)).destination == "handoff"


def test_a_lead_is_qualified_once():
    """Guards against a double click that qualifies twice."""
    assert refused(engine.plan_qualify, CUSTOMER_LEAD, facts("handoff")).key.endswith("cannot_qualify_here")


@pytest.mark.covers("C-35", "X-09")
def test_disqualify_asks_for_its_reason():
    """Guards the analysis of why leads are useless."""
    here = facts("qualification", open_activities=(task("qualify"),))
    plan = engine.plan_disqualify(CUSTOMER_LEAD, here)
    assert plan.asks == (Ask(kind=AskKind.REASON, lookup=ReasonLookup.DISQUALIFICATION),)
    with pytest.raises(AnswersMissing):
        plan.require_answered()
    plan = engine.plan_disqualify(CUSTOMER_LEAD, here, given={AskKind.REASON})
    assert plan.effects == (
        CloseProcessActivities((7,)),
        MoveTo("qualification", "disqualified", CANCELLED),
        RecordReason(ReasonLookup.DISQUALIFICATION),
    )


@pytest.mark.covers("C-17", "C-39", "C-40")
def test_the_bar_leads_anywhere_between_open_stages():
    """Guards skipping and returning, which the manuals promise."""
    open_stages = ["qualification", "nurturing", "handoff", "awaiting_sale"]
    for here in open_stages:
        options = engine.available_moves(CUSTOMER_LEAD, facts(here))
        assert [o.stage.key for o in options if o.is_current] == [here]
        assert {o.stage.key for o in options if not o.is_allowed} == {here}
    back = engine.plan_move(CUSTOMER_LEAD, facts("handoff", open_activities=(task("handoff"),)), "nurturing")
    assert created(back) == ["distribution"]
    assert back.all_of(CloseProcessActivities) == (CloseProcessActivities((7,)),)


@pytest.mark.covers("C-41", "C-97")
def test_start_proceeding_to_handoff_leads_to_handoff():
    """Guards the way out of nurturing."""
    here = facts("nurturing", open_activities=(task("distribution"),))
    plan = engine.plan_distribute(CUSTOMER_LEAD, here, "start_handoff")
    assert plan.destination == "handoff"
    assert plan.first_of(CompleteActivity) == CompleteActivity(7, "start_handoff")
    assert created(plan) == ["handoff"]
    assert engine.plan_complete(CUSTOMER_LEAD, here, 7, "start_handoff").effects == plan.effects


@pytest.mark.covers("C-43")
def test_continue_nurturing_stays_and_comes_back_on_the_next_date():
    """Guards nurtured leads against being forgotten."""
    here = facts("nurturing", open_activities=(task("distribution"),))
    plan = engine.plan_distribute(CUSTOMER_LEAD, here, "continue_nurturing", given={AskKind.NEW_DATE})
    assert plan.destination is None
    assert plan.effects == (
        CompleteActivity(7, "continue_nurturing"),
        CreateActivity(CUSTOMER_LEAD.template("distribution"), uses_new_date=True),
    )
    assert plan.missing == ()


@pytest.mark.covers("C-28", "C-44", "M-43", "M-72")
def test_not_interested_on_the_distribution_page_loses_the_lead_with_a_reason():
    """Guards the stage for lost leads, and the reason that every loss needs."""
    plan = engine.plan_distribute(CUSTOMER_LEAD, facts("nurturing"), "not_interested")
    assert [ask.kind for ask in plan.missing] == [AskKind.REASON]
    assert (plan.destination, plan.first_of(MoveTo).state) == ("not_interested", LOST)


@pytest.mark.covers("C-95")
@pytest.mark.parametrize(
    ("stage", "possible"),
    [
        ("qualification", True),
        ("nurturing", True),
        ("handoff", True),
        ("awaiting_sale", False),
        ("need_satisfied", False),
        ("not_interested", False),
    ],
)
def test_a_lead_is_distributed_at_any_stage_before_the_sale(stage: str, possible: bool):
    """Guards the sale against a change of hands."""
    assert (engine.refuse_distribution(CUSTOMER_LEAD, facts(stage)) is None) == possible


@pytest.mark.covers("C-94", "C-96")
def test_from_awaiting_sale_on_the_owner_is_fixed():
    """Guards the sale against a change of hands."""
    assert engine.plan_assign(CUSTOMER_LEAD, facts("handoff")).effects == (SetOwnerToChosen(),)
    assert refused(engine.plan_assign, CUSTOMER_LEAD, facts("awaiting_sale")).key.endswith("owner_fixed")


AT_HANDOFF = facts("handoff", maturity=NeedMaturity.DISCOVERED, open_activities=(task("handoff"),))


@pytest.mark.covers("C-48", "X-11")
def test_proceed_to_order_creates_an_order_and_awaits_the_sale():
    """Guards the order branch."""
    plan = engine.plan_complete(CUSTOMER_LEAD, AT_HANDOFF, 7, "proceed_to_order")
    assert plan.missing == ()
    assert plan.effects == (
        CompleteActivity(7, "proceed_to_order"),
        MoveTo("handoff", "awaiting_sale", LifecycleState.IN_PROGRESS),
        SetMaturity(NeedMaturity.SALES_READY),
        CreateOpportunity(OpportunityKind.ORDER),
    )


@pytest.mark.covers("C-49", "C-54")
def test_proceed_to_handoff_asks_notes_and_offers_the_handoff_form():
    """Guards the task whose form opens at once or later."""
    plan = engine.plan_complete(CUSTOMER_LEAD, AT_HANDOFF, 7, "proceed_to_handoff")
    assert plan.asks == (Ask(kind=AskKind.NOTE, required=False),)
    assert plan.effects == (
        CompleteActivity(7, "proceed_to_handoff"),
        CreateActivity(CUSTOMER_LEAD.template("handoff_information")),
        OpenForm(Form.HANDOFF),
    )


@pytest.mark.covers("C-56", "C-57", "C-61", "C-62")
def test_entering_handoff_information_awaits_the_sale_with_a_note_in_the_feed():
    """Guards the handoff itself."""
    here = replace(AT_HANDOFF, open_activities=(task("handoff_information"),))
    asked = engine.plan_complete(CUSTOMER_LEAD, here, 7, "entered")
    assert asked.missing == (Ask(kind=AskKind.FORM, form=Form.HANDOFF),)
    plan = engine.plan_complete(CUSTOMER_LEAD, here, 7, "entered", given={AskKind.FORM})
    assert plan.effects == (
        SaveForm(Form.HANDOFF),
        CompleteActivity(7, "entered"),
        MoveTo("handoff", "awaiting_sale", LifecycleState.IN_PROGRESS),
        SetMaturity(NeedMaturity.SALES_READY),
        CreateOpportunity(OpportunityKind.SALE),
        PostNote(),
    )


@pytest.mark.covers("C-58")
def test_back_to_distribution_returns_to_nurturing():
    """Guards the customer who may want it later."""
    here = replace(AT_HANDOFF, maturity=NeedMaturity.NOT_INTERESTED)
    plan = engine.plan_complete(CUSTOMER_LEAD, here, 7, "back_to_distribution")
    assert plan.destination == "nurturing"
    assert plan.first_of(SetMaturity) == SetMaturity(NeedMaturity.DISCOVERED)
    assert created(plan) == ["distribution"]


@pytest.mark.covers("C-59")
def test_rescheduled_stays_and_makes_a_new_task_on_the_new_date():
    """Guards postponed calls against being forgotten."""
    asked = engine.plan_complete(CUSTOMER_LEAD, AT_HANDOFF, 7, "rescheduled")
    assert [ask.kind for ask in asked.missing] == [AskKind.NEW_DATE]
    plan = engine.plan_complete(CUSTOMER_LEAD, AT_HANDOFF, 7, "rescheduled", given={AskKind.NEW_DATE})
    assert plan.effects == (
        CompleteActivity(7, "rescheduled"),
        CreateActivity(CUSTOMER_LEAD.template("handoff"), uses_new_date=True),
    )


@pytest.mark.covers("C-60")
def test_not_interested_at_handoff_stays_and_is_resumed_with_a_new_task():
    """Guards the need that is renewed later."""
    plan = engine.plan_complete(CUSTOMER_LEAD, AT_HANDOFF, 7, "not_interested")
    assert plan.effects == (
        CompleteActivity(7, "not_interested"),
        SetMaturity(NeedMaturity.NOT_INTERESTED),
    )
    later = facts("handoff", maturity=NeedMaturity.NOT_INTERESTED)
    assert engine.process_button(CUSTOMER_LEAD, later).hint_key == "process.hint.handoff_resume"
    assert engine.plan_continue(CUSTOMER_LEAD, later).effects == (
        SetMaturity(NeedMaturity.DISCOVERED),
        CreateActivity(CUSTOMER_LEAD.template("handoff")),
    )


@pytest.mark.covers("B-10")
def test_the_process_button_shows_what_waits_before_it_makes_anything_new():
    """Guards against a pile of equal tasks."""
    here = facts(
        "handoff", open_activities=(task("handoff", 3), task("handoff_information", 4), task(None, 9))
    )
    assert engine.plan_continue(CUSTOMER_LEAD, here).effects == (ShowActivity(4),)


@pytest.mark.covers("C-50", "C-57")
def test_entering_awaiting_sale_by_the_bar_asks_the_handoff_form_first():
    """Guards sales against leads handed over without a word."""
    here = facts("handoff", maturity=NeedMaturity.DISCOVERED)
    plan = engine.plan_move(CUSTOMER_LEAD, here, "awaiting_sale")
    assert plan.missing == (Ask(kind=AskKind.FORM, form=Form.HANDOFF),)
    plan = engine.plan_move(CUSTOMER_LEAD, here, "awaiting_sale", given={AskKind.FORM})
    assert plan.effects == (
        SaveForm(Form.HANDOFF),
        MoveTo("handoff", "awaiting_sale", LifecycleState.IN_PROGRESS),
        SetMaturity(NeedMaturity.SALES_READY),
        CreateOpportunity(OpportunityKind.SALE),
        PostNote(),
    )


def test_awaiting_sale_makes_no_second_opportunity():
    """Guards the pipeline against counting one sale twice."""
    here = facts("handoff", has_open_opportunity=True)
    plan = engine.plan_move(CUSTOMER_LEAD, here, "awaiting_sale", given={AskKind.FORM})
    assert not plan.all_of(CreateOpportunity)


def test_with_an_open_opportunity_only_a_manager_moves_the_lead_back():
    """Guards the sale against losing its lead."""
    selling = facts("awaiting_sale", has_open_opportunity=True)
    assert refused(engine.plan_move, CUSTOMER_LEAD, selling, "nurturing").key.endswith("open_opportunity")
    by_manager = replace(selling, actor=MANAGER)
    assert engine.plan_move(CUSTOMER_LEAD, by_manager, "nurturing").destination == "nurturing"
    without = replace(selling, has_open_opportunity=False)
    assert engine.plan_move(CUSTOMER_LEAD, without, "nurturing").destination == "nurturing"


@pytest.mark.covers("C-27", "C-64")
def test_a_won_opportunity_satisfies_the_need_whatever_is_open():
    """Guards automatic moves against being blocked by a planned call."""
    here = facts("awaiting_sale", open_activities=(task(None),), actor=MARKETER)
    plan = engine.plan_opportunity_closed(CUSTOMER_LEAD, here, WON)
    assert (plan.destination, plan.asks) == ("need_satisfied", ())
    assert not plan.all_of(SettlePlannedActivities)


@pytest.mark.parametrize(
    ("choice", "stage"), [(LostChoice.NOT_INTERESTED, "not_interested"), (LostChoice.NURTURING, "nurturing")]
)
def test_a_lost_opportunity_lets_the_closer_choose_what_becomes_of_the_lead(choice: LostChoice, stage: str):
    """Guards the choice between a lost lead and a patient one."""
    plan = engine.plan_opportunity_closed(CUSTOMER_LEAD, facts("awaiting_sale"), LOST, choice)
    assert plan.destination == stage


def test_a_lost_opportunity_leaves_a_lead_alone_that_has_another_or_is_closed():
    """Guards against losing a lead that is still being sold, or was won already."""
    still_selling = facts("awaiting_sale", has_open_opportunity=True)
    assert engine.plan_opportunity_closed(CUSTOMER_LEAD, still_selling, LOST) == Plan()
    assert engine.plan_opportunity_closed(CUSTOMER_LEAD, facts("need_satisfied"), LOST) == Plan()


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
    plan = engine.plan_complete(process, AT_HANDOFF, 7, "back_to_distribution")
    assert plan.destination is None
    assert created(plan) == ["handoff"]


@pytest.mark.covers("M-69", "M-80")
def test_accept_is_for_members_and_moves_a_complete_lead_on():
    """Guards the queue of a unit."""
    member = replace(SALES, may_accept=True)
    waiting = facts("new", awaits_acceptance=True, has_owner=False, required_fields=frozenset({"budget"}))
    assert refused(engine.plan_accept, SERVICE_LEAD, waiting).key.endswith("may_not_accept")
    waiting = replace(waiting, actor=member)
    assert engine.plan_accept(SERVICE_LEAD, waiting).effects == (SetOwnerToActor(),)
    complete = replace(waiting, filled_fields=frozenset({"budget"}))
    assert engine.plan_accept(SERVICE_LEAD, complete).destination == "accepted"
    taken = replace(complete, awaits_acceptance=False)
    assert refused(engine.plan_accept, SERVICE_LEAD, taken).key.endswith("nothing_to_accept")


@pytest.mark.covers("M-67")
def test_until_accepted_everything_but_the_user_can_be_edited():
    """Guards the unit's right to decide who takes a lead."""
    waiting = facts("new", awaits_acceptance=True)
    assert engine.refuse_edit(SERVICE_LEAD, waiting) is None
    assert engine.refuse_owner_change(SERVICE_LEAD, waiting)


@pytest.mark.covers("X-03")
def test_assign_asks_for_the_owner_and_starts_the_partner_lead():
    """Guards Assign and Reassign."""
    plan = engine.plan_assign(PARTNER_LEAD, facts("new"))
    assert plan.missing == (Ask(kind=AskKind.OWNER),)
    plan = engine.plan_assign(PARTNER_LEAD, facts("new"), given={AskKind.OWNER})
    assert plan.destination == "assigned"
    assert plan.effects[0] == SetOwnerToChosen()
    assert plan.all_of(MarkQualified)
    again = engine.plan_assign(PARTNER_LEAD, facts("assigned"), given={AskKind.OWNER})
    assert again.effects == (SetOwnerToChosen(),)
    assert refused(engine.plan_assign, PARTNER_LEAD, facts("new", actor=MARKETER)).key.endswith("for_you")
    own = replace(MARKETER, is_owner=True)
    assert engine.plan_assign(PARTNER_LEAD, facts("new", actor=own)).destination == "assigned"


@pytest.mark.covers("S-02", "X-02", "X-04")
def test_only_the_owner_qualifies_a_partner_lead_into_an_opportunity():
    """Guards the partner's lead: qualified means an opportunity exists."""
    plan = engine.plan_qualify(PARTNER_LEAD, facts("assigned", actor=OWNER))
    assert (plan.destination, plan.first_of(MoveTo).state) == ("qualified", WON)
    assert plan.all_of(CreateOpportunity) == (CreateOpportunity(OpportunityKind.SALE),)
    assert refused(engine.plan_qualify, PARTNER_LEAD, facts("assigned")).key.endswith("for_you")
    assert engine.plan_disqualify(PARTNER_LEAD, facts("assigned", actor=OWNER)).destination == "disqualified"


def test_an_opportunity_closed_later_creates_no_other():
    """Guards a reopened partner lead, whose final stage creates opportunities."""
    plan = engine.plan_opportunity_closed(PARTNER_LEAD, facts("assigned"), WON)
    assert plan.destination == "qualified"
    assert not plan.all_of(CreateOpportunity)


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
