from dataclasses import replace

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.engine import (
    LostChoice,
    Plan,
)
from leadhub.domain.process.plan import (
    Ask,
    CompleteActivity,
    CreateActivity,
    CreateOpportunity,
    MoveTo,
    OpenForm,
    PostNote,
    SaveForm,
    SetMaturity,
    SettlePlannedActivities,
    ShowActivity,
)
from leadhub.domain.process.shipped import (
    CUSTOMER_LEAD,
)
from leadhub.domain.process.vocabulary import (
    AskKind,
    Form,
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
)
from tests.domain.process.given import (
    LOST,
    MANAGER,
    MARKETER,
    WON,
    created,
    facts,
    refused,
    task,
)

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
