from dataclasses import dataclass
from enum import StrEnum

from leadhub.domain.process.activities import activity_to_continue
from leadhub.domain.process.definition import ProcessDefinition, Stage
from leadhub.domain.process.facts import ProcessFacts
from leadhub.domain.process.vocabulary import LifecycleState, NeedMaturity, StagePurpose


class ButtonAction(StrEnum):
    QUALIFY = "qualify"
    DISTRIBUTE = "distribute"
    HANDOFF = "handoff"
    ASSIGN = "assign"
    ACCEPT = "accept"
    START_PROGRESS = "start_progress"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ProcessButton:
    """The one button that carries the process on, in the list and on the page."""

    action: ButtonAction
    hint_key: str

    @property
    def label_key(self) -> str:
        """Empty when there is no button."""
        return "" if self.action is ButtonAction.NONE else f"process.button.{self.action}"


def process_button(definition: ProcessDefinition, facts: ProcessFacts) -> ProcessButton:
    here = definition.stage(facts.stage)
    action = _action(here, facts)
    return ProcessButton(action=action, hint_key=f"process.hint.{_hint(definition, facts, here, action)}")


def _action(here: Stage, facts: ProcessFacts) -> ButtonAction:
    if here.is_final:
        return ButtonAction.NONE
    if facts.awaits_acceptance and facts.actor.may_accept:
        return ButtonAction.ACCEPT
    by_purpose = {
        StagePurpose.QUALIFY: ButtonAction.QUALIFY,
        StagePurpose.ASSIGN: ButtonAction.ASSIGN,
        StagePurpose.DISTRIBUTE: ButtonAction.DISTRIBUTE,
        StagePurpose.HANDOFF: ButtonAction.HANDOFF,
    }
    if here.purpose in by_purpose:
        return by_purpose[here.purpose]
    return ButtonAction.START_PROGRESS if here.state is LifecycleState.PENDING else ButtonAction.NONE


def _hint(definition: ProcessDefinition, facts: ProcessFacts, here: Stage, action: ButtonAction) -> str:
    if here.is_final:
        return "final"
    if action is ButtonAction.NONE:
        return "awaiting_sale" if here.purpose is StagePurpose.AWAIT_SALE else "close_when_clear"
    if action is ButtonAction.HANDOFF:
        waiting = activity_to_continue(definition, facts)
        if waiting is None and facts.maturity is NeedMaturity.NOT_INTERESTED:
            return "handoff_resume"
        template = definition.find_template(waiting.template_key) if waiting else None
        if template is not None and template.form is not None:
            return "handoff_information"
    return action.value
