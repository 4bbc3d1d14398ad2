from dataclasses import replace

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.plan import (
    Ask,
    CreateOpportunity,
    MarkQualified,
    MoveTo,
    SetOwnerToActor,
    SetOwnerToChosen,
)
from leadhub.domain.process.shipped import (
    PARTNER_LEAD,
    SERVICE_LEAD,
)
from leadhub.domain.process.vocabulary import (
    AskKind,
    OpportunityKind,
)
from tests.domain.process.given import (
    MARKETER,
    OWNER,
    SALES,
    WON,
    facts,
    refused,
)


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
