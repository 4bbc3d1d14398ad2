from dataclasses import replace

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.engine import (
    AnswersMissing,
)
from leadhub.domain.process.plan import (
    Ask,
    CloseProcessActivities,
    CompleteActivity,
    CreateActivity,
    LinkCustomer,
    MarkQualified,
    MoveTo,
    RecordReason,
    ScoreLead,
    SetMaturity,
    SetOwnerToActor,
    SetOwnerToChosen,
)
from leadhub.domain.process.shipped import (
    BANK_CUSTOMER_LEAD,
    CUSTOMER_LEAD,
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
    created,
    facts,
    refused,
    task,
)


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
