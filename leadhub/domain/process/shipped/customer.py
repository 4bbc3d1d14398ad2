from dataclasses import dataclass
from itertools import permutations

from leadhub.domain.process.definition import (
    ActivityTemplate,
    ProcessDefinition,
    Question,
    Result,
    Stage,
    Transition,
)
from leadhub.domain.process.vocabulary import (
    AskKind,
    Form,
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
    OwnerRule,
    ReasonLookup,
    StagePurpose,
    Subject,
)

# Marketers and partner supervisors qualify and nurture, but do not hand off, win or lose.
CLOSING_ROLES = ("admin", "manager", "sales")

NOTE = Question(kind=AskKind.NOTE, required=False)


@dataclass(frozen=True, kw_only=True)
class _Words:
    """What differs between the customer lead and the bank customer lead."""

    nurturing: str
    nurturing_tip: str
    handoff: str
    handoff_tip: str


def _stages(words: _Words) -> tuple[Stage, ...]:
    return (
        Stage(
            key="qualification",
            label="Qualification",
            state=LifecycleState.PENDING,
            is_initial=True,
            purpose=StagePurpose.QUALIFY,
            qualifies_to="handoff",
            maturity=NeedMaturity.SUSPECTED,
            tip="Check that the contact or account is complete enough to reach the customer. "
            "Link an existing contact and account or add new ones, then choose Qualify. "
            "If the lead cannot be used, choose Actions, Disqualify and a reason.",
        ),
        Stage(
            key="nurturing",
            label=words.nurturing,
            state=LifecycleState.IN_PROGRESS,
            purpose=StagePurpose.DISTRIBUTE,
            maturity=NeedMaturity.DISCOVERED,
            tip=words.nurturing_tip,
        ),
        Stage(
            key="handoff",
            label=words.handoff,
            state=LifecycleState.IN_PROGRESS,
            is_default=True,
            purpose=StagePurpose.HANDOFF,
            maturity=NeedMaturity.DISCOVERED,
            tip=words.handoff_tip,
        ),
        Stage(
            key="awaiting_sale",
            label="Awaiting sale",
            state=LifecycleState.IN_PROGRESS,
            purpose=StagePurpose.AWAIT_SALE,
            maturity=NeedMaturity.SALES_READY,
            entry_form=Form.HANDOFF,
            creates_opportunity=OpportunityKind.SALE,
            tip="The lead has become an opportunity; work goes on there. The lead closes by itself "
            "when the opportunity is closed.",
        ),
        Stage(
            key="need_satisfied",
            label="Need satisfied",
            state=LifecycleState.WON,
            tip="The sale succeeded and the need is met. The lead can be read and commented on; "
            "a manager can reopen it.",
        ),
        Stage(
            key="not_interested",
            label="Not interested",
            state=LifecycleState.LOST,
            maturity=NeedMaturity.NOT_INTERESTED,
            tip="The customer no longer has this need. The reason is kept for later analysis; "
            "a manager can reopen the lead.",
        ),
        Stage(
            key="disqualified",
            label="Disqualified",
            state=LifecycleState.CANCELLED,
            purpose=StagePurpose.DISQUALIFIED,
            reason_lookup=ReasonLookup.DISQUALIFICATION,
            tip="The lead could not be used: incorrect data, a duplicate, spam, not a possible customer, "
            "or created by mistake.",
        ),
    )


def _transitions(stages: tuple[Stage, ...]) -> tuple[Transition, ...]:
    """Any move between open stages, forwards, skipping or back, and from each to every final one."""
    open_stages = [stage for stage in stages if stage.is_open]
    pairs = list(permutations(open_stages, 2))
    pairs += [(here, final) for here in open_stages for final in stages if final.is_final]
    for_closers = {"awaiting_sale", "need_satisfied", "not_interested"}
    return tuple(
        Transition(
            from_stage=here.key,
            to_stage=there.key,
            roles=CLOSING_ROLES if there.key in for_closers else (),
        )
        for here, there in pairs
    )


QUALIFY_THE_LEAD = ActivityTemplate(
    key="qualify",
    stage_key="qualification",
    title="Qualify the lead",
    owner_rule=OwnerRule.OWNER_OR_CREATOR,
    due_after_hours=24,
    form=Form.QUALIFICATION,
)

