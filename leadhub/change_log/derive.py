"""Columns and keys that follow from others, kept in the same transaction whoever writes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from leadhub.change_log.derive_context import DeriveContext
from leadhub.change_log.match_keys import account_match_keys, contact_match_keys, lead_match_keys
from leadhub.domain.contact_details import normalise_email, normalise_phone, parse_company_name, parse_website
from leadhub.domain.list_query.search import fold_search, search_document
from leadhub.domain.similarity.records import RecordType
from leadhub.models import Account, Activity, Campaign, Contact, Lead, MatchKey, Opportunity, Record

Values = dict[str, Any]
Get = Callable[[str], Any]


def _sort_text(text: str) -> str:
    """Folded and cut, so that an index stays small; empty sorts last by the query."""
    return fold_search(text)[:80]


def _lead(get: Get, context: DeriveContext) -> Values:
    need = context.lookup_label(get("customer_need_id")) if not get("title") else ""
    title = get("title") or " – ".join(x for x in (need, get("contact_name"), get("account_name")) if x)
    country = context.lookup_key(get("country_id"))
    return {
        "display_title": title,
        "title_sort": _sort_text(title),
        "account_sort": _sort_text(get("account_name") or ""),
        "contact_sort": _sort_text(get("contact_name") or ""),
        "stage_position": context.stage_position(get("process_version_id"), get("stage_key")),
        "email_normal": normalise_email(get("email") or "")[:254],
        "phone_normal": (phone := _phone(get, country)),
        "search_text": search_document(
            texts=(title, get("contact_name"), get("account_name"), get("email")),
            phones=(phone, get("mobile_phone"), get("business_phone")),
        ),
    }


def _phone(get: Get, country: str) -> str:
    for name in ("mobile_phone", "business_phone"):
        found = normalise_phone(get(name) or "", country) if get(name) else ""
        if found:
            return found[:30]
    return ""


def _contact(get: Get, context: DeriveContext) -> Values:
    return {
        "name_sort": _sort_text(get("name") or ""),
        "email_normal": normalise_email(get("email") or "")[:254],
        "phone_normal": (phone := _phone(get, context.lookup_key(get("country_id")))),
        "search_text": search_document(
            texts=(get("name"), get("email")),
            phones=(phone, get("mobile_phone"), get("business_phone")),
        ),
    }


def _account(get: Get, context: DeriveContext) -> Values:
    return {
        "name_sort": _sort_text(get("name") or ""),
        "name_core": parse_company_name(get("name") or "").compact[:250],
        "host": parse_website(get("website") or "")[:250],
        "search_text": search_document(
            texts=(get("name"), get("website"), get("email")), phones=(get("phone"),)
        ),
    }


def _opportunity(get: Get, context: DeriveContext) -> Values:
    return {
        "search_text": search_document(texts=(get("title"),), phones=()),
        "title_sort": _sort_text(get("title") or ""),
        "stage_position": context.stage_position(get("process_version_id"), get("stage_key")),
    }


def _named(source: str, target: str) -> Callable[[Get, DeriveContext], Values]:
    return lambda get, context: {target: _sort_text(get(source) or "")}


_DERIVE: dict[type[Record], Callable[[Get, DeriveContext], Values]] = {
    Lead: _lead,
    Contact: _contact,
    Account: _account,
    Campaign: _named("name", "name_sort"),
    Activity: _named("title", "title_sort"),
    Opportunity: _opportunity,
}


def derive_columns(session: Session, record: Record) -> None:
    """Set the derived columns of a record that is about to be flushed."""
    rule = _DERIVE.get(type(record))
    if rule is not None:
        for name, value in rule(lambda n: getattr(record, n), DeriveContext.of(session)).items():
            if getattr(record, name) != value:
                setattr(record, name, value)


def derive_values(session: Session, model: type[Record], values: Values) -> Values:
    """The derived columns of a row given as a dictionary (bulk writes)."""
    rule = _DERIVE.get(model)
    return rule(values.get, DeriveContext.of(session)) if rule is not None else {}


def has_key_sources(model: type[Record], names: Iterable[str]) -> bool:
    """Whether a change of these columns changes the record's match keys."""
    return not KEY_SOURCES.get(model, frozenset()).isdisjoint(names)


def refresh_derived_rows(
    session: Session, model: type[Record], rows: Mapping[int, Values | None], *, fresh: bool = False
) -> None:
    """Replace the match keys of these records; None for a deleted one, `fresh` for just inserted ones."""
    rule = _KEYS.get(model)
    if rule is None or not rows:
        return
    record_type, keys_of = rule
    context = DeriveContext.of(session)
    if model is Contact:
        context.load_accounts(values["account_id"] for values in rows.values() if values is not None)
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
        for key in keys_of(values.get, context)
    ]
    if new:
        session.execute(insert(_MATCH), new)


_MATCH = MatchKey.__table__  # type: ignore[attr-defined]
#: Model → (record type in the key table, values → keys).
_KEYS: dict[type[Record], tuple[int, Callable[[Get, DeriveContext], Iterable[int]]]] = {
    Contact: (RecordType.CONTACT, contact_match_keys),
    Account: (RecordType.ACCOUNT, account_match_keys),
    Lead: (RecordType.LEAD, lead_match_keys),
}

#: The columns that a model's keys are made from.
KEY_SOURCES: dict[type[Record], frozenset[str]] = {
    Contact: frozenset(
        {"name", "first_name", "middle_name", "last_name", "account_id", "email", "mobile_phone"}
        | {"business_phone", "country_id", "city", "address"}
    ),
    Account: frozenset({"name", "website", "email", "phone", "tin", "country_id", "city", "address"}),
    Lead: frozenset(
        {"contact_id", "account_id", "customer_need_id", "contact_name", "account_name", "email"}
        | {"mobile_phone", "business_phone", "country_id"}
    ),
}
