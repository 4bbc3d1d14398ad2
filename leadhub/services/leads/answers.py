from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, check_fields
from leadhub.domain.process.vocabulary import AskKind
from leadhub.statements.references import check_references

HANDOFF_FIELDS = (
    "budget",
    "sales_division",
    "meeting_at",
    "decision_at",
    "customer_need",
    "handoff_assignee",
    "handoff_notes",
)
LONGEST_NOTE = 20_000
_NOTE_LABEL = "fields.activity.result_details"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a person answered in the dialog that an action opened; None is not answered."""

    reason_id: int | None = None
    note: str = ""
    new_date: datetime | None = None
    owner_id: int | None = None
    form: Mapping[str, Any] | None = None
    """Field key → value as typed, of the handoff form."""
    open_activities: Literal["complete", "cancel"] | None = None
    customer_account: Mapping[str, Any] | None = None
    """classification and credit_rating of the customer account that winning creates."""

    @property
    def given(self) -> frozenset[AskKind]:
        kinds = {
            AskKind.REASON: self.reason_id is not None,
            AskKind.NOTE: bool(self.note),
            AskKind.NEW_DATE: self.new_date is not None,
            AskKind.OWNER: self.owner_id is not None,
            AskKind.FORM: self.form is not None,
            AskKind.OPEN_ACTIVITIES: self.open_activities in ("complete", "cancel"),
            AskKind.CUSTOMER_ACCOUNT: self.customer_account is not None,
        }
        return frozenset(kind for kind, is_given in kinds.items() if is_given)


NO_ANSWERS = Answers()


def check_answers(answers: Answers) -> Answers:
    """The same, plain mistakes refused. Raises InvalidInput naming the field."""
    if not isinstance(answers.note, str):
        raise InvalidInput(
            "errors.value_unreadable", field="note", field_label="fields.activity.result_details"
        )
    if len(answers.note) > LONGEST_NOTE:
        raise InvalidInput(
            "errors.value_too_long",
            field="note",
            field_label=_NOTE_LABEL,
            maximum=LONGEST_NOTE,
            length=len(answers.note),
        )
    moment = answers.new_date
    if moment is not None and (not isinstance(moment, datetime) or not 1900 <= moment.year <= 2200):
        raise InvalidInput("errors.value_not_date", field="new_date", field_label="fields.activity.due_at")
    return answers


def new_date_of(answers: Answers) -> datetime | None:
    moment = answers.new_date
    if moment is None:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def handoff_values(session: Session, form: Mapping[str, Any]) -> dict[str, Any]:
    """Column → checked value of the handoff form. Raises InvalidFields."""
    unknown = [str(key)[:60] for key in form if key not in HANDOFF_FIELDS]
    if unknown:
        raise InvalidFields(
            [InvalidInput("errors.field_unknown", field=key, entity="lead", name=key) for key in unknown]
        )
    values = check_fields(Entity.LEAD, form)
    check_references(session, Entity.LEAD, values)
    return values
