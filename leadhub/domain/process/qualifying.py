from collections.abc import Collection
from dataclasses import replace

from leadhub.domain.process.definition import ProcessDefinition, Stage
from leadhub.domain.process.facts import ProcessFacts
from leadhub.domain.process.moves import asks_on_the_way, enter, plan_move
from leadhub.domain.process.plan import (
    CreateActivity,
    Effect,
    MoveTo,
    Plan,
    SetMaturity,
    refuse,
    require,
)
from leadhub.domain.process.refusals import refuse_chosen_move
from leadhub.domain.process.vocabulary import AskKind, LifecycleState, StagePurpose


def plan_start(definition: ProcessDefinition, facts: ProcessFacts) -> Plan:
    """The record was saved for the first time. `facts.stage` is not looked at.

    A version may start by itself for existing customers: then the lead goes straight on as if qualified.
    """
    first = definition.initial_stage
    effects: list[Effect] = [MoveTo(None, first.key, first.state)]
    maturity = [SetMaturity(first.maturity)] if first.maturity else []
    facts = replace(facts, stage=first.key, maturity=first.maturity, open_activities=())
    onward = _qualified_stage(definition, first)
    knows_customer = facts.has_contact or facts.has_account
    if (
        definition.starts_itself_for_existing_customers
        and facts.is_existing_customer
        and knows_customer
        and onward is not None
    ):
        return Plan(effects=(*effects, *maturity, *enter(definition, facts, onward)))
    creations = [CreateActivity(template) for template in definition.templates_on_enter(first.key)]
    return Plan(effects=(*effects, *maturity, *creations))


def plan_qualify(
    definition: ProcessDefinition, facts: ProcessFacts, *, given: Collection[AskKind] = ()
) -> Plan:
    """Qualify: link the customer and go on to the stage that the process names.

    Raises ActionRefused.
    """
    here = definition.stage(facts.stage)
    to = _qualified_stage(definition, here)
    if here.purpose is not StagePurpose.QUALIFY or to is None:
        refuse("cannot_qualify_here", stage=here.label)
    require(refuse_chosen_move(definition, facts, to))
    return Plan(
        effects=enter(definition, facts, to, given=given),
        asks=asks_on_the_way(definition, facts, to, by_hand=False),
        given=frozenset(given),
    )


def plan_disqualify(
    definition: ProcessDefinition, facts: ProcessFacts, *, given: Collection[AskKind] = ()
) -> Plan:
    """Give the lead up as unusable; asks for the reason.

    Raises ActionRefused.
    """
    to = definition.first_with_purpose(StagePurpose.DISQUALIFIED)
    to = to or definition.default_stage(LifecycleState.CANCELLED)
    return plan_move(definition, facts, to.key, given=given)


def _qualified_stage(definition: ProcessDefinition, here: Stage) -> Stage | None:
    if here.purpose is StagePurpose.QUALIFY:
        return definition.resolve_automatic_target(here.qualifies_to)
    return definition.find_default_stage(LifecycleState.IN_PROGRESS)
