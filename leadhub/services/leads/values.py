"""Values that somebody typed for a lead, as they are stored, with what follows from them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, check_fields, field_of
from leadhub.domain.key_dates import close_date_of_terms, expected_completion
from leadhub.models import Lead, LeadType, LookupValue, Setting, User
from leadhub.statements.references import check_references

#: Set by moves and other actions, never by typing into a form.
_NOT_BY_FORM = frozenset({"stage", "disqualify_reason", "lost_reason", "reason_note", "lead_type"})


def checked_values(session: Session, typed: Mapping[str, Any], lead: Lead | None = None) -> dict[str, Any]:
    """Column → value for field keys that a form may set; what the lead holds already is not checked again.

    Raises InvalidFields, NotFound for a key that is no field.
    """
    locked = [key for key in typed if not field_of(Entity.LEAD, key).editable or key in _NOT_BY_FORM]
    if locked:
        raise InvalidFields([_problem("errors.value_not_editable", key) for key in locked])
    values = check_fields(Entity.LEAD, typed)
    if lead is not None:
        values = {column: value for column, value in values.items() if getattr(lead, column) != value}
    check_references(session, Entity.LEAD, values)
    return values


def require_filled(values: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Raises InvalidFields naming every key that is empty."""
    missing = [key for key in keys if values.get(field_of(Entity.LEAD, key).column) in (None, "")]
    if missing:
        raise InvalidFields([_problem("errors.value_required", key) for key in missing])


def _problem(key: str, field: str) -> InvalidInput:
    return InvalidInput(key, field=field, field_label=field_of(Entity.LEAD, field).label_key)


def fill_close_date(session: Session, values: dict[str, Any], now: datetime) -> None:
    """A term that is chosen anew fills the estimated closure date, unless one is typed with it."""
    if values.get("terms_id") is None or values.get("estimated_close_on") is not None:
        return
    key = session.scalar(select(LookupValue.key).where(LookupValue.id == values["terms_id"]))
    close_on = close_date_of_terms(key or "", now.date())
    if close_on is not None:
        values["estimated_close_on"] = close_on


def type_defaults(kind: LeadType, now: datetime) -> dict[str, Any]:
    """What the lead's type fills in (M-10 to M-12)."""
    settings = kind.settings
    found: dict[str, Any] = {}
    for key, column in (("default_priority", "priority"), ("default_importance", "importance")):
        if settings.get(key) is not None:
            found[column] = settings[key]
    estimate = settings.get("estimated_completion")
    if estimate:
        found["expected_completion_at"] = expected_completion(now, estimate["amount"], estimate["unit"])
    return found


def owning_group(session: Session, values: Mapping[str, Any], creator_id: int | None) -> int | None:
    """The group that a territory rule names for country and city, else the creator's (M-59)."""
    rules = session.scalar(select(Setting.value).where(Setting.key == "territory_rules"))
    city = str(values.get("city") or "").casefold()
    for rule in rules or ():
        fits_country = rule.get("country_id") in (None, values.get("country_id"))
        fits_city = not rule.get("city") or str(rule["city"]).casefold() == city
        if fits_country and fits_city:
            return rule.get("group_id")
    if creator_id is None:
        return None
    return session.scalar(select(User.group_id).where(User.id == creator_id))
