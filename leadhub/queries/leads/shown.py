"""A stored value as a screen shows it: labels for ids, ISO text for moments."""

from datetime import date, datetime
from typing import Any

from leadhub.domain.fields import FieldKind, FieldSpec
from leadhub.queries.labels import Labels

_LABELS = {
    FieldKind.LOOKUP: "lookups",
    FieldKind.USER: "users",
    FieldKind.UNIT: "units",
    FieldKind.GROUP: "groups",
}


def as_primitive(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def iso(value: date | datetime | None) -> str:
    return value.isoformat() if value is not None else ""


def shown(spec: FieldSpec, value: Any, labels: Labels, *, version_id: int | None = None) -> str:
    """ "" for empty; choices and booleans as their keys, which screens put into words."""
    if value is None or value == "":
        return ""
    source = _LABELS.get(spec.kind)
    if source is not None:
        return getattr(labels, source).get(value, "")
    if spec.kind is FieldKind.LEAD_TYPE:
        return labels.lead_types.get(value, ("", ""))[1]
    if spec.kind is FieldKind.STAGE:
        return labels.stage_label(version_id, value) if version_id is not None else str(value)
    if spec.kind is FieldKind.BOOLEAN:
        return "true" if value else "false"
    return str(as_primitive(value))