DISTRIBUTION = ActivityTemplate(
    key="distribution",
    stage_key="nurturing",
    title="Lead management: Distribution",
    due_after_hours=7 * 24,
    form=Form.DISTRIBUTION,
    results=(
        Result(
            key="start_handoff",
            label="Start proceeding to handoff",
            move_to="handoff",
            maturity=NeedMaturity.DISCOVERED,
            asks=(NOTE,),
        ),
        Result(
            key="continue_nurturing",
            label="Continue nurturing",
            move_to="nurturing",
            creates_activity="distribution",
            asks=(Question(kind=AskKind.NEW_DATE, required=False), NOTE),
        ),
        Result(key="not_interested", label="Not interested", move_to="not_interested", asks=(NOTE,)),
    ),
)

CONTACT_THE_CUSTOMER = ActivityTemplate(
    key="handoff",
    stage_key="handoff",
    title="Contact the customer and specify the availability and actuality of the need, budget, "
    "parameters as well as their role in decision-making",
    due_after_hours=24,
    results=(
        Result(
            key="proceed_to_order",
            label="Proceed to order",
            move_to="awaiting_sale",
            maturity=NeedMaturity.SALES_READY,
            creates_opportunity=OpportunityKind.ORDER,
            asks=(NOTE,),
        ),
        Result(
            key="proceed_to_handoff",
            label="Proceed to handoff",
            creates_activity="handoff_information",
            opens_form=Form.HANDOFF,
            asks=(NOTE,),
        ),
        Result(
            key="back_to_distribution",
            label="Back to distribution",
            move_to="nurturing",
            maturity=NeedMaturity.DISCOVERED,
            asks=(NOTE,),
        ),
        Result(
            key="rescheduled",
            label="Rescheduled",
            creates_activity="handoff",
            asks=(Question(kind=AskKind.NEW_DATE), NOTE),
        ),
        Result(
            key="not_interested",
            label="Not interested",
            maturity=NeedMaturity.NOT_INTERESTED,
            asks=(NOTE,),
        ),
    ),
)

ENTER_HANDOFF_INFORMATION = ActivityTemplate(
    key="handoff_information",
    stage_key="handoff",
    title="Enter handoff information",
    due_after_hours=24,
    on_enter=False,
    form=Form.HANDOFF,
    results=(
        Result(
            key="entered",
            label="Handoff information entered",
            move_to="awaiting_sale",
            maturity=NeedMaturity.SALES_READY,
            posts_note=True,
            asks=(Question(kind=AskKind.FORM, form=Form.HANDOFF),),
        ),
    ),
)


def _process(
    key: str, label: str, words: _Words, *, description: str, starts_itself: bool
) -> ProcessDefinition:
    stages = _stages(words)
    return ProcessDefinition(
        key=key,
        label=label,
        description=description,
        subject=Subject.LEAD,
        stages=stages,
        transitions=_transitions(stages),
        activity_templates=(
            QUALIFY_THE_LEAD,
            DISTRIBUTION,
            CONTACT_THE_CUSTOMER,
            ENTER_HANDOFF_INFORMATION,
        ),
        starts_itself_for_existing_customers=starts_itself,
    )


CUSTOMER_LEAD = _process(
    "customer_lead",
    "Customer lead management",
    _Words(
        nurturing="Nurturing",
        nurturing_tip="The interest is there, the moment is not. Decide who looks after the lead and how, "
        "clarify the need, and come back later. Execute the distribution activity to go on.",
        handoff="Handoff to sales",
        handoff_tip="Contact the customer and find out need, budget and who decides. "
        "Then hand the lead to the sales manager who suits it, or return it to nurturing.",
    ),
    description="Qualification, nurturing by choice, handoff to sales, and the sale itself.",
    starts_itself=False,
)

BANK_CUSTOMER_LEAD = _process(
    "bank_customer_lead",
    "Bank customer lead management",
    _Words(
        nurturing="Distribution",
        nurturing_tip="Decide which employee or branch looks after the customer and how, clarify which "
        "product is needed, and come back later. Execute the distribution activity to go on.",
        handoff="Handoff to bank sales",
        handoff_tip="Contact the customer and find out the need, the amount and who decides. "
        "Then hand the lead to the bank's sales specialist who suits it, or return it to distribution.",
    ),
    description="The customer lead process with banking needs; it starts by itself for existing customers.",
    starts_itself=True,
)
