"""Which rows are there already: by the old system's id, else by the exact rules (C-109, C-110)."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import lead_scope
from leadhub.domain.actor import Actor
from leadhub.domain.contact_details import normalise_email, normalise_phone, parse_company_name
from leadhub.domain.similarity.keys import hashed
from leadhub.domain.similarity.records import RecordType
from leadhub.models import Account, Activity, Campaign, Contact, Lead, MatchKey, Opportunity
from leadhub.services.imports.references import by_external_id, chunks

Values = dict[str, Any]
#: What two rows have in common when they are the same record.
Identity = tuple[str, ...]

_MODELS: dict[str, Any] = {
    "lead": Lead,
    "contact": Contact,
    "account": Account,
    "opportunity": Opportunity,
    "activity": Activity,
    "campaign": Campaign,
}


def sort_name(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()[:80]


def identities(entity: str, values: Values, country: str) -> list[Identity]:
    """Every way in which a row (column → value) can be known again."""
    found: list[Identity] = []
    if values.get("external_id"):
        found.append(("id", values["external_id"]))
    if entity in ("lead", "contact"):
        name = sort_name(values.get("contact_name" if entity == "lead" else "name"))
        company = sort_name(values.get("account_name")) if entity == "lead" else ""
        email = normalise_email(values.get("email") or "")
        phone = normalise_phone(values.get("mobile_phone") or values.get("business_phone") or "", country)
        if name or company:
            if email:
                found.append(("email", email, name or company))
            if phone:
                found.append(("phone", phone, name or company))
    elif entity == "account":
        core = parse_company_name(values.get("name") or "").compact
        if core:
            found.append(("name", core))
        if values.get("tin"):
            found.append(("tin", values["tin"]))
    elif entity == "campaign" and values.get("name"):
        found.append(("name", sort_name(values["name"])))
    return found


def find_known(
    session: Session, entity: str, wanted: Iterable[list[Identity]], actor: Actor
) -> dict[Identity, tuple[int, bool]]:
    """Identity → (record id, whether this actor may change it) for those that are stored."""
    listed: dict[str, set[str]] = {}
    for identity in (one for some in wanted for one in some):
        listed.setdefault(identity[0], set()).add(identity[1])
    finders: dict[str, Callable[[], Iterable[tuple[Identity, int]]]] = {
        "id": lambda: _by_id(session, entity, listed.get("id", set())),
        "lead": lambda: _leads(session, listed),
        "contact": lambda: _contacts(session, listed),
        "account": lambda: _accounts(session, listed),
        "campaign": lambda: _campaigns(session, listed),
    }
    found: dict[Identity, int] = {}
    for name in ("id", entity):
        if name in finders:
            for identity, record_id in finders[name]():
                found.setdefault(identity, record_id)
    visible = _visible(session, entity, set(found.values()), actor)
    return {identity: (record_id, record_id in visible) for identity, record_id in found.items()}


def _visible(session: Session, entity: str, ids: set[int], actor: Actor) -> set[int]:
    if entity != "lead":
        return ids
    return {
        found
        for part in chunks(sorted(ids))
        for found in session.scalars(select(Lead.id).where(Lead.id.in_(part), lead_scope(actor)))
    }


def _by_id(session: Session, entity: str, wanted: set[str]) -> Iterable[tuple[Identity, int]]:
    for external_id, record_id in by_external_id(session, entity, _MODELS[entity], wanted).items():
        yield ("id", external_id), record_id


def _leads(session: Session, listed: dict[str, set[str]]) -> Iterable[tuple[Identity, int]]:
    keys = [hashed("le", email) for email in listed.get("email", ())]
    keys += [hashed("lp", phone[-9:]) for phone in listed.get("phone", ())]
    ids: set[int] = set()
    for part in chunks(keys):
        ids.update(
            session.scalars(
                select(MatchKey.record_id).where(
                    MatchKey.key.in_(part), MatchKey.record_type == int(RecordType.LEAD)
                )
            )
        )
    columns = (Lead.id, Lead.email_normal, Lead.phone_normal, Lead.contact_sort, Lead.account_sort)
    for part in chunks(sorted(ids)):
        for row in session.execute(select(*columns).where(Lead.id.in_(part)).order_by(Lead.id.desc())):
            name = row.contact_sort or row.account_sort
            yield ("email", row.email_normal, name), row.id
            yield ("phone", row.phone_normal, name), row.id


def _contacts(session: Session, listed: dict[str, set[str]]) -> Iterable[tuple[Identity, int]]:
    for kind, column in (("email", Contact.email_normal), ("phone", Contact.phone_normal)):
        for part in chunks(sorted(listed.get(kind, ()))):
            found = select(column, Contact.name_sort, Contact.id).where(column.in_(part)).order_by(Contact.id)
            for value, name, record_id in session.execute(found):
                yield (kind, value, name), record_id


def _accounts(session: Session, listed: dict[str, set[str]]) -> Iterable[tuple[Identity, int]]:
    for kind, column in (("name", Account.name_core), ("tin", Account.tin)):
        for part in chunks(sorted(listed.get(kind, ()))):
            found = select(column, Account.id).where(column.in_(part)).order_by(Account.id)
            for value, record_id in session.execute(found):
                yield (kind, value), record_id


def _campaigns(session: Session, listed: dict[str, set[str]]) -> Iterable[tuple[Identity, int]]:
    for part in chunks(sorted(listed.get("name", ()))):
        found = select(Campaign.name_sort, Campaign.id).where(Campaign.name_sort.in_(part))
        for name, record_id in session.execute(found):
            yield ("name", name), record_id
