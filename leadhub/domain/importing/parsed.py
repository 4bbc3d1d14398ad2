import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from leadhub.domain.importing.dates import DateOrder
from leadhub.domain.importing.headers import Column
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.stages import StageOption
from leadhub.domain.importing.targets import Target
from leadhub.domain.importing.values import Reference, split_emails
from leadhub.domain.lookups import Lookup

FULL_NAME = {"lead": "contact_name", "contact": "name", "user": "name"}


@dataclass(frozen=True)
class ImportContext:
    """What rows are checked against; label keys are `normal_label`, e-mails in lower case.

    `users` knows each user by name, e-mail and the external id of another system.
    """

    lookups: Mapping[Lookup, Mapping[str, int]] = field(default_factory=dict)
    users: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    lead_types: Mapping[str, int] = field(default_factory=dict)
    stages: Sequence[StageOption] = ()
    stage_corrections: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    add_missing_labels: bool = True
    keep_unmapped: bool = True
    time_zone: ZoneInfo | dt.timezone = dt.UTC
    date_order: DateOrder | None = None
    decimal_mark: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem and where: `column` is the key of the file's column, "" for the whole row."""

    column: str
    target: str
    text: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class ExtraWay:
    """One more e-mail, phone or link, labelled by its column."""

    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row ready to be saved, or the problems that stop it.

    `values`: field key → value as stored; a Label is a list entry to be added. `references`: field key →
    record to be found. `extra`: what no field took, word for word, by header.
    """

    number: int
    values: Mapping[str, Any]
    references: Mapping[str, Reference]
    more: tuple[ExtraWay, ...]
    extra: Mapping[str, str]
    problems: tuple[CellProblem, ...] = ()
    warnings: tuple[CellProblem, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.problems


class RowDraft:
    """A row while its cells are put together."""

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self.values: dict[str, Any] = {}
        self.references: dict[str, Reference] = {}
        self.more: list[ExtraWay] = []
        self.extra: dict[str, str] = {}
        self.problems: list[CellProblem] = []
        self.warnings: list[CellProblem] = []

    def put(self, column: Column, target: Target, value: Any) -> None:
        key = target.key
        if target.is_list:
            self.more.append(ExtraWay(key.removeprefix("other_"), column.header, value))
        elif isinstance(value, Reference):
            field_key = key.removesuffix(".id")
            known = self.references.get(field_key)
            if known is not None:
                value = Reference(
                    value.kind, value.external_id or known.external_id, value.name or known.name, value.email
                )
            self.references[field_key] = value
        elif target.joiner and self.values.get(key):
            self.values[key] += target.joiner + value
        else:
            self.values[key.removesuffix(".id")] = value

    def put_further_emails(self, column: Column, first: str, text: str) -> None:
        """A cell may hold several addresses."""
        further = (part for part in split_emails(text) if "@" in part and part != first)
        self.more.extend(ExtraWay("email", column.header, part) for part in further)

    def join_names(self) -> None:
        """First, middle and last name make the full name where the file has none."""
        full = FULL_NAME.get(self.entity)
        if full is None:
            return
        parts = [self.values.get(key, "") for key in ("first_name", "middle_name", "last_name")]
        if any(parts) and not self.values.get(full):
            self.values[full] = " ".join(part for part in parts if part)
        if self.entity == "lead":
            for key in ("first_name", "middle_name", "last_name"):
                self.values.pop(key, None)

    def promote_other_ways(self) -> None:
        """A person with only a second e-mail or phone has it as the first."""
        phone = "phone" if self.entity == "account" else "business_phone"
        has_phone = self.values.get(phone) or self.values.get("mobile_phone")
        for kind, key, is_there in (
            ("email", "email", self.values.get("email")),
            ("phone", phone, has_phone),
        ):
            first = next((way for way in self.more if way.kind == kind), None)
            if first is not None and not is_there:
                self.values[key] = first.value
                self.more.remove(first)
