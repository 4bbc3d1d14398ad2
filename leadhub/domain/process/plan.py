from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from leadhub.domain.errors import LeadhubError
from leadhub.domain.process.definition import ActivityTemplate, Question, Stage
from leadhub.domain.process.vocabulary import (
    AskKind,
    Form,
    LifecycleState,
    NeedMaturity,
    OpportunityKind,
    ReasonLookup,
)


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a text key, its parameters, and the fields that stand in the way."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


class ActionRefused(LeadhubError):
    """The process does not let this actor do this to this record now."""

    key = "process.refused.not_allowed"

    def __init__(self, refusal: Refusal) -> None:
        first_field = refusal.fields[0] if refusal.fields else None
        super().__init__(refusal.key, field=first_field, **refusal.params)
        self.refusal = refusal
        self.fields = refusal.fields


class AnswersMissing(LeadhubError):
    """The plan is allowed, but somebody has to answer something first."""

    key = "process.refused.answers_missing"

    def __init__(self, asks: tuple["Ask", ...]) -> None:
        super().__init__(questions=", ".join(ask.kind.value for ask in asks))
        self.asks = asks


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that a dialog asks before the plan is carried out."""

    kind: AskKind
    required: bool = True
    lookup: ReasonLookup | None = None
    form: Form | None = None
    activity_ids: tuple[int, ...] = ()

    @classmethod
    def from_question(cls, question: Question) -> "Ask":
        return cls(kind=question.kind, required=question.required, form=question.form)


@dataclass(frozen=True)
class SettlePlannedActivities:
    """Complete or cancel, as answered, the activities that people planned."""

    activity_ids: tuple[int, ...]


@dataclass(frozen=True)
class CompleteActivity:
    activity_id: int
    result_key: str | None = None


@dataclass(frozen=True)
class CloseProcessActivities:
    """Cancel activities that the process made and that the move leaves behind."""

    activity_ids: tuple[int, ...]


@dataclass(frozen=True)
class LinkCustomer:
    """Link the chosen contact and account, or make them from what was typed."""


@dataclass(frozen=True)
class SetOwnerToActor:
    pass


@dataclass(frozen=True)
class SetOwnerToChosen:
    pass


@dataclass(frozen=True)
class SaveForm:
    form: Form


@dataclass(frozen=True)
class MoveTo:
    """Change the stage. `from_stage` is None when the record is new; `skipped` are shown as skipped."""

    from_stage: str | None
    to_stage: str
    state: LifecycleState
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordReason:
    lookup: ReasonLookup


@dataclass(frozen=True)
class ClearOutcome:
    """Forget reason and completion date of a record that is open again."""


@dataclass(frozen=True)
class SetMaturity:
    maturity: NeedMaturity


@dataclass(frozen=True)
class MarkQualified:
    """Keep the moment of the first qualification."""


@dataclass(frozen=True)
class ScoreLead:
    pass


@dataclass(frozen=True)
class CreateActivity:
    template: ActivityTemplate
    uses_new_date: bool = False
    """Due on the date that was answered, where one was."""


@dataclass(frozen=True)
class CreateOpportunity:
    kind: OpportunityKind


@dataclass(frozen=True)
class ConvertToCustomer:
    """Create the customer account, with the answers or the defaults of the lead definition."""


@dataclass(frozen=True)
class PostNote:
    """Put the answered note into the feed."""


@dataclass(frozen=True)
class ShowActivity:
    """Open, on the screen, an activity that already waits."""

    activity_id: int


@dataclass(frozen=True)
class OpenForm:
    """Offer, on the screen, the form of the activity just created; it may be filled later."""

    form: Form


Effect = (
    SettlePlannedActivities
    | CompleteActivity
    | CloseProcessActivities
    | LinkCustomer
    | SetOwnerToActor
    | SetOwnerToChosen
    | SaveForm
    | MoveTo
    | RecordReason
    | ClearOutcome
    | SetMaturity
    | MarkQualified
    | ScoreLead
    | CreateActivity
    | CreateOpportunity
    | ConvertToCustomer
    | PostNote
    | ShowActivity
    | OpenForm
)

E = TypeVar("E")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What will happen, in order, and what must be asked before.

    A screen plans with nothing given to learn what its dialog asks; the service plans again with the
    answers and carries the effects out.
    """

    effects: tuple[Effect, ...] = ()
    asks: tuple[Ask, ...] = ()
    given: frozenset[AskKind] = frozenset()

    @property
    def missing(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks if ask.required and ask.kind not in self.given)

    def require_answered(self) -> None:
        """Raises AnswersMissing."""
        if self.missing:
            raise AnswersMissing(self.missing)

    def all_of(self, effect_type: type[E]) -> tuple[E, ...]:
        return tuple(effect for effect in self.effects if isinstance(effect, effect_type))

    def first_of(self, effect_type: type[E]) -> E | None:
        return next(iter(self.all_of(effect_type)), None)

    @property
    def destination(self) -> str | None:
        """The stage after the plan, or None if it stays."""
        move = self.first_of(MoveTo)
        return move.to_stage if move else None


@dataclass(frozen=True, kw_only=True)
class StageOption:
    """One stage of the workflow bar as this user sees it."""

    stage: Stage
    is_current: bool
    refusal: Refusal | None
    asks: tuple[Ask, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None and not self.is_current


def require(refusal: Refusal | None) -> None:
    """Raises ActionRefused."""
    if refusal is not None:
        raise ActionRefused(refusal)


def refuse(key: str, **params: Any) -> NoReturn:
    raise ActionRefused(Refusal(f"process.refused.{key}", params))
