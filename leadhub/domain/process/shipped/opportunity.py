from itertools import permutations

from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition, Stage, Transition
from leadhub.domain.process.shipped.customer import CLOSING_ROLES
from leadhub.domain.process.vocabulary import ActivityKind, LifecycleState, Subject

_STAGES = (
    Stage(
        key="qualification",
        label="Qualification",
        state=LifecycleState.PENDING,
        is_initial=True,
        tip="Read what was handed over, then confirm the need, the budget and who decides.",
    ),
    Stage(
        key="presentation",
        label="Presentation",
        state=LifecycleState.IN_PROGRESS,
        is_default=True,
        tip="Show the customer how the need is met, and learn what the proposal must contain.",
    ),
    Stage(
        key="proposal",
        label="Proposal",
        state=LifecycleState.IN_PROGRESS,
        tip="Send the offer, follow up on it, and agree on scope, price and terms.",
    ),
    Stage(
        key="contracting",
        label="Contracting",
        state=LifecycleState.IN_PROGRESS,
        tip="Get the contract signed and the payment agreed, then close the opportunity as won.",
    ),
    Stage(
        key="closed_won",
        label="Closed won",
        state=LifecycleState.WON,
        tip="The sale succeeded; its lead is closed as Need satisfied.",
    ),
    Stage(
        key="closed_lost",
        label="Closed lost",
        state=LifecycleState.LOST,
        tip="The sale failed. Whoever closes it chooses what becomes of the lead.",
    ),
)

_OPEN = ("qualification", "presentation", "proposal", "contracting")

CORPORATE_SALE = ProcessDefinition(
    key="corporate_sale",
    label="Corporate sale",
    description="From the handed-over lead to a signed contract.",
    subject=Subject.OPPORTUNITY,
    stages=_STAGES,
    transitions=(
        *(Transition(from_stage=here, to_stage=there) for here, there in permutations(_OPEN, 2)),
        *(
            Transition(from_stage=here, to_stage=there, roles=CLOSING_ROLES)
            for here in _OPEN
            for there in ("closed_won", "closed_lost")
        ),
    ),
    activity_templates=(
        ActivityTemplate(
            key="confirm_need",
            stage_key="qualification",
            title="Confirm the need, the budget and the decision makers",
            kind=ActivityKind.CALL,
            due_after_hours=24,
        ),
        ActivityTemplate(
            key="present",
            stage_key="presentation",
            title="Hold the presentation",
            kind=ActivityKind.MEETING,
            due_after_hours=7 * 24,
        ),
        ActivityTemplate(
            key="send_proposal",
            stage_key="proposal",
            title="Prepare and send the proposal",
            due_after_hours=3 * 24,
        ),
        ActivityTemplate(
            key="sign_contract",
            stage_key="contracting",
            title="Get the contract signed",
            due_after_hours=7 * 24,
        ),
    ),
)
