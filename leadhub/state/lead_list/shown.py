"""What the list shows beside its rows, ready for the browser."""

from dataclasses import dataclass, field
from typing import Any

from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import Filter, ListQuery, sort_keys

#: Kinds that the list edits in place; references to contacts and accounts are chosen on the lead's page.
_EDITED = frozenset(FieldKind) - {
    FieldKind.CONTACT, FieldKind.ACCOUNT, FieldKind.LEAD, FieldKind.OPPORTUNITY, FieldKind.LEAD_TYPE,
    FieldKind.STAGE, FieldKind.SCORE, FieldKind.GROUP,
}  # fmt: skip
_DUE = frozenset({"next_follow_up_on", "expected_completion_at"})
_RELATIVE = frozenset({"created_at", "updated_at", "last_activity_at", "stage_entered_at"})


@dataclass(frozen=True)
class ColumnHead:
    key: str
    label_key: str
    kind: str
    sortable: bool
    editable: bool
    due: bool = False
    relative: bool = False
    choice_key: str = ""


@dataclass(frozen=True)
class Chip:
    """One condition as a chip: `group` and `index` find it in the query."""

    group: int
    index: int
    label_key: str
    operator_key: str
    values: str = ""
    value_keys: list[str] = field(default_factory=list)
    """Text keys, where the values are choices of the registry."""
    joined_by: str = ""
    """"and" or "or" before this chip, "" on the first."""


@dataclass(frozen=True)
class CurrentLead:
    """The row whose process button and Actions are shown; id 0 is none."""

    id: int = 0
    title: str = ""
    stage_label: str = ""
    state: str = ""
    is_final: bool = False
    button: str = "none"
    phone: str = ""
    awaits_acceptance: bool = False


@dataclass(frozen=True)
class CellEdit:
    """The cell that is being edited; `row_id` 0 is none."""

    row_id: int = 0
    key: str = ""
    kind: str = ""
    label_key: str = ""
    value: str = ""
    options: list[dict[str, str]] | None = None
    error_key: str = ""
    error_params: dict[str, Any] = field(default_factory=dict)


def column_head(key: str) -> ColumnHead:
    spec = fields_of(Entity.LEAD)[key]
    return ColumnHead(
        key=key,
        label_key=spec.label_key,
        kind=spec.kind.value,
        sortable=key in sort_keys(Entity.LEAD),
        editable=spec.editable and spec.kind in _EDITED,
        due=key in _DUE,
        relative=key in _RELATIVE,
        choice_key=f"choices.lead.{key}" if spec.kind is FieldKind.CHOICE else "",
    )


def chips_of(query: ListQuery, labels: dict[str, dict[str, str]]) -> list[Chip]:
    """`labels`: field key → value → its label."""
    found: list[Chip] = []
    for number, group in enumerate(query.groups):
        for index, one in enumerate(group.filters):
            if not found:
                joined = ""
            elif index:
                joined = "or" if group.any else "and"
            else:
                joined = "or" if query.any else "and"
            found.append(_chip(number, index, one, labels.get(one.field, {}), joined))
    return found


_SPECIAL = {"me": "filters.me", "mine": "filters.mine"}


def _chip(group: int, index: int, one: Filter, labels: dict[str, str], joined: str) -> Chip:
    spec = fields_of(Entity.LEAD)[one.field]
    keys: list[str] = []
    texts: list[str] = []
    for value in one.values:
        if spec.kind is FieldKind.CHOICE:
            keys.append(f"choices.lead.{spec.key}.{value}")
        elif spec.kind is FieldKind.BOOLEAN:
            keys.append("lead_list.yes" if value == "true" else "lead_list.no")
        elif value in _SPECIAL and spec.kind in (FieldKind.USER, FieldKind.UNIT):
            keys.append(_SPECIAL[value])
        else:
            texts.append(_value_text(spec, value, labels))
    return Chip(
        group=group,
        index=index,
        label_key=spec.label_key,
        operator_key=f"filters.operator.{one.operator.value}",
        values=", ".join(texts),
        value_keys=keys,
        joined_by=joined,
    )


def _value_text(spec: FieldSpec, value: str, labels: dict[str, str]) -> str:
    if spec.kind is FieldKind.MONEY and value.lstrip("-").isdigit():
        return f"{int(value) / 100:,.0f}"
    return labels.get(value, value)
