from leadhub.domain.process.definition import ProcessDefinition, Stage, Transition
from leadhub.domain.process.vocabulary import (
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
    ReasonLookup,
    StagePurpose,
    Subject,
)

_EVERY_ROLE = ("admin", "manager", "sales", "marketer", "partner_supervisor", "partner")

_STAGES = (
    Stage(
        key="new",
        label="New",
        state=LifecycleState.PENDING,
        is_initial=True,
        purpose=StagePurpose.ASSIGN,
        maturity=NeedMaturity.SUSPECTED,
        tip="The lead waits for somebody to look after it. Choose Assign and name the owner.",
    ),
    Stage(
        key="assigned",
        label="Assigned",
        state=LifecycleState.IN_PROGRESS,
        purpose=StagePurpose.QUALIFY,
        qualifies_to="qualified",
        maturity=NeedMaturity.DISCOVERED,
        tip="The owner gathers what is missing: need, budget, decision makers, terms. "
        "Then the owner chooses Qualify or Disqualify; Reassign gives the lead to somebody else.",
    ),
    Stage(
        key="qualified",
        label="Qualified",
        state=LifecycleState.WON,
        maturity=NeedMaturity.SALES_READY,
        creates_opportunity=OpportunityKind.SALE,
        tip="The lead has become an opportunity, linked in the field Opportunity.",
    ),
    Stage(
        key="disqualified",
        label="Disqualified",
        state=LifecycleState.LOST,
        purpose=StagePurpose.DISQUALIFIED,
        reason_lookup=ReasonLookup.DISQUALIFICATION,
        maturity=NeedMaturity.NOT_INTERESTED,
        tip="Work on the lead has stopped, for example because the customer changed their mind.",
    ),
    Stage(
        key="dropped",
        label="Dropped",
        state=LifecycleState.CANCELLED,
        tip="The lead was not wanted or was created by mistake.",
    ),
)

PARTNER_LEAD = ProcessDefinition(
    key="partner_lead",
    label="Partner lead management",
    description="New, assigned to an owner, and qualified into an opportunity or disqualified.",
    subject=Subject.LEAD,
    stages=_STAGES,
    transitions=(
        Transition(
            from_stage="new",
            to_stage="assigned",
            roles=("admin", "sales"),
            owner_roles=("manager", "marketer"),
        ),
        Transition(from_stage="assigned", to_stage="qualified", owner_roles=_EVERY_ROLE),
        Transition(from_stage="assigned", to_stage="disqualified", owner_roles=_EVERY_ROLE),
        Transition(from_stage="new", to_stage="dropped", roles=("admin", "manager")),
        Transition(from_stage="assigned", to_stage="dropped", roles=("admin", "manager")),
    ),
)
