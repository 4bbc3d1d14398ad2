"""Every reason for which the process says no, each decided in one place."""

from leadhub.domain.process.definition import ProcessDefinition, Stage, Transition
from leadhub.domain.process.facts import ActorFacts, ProcessFacts
from leadhub.domain.process.plan import Refusal
from leadhub.domain.process.vocabulary import Form, LifecycleState, StagePurpose


def refuse_hand_move(definition: ProcessDefinition, facts: ProcessFacts, to: Stage) -> Refusal | None:
    """Why this actor may not put the record into that stage from the workflow bar or an action."""
    here = definition.stage(facts.stage)
    if here.key == to.key:
        return Refusal("process.refused.already_there", {"stage": to.label})
    if here.is_final:
        return Refusal("process.refused.final", {"stage": here.label})
    if to.is_switched_off:
        return Refusal("process.refused.switched_off", {"stage": to.label})
    if definition.find_transition(here.key, to.key) is None:
        return Refusal("process.refused.no_transition", {"from_stage": here.label, "to_stage": to.label})
    return refuse_chosen_move(definition, facts, to)


def refuse_chosen_move(definition: ProcessDefinition, facts: ProcessFacts, to: Stage) -> Refusal | None:
    """Why this actor may not choose an action or a result that leads to that stage.

    The process itself lays the way, so no transition is needed; where one exists, its terms hold.
    """
    here = definition.stage(facts.stage)
    if here.is_final:
        return Refusal("process.refused.final", {"stage": here.label})
    transition = definition.find_transition(here.key, to.key)
    if transition is not None and not _is_for(transition, facts.actor):
        return Refusal("process.refused.not_for_you", {"from_stage": here.label, "to_stage": to.label})
    sells = here.purpose is StagePurpose.AWAIT_SALE and facts.has_open_opportunity
    if sells and not facts.actor.is_in_charge:
        return Refusal("process.refused.open_opportunity", {"stage": here.label})
    if here.purpose is StagePurpose.ASSIGN and starts_progress(here, to) and facts.awaits_acceptance:
        return Refusal("process.refused.awaits_acceptance")
    needed = set(transition.required_fields if transition else ())
    if starts_progress(here, to):
        needed |= facts.required_fields
    if is_qualifying(definition, here, to) and not (facts.has_contact or facts.has_account):
        return Refusal("process.refused.no_customer", fields=("contact_name", "account_name"))
    unfilled = tuple(sorted(needed - facts.filled_fields))
    if unfilled:
        return Refusal("process.refused.fields_missing", {"stage": to.label}, fields=unfilled)
    return None


def starts_progress(here: Stage, to: Stage) -> bool:
    return here.state is LifecycleState.PENDING and to.state is LifecycleState.IN_PROGRESS


def is_qualifying(definition: ProcessDefinition, here: Stage, to: Stage) -> bool:
    """Whether going there is Qualify, by whatever button."""
    if here.purpose is not StagePurpose.QUALIFY:
        return False
    return starts_progress(here, to) or to == definition.resolve_automatic_target(here.qualifies_to)


def refuse_edit(definition: ProcessDefinition, facts: ProcessFacts) -> Refusal | None:
    here = definition.stage(facts.stage)
    if here.is_final:
        return Refusal("process.refused.final", {"stage": here.label})
    return None


def refuse_delete(definition: ProcessDefinition, facts: ProcessFacts) -> Refusal | None:
    here = definition.stage(facts.stage)
    if here.state is not LifecycleState.PENDING:
        return Refusal("process.refused.delete_only_pending", {"stage": here.label})
    return None


def refuse_owner_change(definition: ProcessDefinition, facts: ProcessFacts) -> Refusal | None:
    here = definition.stage(facts.stage)
    if here.is_final:
        return Refusal("process.refused.final", {"stage": here.label})
    if here.purpose is StagePurpose.AWAIT_SALE:
        return Refusal("process.refused.owner_fixed", {"stage": here.label})
    if facts.awaits_acceptance:
        return Refusal("process.refused.awaits_acceptance")
    return None


def refuse_distribution(definition: ProcessDefinition, facts: ProcessFacts) -> Refusal | None:
    here = definition.stage(facts.stage)
    if here.is_final:
        return Refusal("process.refused.final", {"stage": here.label})
    if here.purpose is StagePurpose.AWAIT_SALE:
        return Refusal("process.refused.no_distribution_now", {"stage": here.label})
    has_page = any(
        template.form is Form.DISTRIBUTION and not definition.stage(template.stage_key).is_switched_off
        for template in definition.activity_templates
    )
    if not has_page:
        return Refusal("process.refused.no_distribution", {"process": definition.label})
    return None


def _is_for(transition: Transition, actor: ActorFacts) -> bool:
    if not (transition.roles or transition.owner_roles or transition.unit_ids):
        return True
    return bool(
        actor.roles & set(transition.roles)
        or (actor.is_owner and actor.roles & set(transition.owner_roles))
        or actor.unit_ids & set(transition.unit_ids)
    )
