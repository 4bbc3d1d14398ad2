from collections.abc import Collection, Iterable

from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition, Stage
from leadhub.domain.process.facts import ProcessFacts
from leadhub.domain.process.plan import (
    Ask,
    CloseProcessActivities,
    CompleteActivity,
    ConvertToCustomer,
    CreateActivity,
    CreateOpportunity,
    Effect,
    LinkCustomer,
    MarkQualified,
    MoveTo,
    Plan,
    PostNote,
    RecordReason,
    SaveForm,
    ScoreLead,
    SetMaturity,
    SetOwnerToActor,
    SetOwnerToChosen,
    SettlePlannedActivities,
    StageOption,
    refuse,
    require,
)
from leadhub.domain.process.refusals import (
    is_qualifying,
    refuse_hand_move,
    starts_progress,
)
from leadhub.domain.process.vocabulary import (
    AskKind,
    Form,
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
    StagePurpose,
    Subject,
)


def available_moves(definition: ProcessDefinition, facts: ProcessFacts) -> tuple[StageOption, ...]:
    """The workflow bar: every stage in order, whether this user may go there, and if not, why."""
    options = []
    for stage in definition.stages:
        refusal = refuse_hand_move(definition, facts, stage)
        options.append(
            StageOption(
                stage=stage,
                is_current=stage.key == facts.stage,
                refusal=refusal,
                asks=() if refusal else asks_on_the_way(definition, facts, stage, by_hand=True),
            )
        )
    return tuple(options)


def plan_move(
    definition: ProcessDefinition, facts: ProcessFacts, to_stage: str, *, given: Collection[AskKind] = ()
) -> Plan:
    """Go to a stage of the workflow bar by hand.

    Raises ActionRefused, StageUnknown.
    """
    to = definition.stage(to_stage)
    require(refuse_hand_move(definition, facts, to))
    asks = asks_on_the_way(definition, facts, to, by_hand=True)
    effects = enter(definition, facts, to, given=given, by_hand=True)
    return Plan(effects=effects, asks=asks, given=frozenset(given))


def plan_start_progress(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    to_stage: str | None = None,
    *,
    given: Collection[AskKind] = (),
) -> Plan:
    """Begin work on a pending lead, in the default stage for it or in another that means In progress.

    Raises ActionRefused.
    """
    here = definition.stage(facts.stage)
    if here.state is not LifecycleState.PENDING:
        refuse("only_from_pending", stage=here.label)
    return _plan_state_change(definition, facts, LifecycleState.IN_PROGRESS, to_stage, given)


def plan_close(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    state: LifecycleState,
    to_stage: str | None = None,
    *,
    given: Collection[AskKind] = (),
) -> Plan:
    """Win, lose or cancel.

    Raises ActionRefused.
    """
    return _plan_state_change(definition, facts, state, to_stage, given)


def _plan_state_change(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    state: LifecycleState,
    to_stage: str | None,
    given: Collection[AskKind],
) -> Plan:
    to = definition.stage(to_stage) if to_stage else definition.default_stage(state)
    if to.state is not state:
        refuse("other_state", stage=to.label, state=state.value)
    return plan_move(definition, facts, to.key, given=given)


def asks_on_the_way(
    definition: ProcessDefinition, facts: ProcessFacts, to: Stage, *, by_hand: bool
) -> tuple[Ask, ...]:
    """What a person is asked before the record may enter the stage."""
    here = definition.stage(facts.stage)
    asks = []
    planned = tuple(activity.activity_id for activity in facts.planned_by_people)
    if to.is_final and planned:
        asks.append(Ask(kind=AskKind.OPEN_ACTIVITIES, activity_ids=planned))
    if here.purpose is StagePurpose.ASSIGN and starts_progress(here, to):
        asks.append(Ask(kind=AskKind.OWNER))
    if by_hand and to.entry_form is not None:
        asks.append(Ask(kind=AskKind.FORM, form=to.entry_form))
    if to.asked_reason is not None:
        asks.append(Ask(kind=AskKind.REASON, lookup=to.asked_reason))
    if to.state is LifecycleState.WON and facts.needs_customer_account:
        asks.append(Ask(kind=AskKind.CUSTOMER_ACCOUNT))
    return tuple(asks)


