from leadhub.domain.process.definition import ProcessDefinition, Stage, Transition
from leadhub.domain.process.shipped.customer import CLOSING_ROLES
from leadhub.domain.process.vocabulary import LifecycleState, StagePurpose, Subject

_STAGES = (
    Stage(
        key="new",
        label="New",
        state=LifecycleState.PENDING,
        is_initial=True,
        tip="Nobody works on the lead yet. Fill in what is required, then choose Start progress; "
        "a lead given to your unit can be taken over with Accept.",
    ),
    Stage(
        key="accepted",
        label="Accepted",
        state=LifecycleState.IN_PROGRESS,
        purpose=StagePurpose.ACCEPT,
        tip="Somebody of the unit has taken the lead over and will contact the customer.",
    ),
    Stage(
        key="in_progress",
        label="In progress",
        state=LifecycleState.IN_PROGRESS,
        is_default=True,
        tip="The lead is being worked on: schedule activities, note products of interest and competitors. "
        "Win, lose or cancel it when the outcome is clear.",
    ),
    Stage(
        key="won",
        label="Won",
        state=LifecycleState.WON,
        tip="The customer has decided for you. A customer account is created if there was none.",
    ),
    Stage(
        key="lost",
        label="Lost",
        state=LifecycleState.LOST,
        tip="The customer has decided against it; the lost reason says why.",
    ),
    Stage(
        key="cancelled",
        label="Cancelled",
        state=LifecycleState.CANCELLED,
        tip="The lead was not wanted or was created by mistake.",
    ),
)

_FORWARD = (("new", "accepted"), ("new", "in_progress"))
_SIDEWAYS = (("accepted", "in_progress"), ("in_progress", "accepted"))
_CLOSING = tuple(
    (here, there) for here in ("new", "accepted", "in_progress") for there in ("won", "lost", "cancelled")
)

SERVICE_LEAD = ProcessDefinition(
    key="service_lead",
    label="Service lead management",
    description="New, accepted by a unit, in progress, and won, lost or cancelled.",
    subject=Subject.LEAD,
    stages=_STAGES,
    transitions=(
        *(Transition(from_stage=here, to_stage=there) for here, there in _FORWARD + _SIDEWAYS),
        *(
            Transition(
                from_stage=here,
                to_stage=there,
                roles=() if there == "cancelled" else CLOSING_ROLES,
            )
            for here, there in _CLOSING
        ),
    ),
)
