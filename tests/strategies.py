from dataclasses import replace
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st

from leadhub.domain.process.definition import (
    ActivityTemplate,
    ProcessDefinition,
    Question,
    Result,
    Stage,
    Transition,
)
from leadhub.domain.process.validation import find_faults
from leadhub.domain.process.vocabulary import (
    ActivityKind,
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

PENDING, IN_PROGRESS = LifecycleState.PENDING, LifecycleState.IN_PROGRESS
FINAL_STATES = (LifecycleState.WON, LifecycleState.LOST, LifecycleState.CANCELLED)
ROLES = ("admin", "manager", "sales", "marketer", "partner_supervisor", "partner")
UNITS = (1, 2, 3)
FIELDS = ("budget", "customer_need", "email")

labels = st.text(min_size=1, max_size=20).filter(lambda text: text.strip())
maybe_maturity = st.none() | st.sampled_from(NeedMaturity)


@st.composite
def processes(draw: st.DrawFn) -> ProcessDefinition:
    """A random process that validates: any number of stages, any ways between them, some switched off."""
    open_states = [PENDING, IN_PROGRESS, *draw(st.lists(st.sampled_from([PENDING, IN_PROGRESS]), max_size=3))]
    open_stages = [draw(_stage(f"open_{n}", state)) for n, state in enumerate(open_states)]
    open_stages[0] = replace(
        open_stages[0],
        is_initial=True,
        is_switched_off=False,
        purpose=draw(st.sampled_from([StagePurpose.PLAIN, StagePurpose.QUALIFY, StagePurpose.ASSIGN])),
    )
    final_states = [*FINAL_STATES, *draw(st.lists(st.sampled_from(FINAL_STATES), max_size=2))]
    final_stages = [draw(_stage(f"final_{n}", state)) for n, state in enumerate(final_states)]
    stages = _with_defaults(draw, [*open_stages, *final_stages])
    stages = [_qualifying_onward(draw, stages, n) for n in range(len(stages))]
    process = ProcessDefinition(
        key="random",
        label=draw(labels),
        subject=Subject.LEAD,
        stages=tuple(stages),
        transitions=draw(_transitions(stages)),
        activity_templates=tuple(t for s in stages if s.is_open for t in draw(_templates(s, stages))),
        starts_itself_for_existing_customers=draw(st.booleans()),
    )
    assume(not find_faults(process, known_fields=FIELDS, known_roles=ROLES))
    return process


@st.composite
def _stage(draw: st.DrawFn, key: str, state: LifecycleState) -> Stage:
    purposes = [StagePurpose.PLAIN]
    if state is IN_PROGRESS:
        purposes += [
            StagePurpose.ACCEPT,
            StagePurpose.DISTRIBUTE,
            StagePurpose.HANDOFF,
            StagePurpose.AWAIT_SALE,
        ]
    purpose = draw(st.sampled_from(purposes))
    sells = purpose is StagePurpose.AWAIT_SALE
    return Stage(
        key=key,
        label=draw(labels),
        state=state,
        tip=draw(st.text(max_size=10)),
        purpose=purpose,
        is_switched_off=draw(st.integers(0, 3)) == 0,
        maturity=draw(maybe_maturity),
        entry_form=Form.HANDOFF if sells and draw(st.booleans()) else None,
        reason_lookup=draw(st.none() | st.sampled_from(ReasonLookup)) if state.is_final else None,
        creates_opportunity=OpportunityKind.SALE if sells else None,
    )


def _with_defaults(draw: st.DrawFn, stages: list[Stage]) -> list[Stage]:
    defaults = set()
    for state in LifecycleState:
        same = [stage.key for stage in stages if stage.state is state]
        if len(same) > 1:
            defaults.add(draw(st.sampled_from(same)))
    return [replace(stage, is_default=stage.key in defaults) for stage in stages]


def _qualifying_onward(draw: st.DrawFn, stages: list[Stage], place: int) -> Stage:
    stage = stages[place]
    if stage.purpose is not StagePurpose.QUALIFY:
        return stage
    onward = [s.key for s in stages[place + 1 :] if s.is_open or s.state is LifecycleState.WON]
    return replace(stage, qualifies_to=draw(st.sampled_from(onward)))


@st.composite
def _transitions(draw: st.DrawFn, stages: list[Stage]) -> tuple[Transition, ...]:
    active_open = [stage.key for stage in stages if stage.is_open and not stage.is_switched_off]
    active_final = [stage.key for stage in stages if stage.is_final and not stage.is_switched_off]
    spine = set(pairwise(active_open))
    spine |= {(draw(st.sampled_from(active_open)), final) for final in active_final}
    if active_final:
        spine.add((active_open[-1], active_final[0]))
    # Without a spine it is the validator alone that tells traps from ways.
    if draw(st.integers(0, 2)) == 0:
        spine = set(draw(st.lists(st.sampled_from(sorted(spine)), max_size=3))) if spine else set()
    all_open = [stage.key for stage in stages if stage.is_open]
    anywhere = st.tuples(st.sampled_from(all_open), st.sampled_from([stage.key for stage in stages]))
    extra = {pair for pair in draw(st.sets(anywhere, max_size=8)) if pair[0] != pair[1]}
    return tuple(
        Transition(
            from_stage=here,
            to_stage=there,
            roles=draw(st.sampled_from([(), (), ("sales",), ("admin", "manager")])),
            owner_roles=draw(st.sampled_from([(), (), ("sales",)])),
            unit_ids=draw(st.sampled_from([(), (), (1, 2)])),
            required_fields=draw(st.sampled_from([(), (), ("budget",)])),
        )
        for here, there in sorted(spine | extra)
    )


@st.composite
def _templates(draw: st.DrawFn, stage: Stage, stages: list[Stage]) -> list[ActivityTemplate]:
    continues = stage.purpose in (StagePurpose.DISTRIBUTE, StagePurpose.HANDOFF)
    count = draw(st.integers(1 if continues else 0, 2))
    keys = [f"{stage.key}_activity_{n}" for n in range(count)]
    return [
        ActivityTemplate(
            key=key,
            stage_key=stage.key,
            title=draw(labels),
            kind=draw(st.sampled_from(ActivityKind)),
            owner_rule=draw(st.sampled_from(OwnerRule)),
            due_after_hours=draw(st.integers(0, 1000)),
            on_enter=n == 0 or draw(st.booleans()),
            form=Form.DISTRIBUTION if stage.purpose is StagePurpose.DISTRIBUTE and n == 0 else None,
            results=tuple(draw(_result(f"result_{m}", keys, stages)) for m in range(draw(st.integers(1, 3)))),
        )
        for n, key in enumerate(keys)
    ]


@st.composite
def _result(draw: st.DrawFn, key: str, own_activities: list[str], stages: list[Stage]) -> Result:
    move_to = draw(st.none() | st.sampled_from([stage.key for stage in stages]))
    questions = [
        Question(kind=AskKind.NOTE, required=False),
        Question(kind=AskKind.NEW_DATE),
        Question(kind=AskKind.FORM, form=Form.HANDOFF),
    ]
    return Result(
        key=key,
        label=draw(labels),
        move_to=move_to,
        maturity=draw(maybe_maturity),
        creates_activity=draw(st.none() | st.sampled_from(own_activities)) if move_to is None else None,
        opens_form=draw(st.none() | st.just(Form.HANDOFF)),
        creates_opportunity=draw(st.none() | st.sampled_from(OpportunityKind)),
        posts_note=draw(st.booleans()),
        asks=tuple(draw(st.lists(st.sampled_from(questions), max_size=2, unique=True))),
    )
