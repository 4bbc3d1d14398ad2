from collections.abc import Collection
from dataclasses import replace

from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.facts import ProcessFacts
from leadhub.domain.process.moves import enter, plan_move
from leadhub.domain.process.plan import Ask, Effect, Plan, SetOwnerToActor, SetOwnerToChosen, refuse, require
from leadhub.domain.process.refusals import refuse_hand_move, refuse_owner_change
from leadhub.domain.process.vocabulary import AskKind, LifecycleState, StagePurpose


def plan_assign(
    definition: ProcessDefinition, facts: ProcessFacts, *, given: Collection[AskKind] = ()
) -> Plan:
    """Assign or reassign: name the owner. Where the process says so, the first one starts progress.

    Raises ActionRefused.
    """
    require(refuse_owner_change(definition, facts))
    here = definition.stage(facts.stage)
    if here.purpose is StagePurpose.ASSIGN and here.state is LifecycleState.PENDING:
        to = definition.default_stage(LifecycleState.IN_PROGRESS)
        return plan_move(definition, facts, to.key, given=given)
    return Plan(effects=(SetOwnerToChosen(),), asks=(Ask(kind=AskKind.OWNER),), given=frozenset(given))


def plan_accept(definition: ProcessDefinition, facts: ProcessFacts) -> Plan:
    """Take over a lead that was given to one's unit.

    It moves on to the stage for accepted leads, where there is one and nothing required is missing.
    Raises ActionRefused.
    """
    if not facts.awaits_acceptance:
        refuse("nothing_to_accept")
    if not facts.actor.may_accept:
        refuse("may_not_accept")
    effects: list[Effect] = [SetOwnerToActor()]
    here = definition.stage(facts.stage)
    accepted = definition.first_with_purpose(StagePurpose.ACCEPT)
    own_actor = replace(facts.actor, is_owner=True)
    facts = replace(facts, has_owner=True, awaits_acceptance=False, actor=own_actor)
    if (
        accepted is not None
        and here.state is LifecycleState.PENDING
        and refuse_hand_move(definition, facts, accepted) is None
    ):
        effects += enter(definition, facts, accepted)
    return Plan(effects=tuple(effects))
