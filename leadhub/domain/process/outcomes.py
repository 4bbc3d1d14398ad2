from enum import StrEnum
from typing import Literal

from leadhub.domain.process.definition import ProcessDefinition, Stage
from leadhub.domain.process.facts import ProcessFacts
from leadhub.domain.process.moves import change_of_maturity, enter
from leadhub.domain.process.plan import (
    ClearOutcome,
    CloseProcessActivities,
    CreateActivity,
    Effect,
    MoveTo,
    Plan,
    refuse,
)
from leadhub.domain.process.vocabulary import AskKind, LifecycleState, NeedMaturity, StagePurpose


class LostChoice(StrEnum):
    """What becomes of the lead when its opportunity is lost."""

    NOT_INTERESTED = "not_interested"
    NURTURING = "nurturing"


def plan_opportunity_closed(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    outcome: Literal[LifecycleState.WON, LifecycleState.LOST],
    choice: LostChoice = LostChoice.NOT_INTERESTED,
    *,
    has_reason: bool = False,
) -> Plan:
    """The lead follows its opportunity, automatically: nothing that is open blocks it, no role is asked.

    A closed lead stays as it is, and so does one that has another opportunity to wait for.
    """
    if definition.stage(facts.stage).is_final:
        return Plan()
    if outcome is LifecycleState.WON:
        to: Stage | None = definition.default_stage(LifecycleState.WON)
    elif facts.has_open_opportunity:
        return Plan()
    elif choice is LostChoice.NURTURING:
        to = _nurturing_stage(definition)
    else:
        to = definition.default_stage(LifecycleState.LOST)
    if to is None or to.key == facts.stage:
        return Plan()
    given = (AskKind.REASON,) if has_reason else ()
    effects = enter(definition, facts, to, given=given, may_sell=False)
    return Plan(effects=effects, given=frozenset(given))


def plan_reopen(definition: ProcessDefinition, facts: ProcessFacts) -> Plan:
    """Open a final record again, in the stage it came from; for the manager in charge.

    Raises ActionRefused.
    """
    here = definition.stage(facts.stage)
    if not here.is_final:
        refuse("not_final", stage=here.label)
    if not facts.actor.is_in_charge:
        refuse("only_managers_reopen")
    to = _stage_to_return_to(definition, facts)
    effects: list[Effect] = [MoveTo(here.key, to.key, to.state), ClearOutcome()]
    if facts.maturity is NeedMaturity.NOT_INTERESTED:
        effects += change_of_maturity(facts, to.maturity)
    effects += [CreateActivity(template) for template in definition.templates_on_enter(to.key)]
    return Plan(effects=tuple(effects))


def plan_change_version(old: ProcessDefinition, new: ProcessDefinition, facts: ProcessFacts) -> Plan:
    """Move a record to another version: the same stage by key, else the one of its life-cycle state."""
    here = old.stage(facts.stage)
    there = new.find_stage(here.key)
    if there is None or there.state is not here.state or there.is_switched_off:
        there = new.default_stage(here.state)
    orphans = tuple(
        activity.activity_id
        for activity in facts.made_by_process
        if (template := new.find_template(activity.template_key)) is None or template.stage_key != there.key
    )
    effects: list[Effect] = []
    if orphans:
        effects.append(CloseProcessActivities(orphans))
    if there.key != here.key:
        effects.append(MoveTo(here.key, there.key, there.state))
    left_with_nothing = len(orphans) == len(facts.made_by_process)
    if there.is_open and effects and left_with_nothing:
        effects += [CreateActivity(template) for template in new.templates_on_enter(there.key)]
    return Plan(effects=tuple(effects))


def _stage_to_return_to(definition: ProcessDefinition, facts: ProcessFacts) -> Stage:
    came_from = definition.find_stage(facts.came_from)
    if came_from is not None and came_from.is_open:
        found = definition.resolve_automatic_target(came_from.key)
        if found is not None and found.is_open:
            return found
    return definition.find_default_stage(LifecycleState.IN_PROGRESS) or definition.initial_stage


def _nurturing_stage(definition: ProcessDefinition) -> Stage | None:
    """Where an unsold lead is looked after; a process without such a stage goes on where it starts to."""
    return definition.first_with_purpose(StagePurpose.DISTRIBUTE) or definition.find_default_stage(
        LifecycleState.IN_PROGRESS
    )
