"""The door to the engine: everything that services, queries and screens call."""

from leadhub.domain.process.activities import (
    distribution_template,
    plan_complete,
    plan_continue,
    plan_distribute,
)
from leadhub.domain.process.button import ButtonAction, ProcessButton, process_button
from leadhub.domain.process.facts import ActorFacts, OpenActivity, ProcessFacts
from leadhub.domain.process.moves import available_moves, plan_close, plan_move, plan_start_progress
from leadhub.domain.process.outcomes import (
    LostChoice,
    plan_change_version,
    plan_opportunity_closed,
    plan_reopen,
)
from leadhub.domain.process.ownership import plan_accept, plan_assign
from leadhub.domain.process.plan import (
    ActionRefused,
    AnswersMissing,
    Ask,
    Plan,
    Refusal,
    StageOption,
    require,
)
from leadhub.domain.process.qualifying import plan_disqualify, plan_qualify, plan_start
from leadhub.domain.process.refusals import (
    refuse_delete,
    refuse_distribution,
    refuse_edit,
    refuse_owner_change,
)
from leadhub.domain.process.validation import Fault, ProcessInvalid, find_faults, require_valid

__all__ = [
    "ActionRefused",
    "ActorFacts",
    "AnswersMissing",
    "Ask",
    "ButtonAction",
    "Fault",
    "LostChoice",
    "OpenActivity",
    "Plan",
    "ProcessButton",
    "ProcessFacts",
    "ProcessInvalid",
    "Refusal",
    "StageOption",
    "available_moves",
    "distribution_template",
    "find_faults",
    "plan_accept",
    "plan_assign",
    "plan_change_version",
    "plan_close",
    "plan_complete",
    "plan_continue",
    "plan_disqualify",
    "plan_distribute",
    "plan_move",
    "plan_opportunity_closed",
    "plan_qualify",
    "plan_reopen",
    "plan_start",
    "plan_start_progress",
    "process_button",
    "refuse_delete",
    "refuse_distribution",
    "refuse_edit",
    "refuse_owner_change",
    "require",
    "require_valid",
]