def enter(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    to: Stage,
    *,
    given: Collection[AskKind] = (),
    by_hand: bool = False,
    finished: CompleteActivity | None = None,
    maturity: NeedMaturity | None = None,
    opportunity: OpportunityKind | None = None,
    may_sell: bool = True,
    also_create: Iterable[CreateActivity] = (),
) -> tuple[Effect, ...]:
    """The effects of leaving the present stage for another. Refuses nothing."""
    here = definition.stage(facts.stage)
    qualifying = is_qualifying(definition, here, to)
    effects: list[Effect] = []
    if AskKind.OPEN_ACTIVITIES in given and facts.planned_by_people and to.is_final:
        effects.append(SettlePlannedActivities(tuple(a.activity_id for a in facts.planned_by_people)))
    effects += _finish_process_activities(definition, facts, finished, qualifying=qualifying)
    if qualifying:
        effects.append(LinkCustomer())
        if not facts.has_owner and not facts.awaits_acceptance:
            effects.append(SetOwnerToActor())
    if AskKind.OWNER in given and here.purpose is StagePurpose.ASSIGN and starts_progress(here, to):
        effects.append(SetOwnerToChosen())
    if by_hand and to.entry_form is not None:
        effects.append(SaveForm(to.entry_form))
    effects.append(MoveTo(here.key, to.key, to.state, _skipped(definition, facts, here, to)))
    if AskKind.REASON in given and to.asked_reason is not None:
        effects.append(RecordReason(to.asked_reason))
    effects += change_of_maturity(facts, maturity or to.maturity)
    if starts_progress(here, to) and definition.subject is Subject.LEAD:
        effects += [MarkQualified(), ScoreLead()]
    effects += without_repeats(
        [*also_create, *(CreateActivity(template) for template in definition.templates_on_enter(to.key))]
    )
    if may_sell:
        effects += new_opportunity(definition, facts, opportunity or to.creates_opportunity, to=to)
    if to.state is LifecycleState.WON and facts.needs_customer_account:
        effects.append(ConvertToCustomer())
    if by_hand and to.entry_form is Form.HANDOFF:
        effects.append(PostNote())
    return tuple(effects)


def _finish_process_activities(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    finished: CompleteActivity | None,
    *,
    qualifying: bool,
) -> list[Effect]:
    """What the process made is closed by the move; Qualify is itself the doing of the task to qualify."""
    completed = [finished] if finished else []
    left_behind = []
    for activity in facts.made_by_process:
        template = definition.find_template(activity.template_key)
        if finished and activity.activity_id == finished.activity_id:
            continue
        if qualifying and template is not None and template.form is Form.QUALIFICATION:
            completed.append(CompleteActivity(activity.activity_id))
        else:
            left_behind.append(activity.activity_id)
    return [*completed, *([CloseProcessActivities(tuple(left_behind))] if left_behind else [])]


def _skipped(definition: ProcessDefinition, facts: ProcessFacts, here: Stage, to: Stage) -> tuple[str, ...]:
    if to.state in (LifecycleState.LOST, LifecycleState.CANCELLED):
        return ()
    between = definition.stages[definition.position(here.key) + 1 : definition.position(to.key)]
    return tuple(s.key for s in between if s.is_open and s.key not in facts.visited_stages)


def change_of_maturity(facts: ProcessFacts, maturity: NeedMaturity | None) -> list[Effect]:
    return [SetMaturity(maturity)] if maturity is not None and maturity is not facts.maturity else []


def new_opportunity(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    kind: OpportunityKind | None,
    *,
    to: Stage,
) -> list[Effect]:
    """One opportunity per lead at a time: entering the stage again makes no second one."""
    refused = kind is None or definition.subject is not Subject.LEAD or facts.has_open_opportunity
    return (
        []
        if refused or to.state in (LifecycleState.LOST, LifecycleState.CANCELLED)
        else [CreateOpportunity(kind)]
    )


def without_repeats(creations: Iterable[CreateActivity]) -> list[CreateActivity]:
    """The first of each template: a result that creates what the stage creates anyway creates it once."""
    first: dict[ActivityTemplate, CreateActivity] = {}
    for creation in creations:
        first.setdefault(creation.template, creation)
    return list(first.values())
