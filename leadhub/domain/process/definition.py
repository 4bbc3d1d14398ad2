from dataclasses import dataclass
from datetime import datetime, timedelta

from leadhub.domain.errors import LeadhubError
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


class StageUnknown(LeadhubError):
    key = "process.error.stage_unknown"


class ActivityTemplateUnknown(LeadhubError):
    key = "process.error.activity_unknown"


class ResultUnknown(LeadhubError):
    key = "process.error.result_unknown"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One label on the workflow bar. Its life-cycle state says what the label means."""

    key: str
    label: str
    state: LifecycleState
    tip: str = ""
    purpose: StagePurpose = StagePurpose.PLAIN
    is_initial: bool = False
    is_default: bool = False
    """Whether this is the stage meant by its life-cycle state where several share one."""
    is_switched_off: bool = False
    maturity: NeedMaturity | None = None
    """The need maturity that entering the stage sets."""
    qualifies_to: str = ""
    """Where Qualify leads from here; for stages whose purpose is QUALIFY."""
    entry_form: Form | None = None
    """The form that a person fills before entering the stage by hand."""
    reason_lookup: ReasonLookup | None = None
    creates_opportunity: OpportunityKind | None = None

    @property
    def is_final(self) -> bool:
        return self.state.is_final

    @property
    def is_open(self) -> bool:
        return not self.state.is_final

    @property
    def asked_reason(self) -> ReasonLookup | None:
        """The reason asked for on the way in; a loss always needs one."""
        if self.reason_lookup is None and self.state is LifecycleState.LOST:
            return ReasonLookup.LOST
        return self.reason_lookup


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A move that people may make by hand.

    With no roles, owner roles and units named, anyone who may edit the lead may make it.
    """

    from_stage: str
    to_stage: str
    roles: tuple[str, ...] = ()
    owner_roles: tuple[str, ...] = ()
    """Roles that may make the move on leads of their own."""
    unit_ids: tuple[int, ...] = ()
    required_fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    kind: AskKind
    required: bool = True
    form: Form | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """One way in which an activity can end, and what it does to the lead."""

    key: str
    label: str
    move_to: str | None = None
    maturity: NeedMaturity | None = None
    creates_activity: str | None = None
    opens_form: Form | None = None
    creates_opportunity: OpportunityKind | None = None
    posts_note: bool = False
    asks: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActivityTemplate:
    key: str
    stage_key: str
    title: str
    kind: ActivityKind = ActivityKind.TASK
    owner_rule: OwnerRule = OwnerRule.OWNER_OR_ACTOR
    due_after_hours: int = 24
    on_enter: bool = True
    """Made when the stage is entered; otherwise only a result makes it."""
    form: Form | None = None
    results: tuple[Result, ...] = ()

    def due_at(self, now: datetime, *, answered: datetime | None = None) -> datetime:
        """The moment the activity is due; a date that the person gave goes first."""
        return answered or now + timedelta(hours=self.due_after_hours)

    def result(self, key: str) -> Result:
        for result in self.results:
            if result.key == key:
                return result
        raise ResultUnknown(activity=self.title, result=key)


@dataclass(frozen=True, kw_only=True)
class ProcessDefinition:
    """One version of a process: plain data, validated when saved, never changed once published."""

    key: str
    label: str
    subject: Subject
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...] = ()
    activity_templates: tuple[ActivityTemplate, ...] = ()
    starts_itself_for_existing_customers: bool = False
    description: str = ""

    def stage(self, key: str) -> Stage:
        found = self.find_stage(key)
        if found is None:
            raise StageUnknown(process=self.label, stage=key)
        return found

    def find_stage(self, key: str | None) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def position(self, key: str) -> int:
        return self.stages.index(self.stage(key))

    @property
    def initial_stage(self) -> Stage:
        for stage in self.stages:
            if stage.is_initial:
                return stage
        raise StageUnknown(process=self.label, stage="")

    @property
    def active_stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if not stage.is_switched_off)

    def stages_in(self, state: LifecycleState) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.active_stages if stage.state is state)

    def find_default_stage(self, state: LifecycleState) -> Stage | None:
        """The stage meant by a life-cycle state: the marked one, else the one after it, else the only one."""
        active = self.stages_in(state)
        marked = next((s for s in self.stages if s.state is state and s.is_default), None)
        if marked is not None:
            if not marked.is_switched_off:
                return marked
            place = self.position(marked.key)
            later = [stage for stage in active if self.position(stage.key) > place]
            return (later or list(reversed(active)) or [None])[0]
        return active[0] if len(active) == 1 else None

    def default_stage(self, state: LifecycleState) -> Stage:
        found = self.find_default_stage(state)
        if found is None:
            raise StageUnknown(process=self.label, stage=state.value)
        return found

    def first_with_purpose(self, purpose: StagePurpose) -> Stage | None:
        return next((stage for stage in self.active_stages if stage.purpose is purpose), None)

    def find_transition(self, from_stage: str, to_stage: str) -> Transition | None:
        for transition in self.transitions:
            if (transition.from_stage, transition.to_stage) == (from_stage, to_stage):
                return transition
        return None

    def find_template(self, key: str | None) -> ActivityTemplate | None:
        return next((template for template in self.activity_templates if template.key == key), None)

    def template(self, key: str) -> ActivityTemplate:
        found = self.find_template(key)
        if found is None:
            raise ActivityTemplateUnknown(process=self.label, activity=key)
        return found

    def templates_on_enter(self, stage_key: str) -> tuple[ActivityTemplate, ...]:
        return tuple(t for t in self.activity_templates if t.stage_key == stage_key and t.on_enter)

    def resolve_automatic_target(self, key: str) -> Stage | None:
        """Where an automatic move to a stage ends once switched-off stages are skipped.

        An open stage gives way to the next that leads on, a final one to the default of its state.
        """
        wanted = self.stage(key)
        if not wanted.is_switched_off:
            return wanted
        if wanted.is_final:
            return self.find_default_stage(wanted.state)
        for stage in self.stages[self.position(key) + 1 :]:
            leads_on = stage.is_open or stage.state is LifecycleState.WON
            if leads_on and not stage.is_switched_off:
                return stage
        return None
