"""Columns and keys that follow from others, kept in the same transaction whoever writes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from leadhub.models import Account, Activity, Campaign, Contact, Lead, MatchKey, Opportunity, Record

Values = dict[str, Any]


def _sort_text(text: str) -> str:
    """Case-folded and cut, so that an index stays small; empty sorts last by the query."""
    return " ".join(text.split()).casefold()[:80]


def _lead(get: Callable[[str], Any]) -> Values:
    title = get("title") or " – ".join(x for x in (get("contact_name"), get("account_name")) if x)
    return {
        "display_title": title,
        "title_sort": _sort_text(title),
        "account_sort": _sort_text(get("account_name") or ""),
        "contact_sort": _sort_text(get("contact_name") or ""),
    }


def _named(source: str, target: str) -> Callable[[Callable[[str], Any]], Values]:
    return lambda get: {target: _sort_text(get(source) or "")}


_DERIVE: dict[type[Record], Callable[[Callable[[str], Any]], Values]] = {
    Lead: _lead,
    Contact: _named("name", "name_sort"),
    Account: _named("name", "name_sort"),
    Campaign: _named("name", "name_sort"),
    Activity: _named("title", "title_sort"),
    Opportunity: _named("title", "title_sort"),
}


def derive_columns(record: Record) -> None:
    """Set the derived columns of a record that is about to be flushed."""
    rule = _DERIVE.get(type(record))
    if rule is not None:
        for name, value in rule(lambda n: getattr(record, n)).items():
            if getattr(record, name) != value:
                setattr(record, name, value)


def derive_values(model: type[Record], values: Values) -> Values:
    """The derived columns of a row given as a dictionary (bulk writes)."""
    rule = _DERIVE.get(model)
    return rule(values.get) if rule is not None else {}


def refresh_derived(session: Session, changed: Iterable[Record], deleted: Iterable[Record]) -> None:
    """Keep the match keys of flushed records in step."""
    by_model: dict[type[Record], dict[int, Values | None]] = {}
    for record in changed:
        by_model.setdefault(type(record), {})[record.id or 0] = record.__dict__
    for record in deleted:
        by_model.setdefault(type(record), {})[record.id or 0] = None
    for model, rows in by_model.items():
        refresh_derived_rows(session, model, rows)


def refresh_derived_rows(
    session: Session, model: type[Record], rows: Mapping[int, Values | None], *, fresh: bool = False
) -> None:
    """Replace the match keys of these records; None for a deleted one, `fresh` for just inserted ones."""
    rule = _KEYS.get(model)
    if rule is None or not rows:
        return
    record_type, keys_of = rule
    ids = list(rows)
    for start in range(0, 0 if fresh else len(ids), 500):
        session.execute(
            delete(_MATCH).where(
                _MATCH.c.record_type == record_type, _MATCH.c.record_id.in_(ids[start : start + 500])
            )
        )
    new = [
        {"key": key, "record_type": record_type, "record_id": record_id}
        for record_id, values in rows.items()
        if values is not None
        for key in keys_of(values.get)
    ]
    if new:
        session.execute(insert(_MATCH), new)


_MATCH = MatchKey.__table__  # type: ignore[attr-defined]
#: Model → (record type in the key table, values → keys).
_KEYS: dict[type[Record], tuple[int, Callable[[Callable[[str], Any]], Iterable[int]]]] = {}
