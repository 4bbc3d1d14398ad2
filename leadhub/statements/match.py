"""Candidates that may be the same person or company, found through the blocking keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, FromClause, column, select, text
from sqlalchemy.orm import Session

from leadhub.domain.similarity.details import AccountDetails, ContactDetails
from leadhub.domain.similarity.keys import MOST_IDS_PER_KEY, account_keys, contact_query_keys
from leadhub.domain.similarity.ranking import Suggestion, rank_accounts, rank_contacts
from leadhub.domain.similarity.records import RecordType, account_details, contact_details
from leadhub.models import Account, CommunicationOption, Contact, Lead, LookupValue

MOST_CANDIDATES = 40


@dataclass(frozen=True)
class ContactCandidate:
    contact: Contact
    account_name: str
    details: ContactDetails


@dataclass(frozen=True)
class AccountCandidate:
    account: Account
    country: str
    details: AccountDetails


def candidates_like(
    record_type: int, keys: Sequence[int], *, limit: int = MOST_CANDIDATES
) -> tuple[FromClause, dict[str, int]]:
    """A table of `record_id`s that share most keys, and its parameters.

    A key that very many share tells little: only its first ids count.
    """
    parameters = {f"k{n}": key for n, key in enumerate(keys)}
    return _table(len(keys)), {**parameters, "t": int(record_type), "most": limit}


def candidate_ids(
    session: Session, record_type: int, keys: Sequence[int], *, limit: int = MOST_CANDIDATES
) -> list[int]:
    if not keys:
        return []
    alike, parameters = candidates_like(record_type, keys, limit=limit)
    return list(session.scalars(select(alike.c.record_id), parameters))


def _table(count: int) -> FromClause:
    found = _TABLES.get(count)
    if found is None:
        parts = " UNION ALL ".join(
            f"SELECT * FROM (SELECT record_id FROM match_key WHERE key = :k{n} AND record_type = :t"
            f" LIMIT {MOST_IDS_PER_KEY}) AS s{n}"
            for n in range(count)
        )
        statement = text(
            f"SELECT record_id FROM ({parts}) AS found"
            " GROUP BY record_id ORDER BY count(*) DESC, record_id LIMIT :most"
        )
        found = _TABLES[count] = statement.columns(column("record_id", BigInteger)).subquery("alike")
    return found


_TABLES: dict[int, FromClause] = {}


def contact_candidates(session: Session, wanted: ContactDetails) -> list[ContactCandidate]:
    """In two statements."""
    keys = contact_query_keys(wanted)
    if not keys:
        return []
    alike, parameters = candidates_like(RecordType.CONTACT, keys)
    rows = session.execute(
        select(Contact, Account.name, LookupValue.key)
        .join(alike, alike.c.record_id == Contact.id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(LookupValue, LookupValue.id == Contact.country_id),
        parameters,
    ).all()
    more = _more_options(session, CommunicationOption.contact_id, [row[0].id for row in rows])
    return [
        ContactCandidate(
            contact,
            name or "",
            contact_details(
                lambda field, record=contact: getattr(record, field),
                country=code or "",
                account_name=name or "",
                more=more.get(contact.id or 0, ()),
            ),
        )
        for contact, name, code in rows
    ]


def account_candidates(session: Session, wanted: AccountDetails) -> list[AccountCandidate]:
    """In two statements."""
    keys = account_keys(wanted)
    if not keys:
        return []
    alike, parameters = candidates_like(RecordType.ACCOUNT, keys)
    rows = session.execute(
        select(Account, LookupValue.key, LookupValue.label)
        .join(alike, alike.c.record_id == Account.id)
        .outerjoin(LookupValue, LookupValue.id == Account.country_id),
        parameters,
    ).all()
    more = _more_options(session, CommunicationOption.account_id, [row[0].id for row in rows])
    return [
        AccountCandidate(
            account,
            label or "",
            account_details(
                lambda field, record=account: getattr(record, field),
                country=code or "",
                more=more.get(account.id or 0, ()),
            ),
        )
        for account, code, label in rows
    ]


def _more_options(session: Session, by: Any, ids: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    if not ids:
        return found
    rows = session.execute(select(by, CommunicationOption.kind, CommunicationOption.value).where(by.in_(ids)))
    for record_id, kind, value in rows:
        found[record_id] = (*found.get(record_id, ()), (kind, value))
    return found


def contact_of_lead(lead: Lead, country: str) -> ContactDetails:
    """The person that a lead names, as typed."""
    return ContactDetails(
        full_name=lead.contact_name,
        emails=(lead.email,) if lead.email else (),
        mobile_phones=(lead.mobile_phone,) if lead.mobile_phone else (),
        phones=(lead.business_phone,) if lead.business_phone else (),
        account_id=lead.account_id,
        account_name=lead.account_name,
        country=country,
        city=lead.city,
        street=lead.address,
    )


def account_of_lead(lead: Lead, country: str) -> AccountDetails:
    """The company that a lead names, as typed."""
    return AccountDetails(
        name=lead.account_name,
        country=country,
        website=lead.website,
        emails=(lead.email,) if lead.email else (),
        phones=(lead.business_phone,) if lead.business_phone else (),
        city=lead.city,
        street=lead.address,
    )


def country_of(session: Session, lead: Lead) -> str:
    if lead.country_id is None:
        return ""
    return session.scalar(select(LookupValue.key).where(LookupValue.id == lead.country_id)) or ""


@dataclass(frozen=True)
class Similar:
    """One record that may be the one meant: exact rule hits first, then near matches by probability."""

    record_id: int
    name: str
    detail: str
    is_exact: bool
    probability: float
    reasons: tuple[str, ...]
    """Text keys that take no parameters: the rules met, and what is the same."""
    evidence: tuple[tuple[str, dict[str, Any]], ...]
    """Text key and parameters of all that speaks for it, the strongest first."""


def suggest_contacts(wanted: ContactDetails, candidates: Iterable[ContactCandidate]) -> list[Similar]:
    """Those worth showing, best first (C-104, C-109)."""
    by_id = {candidate.contact.id: candidate for candidate in candidates}
    found = []
    for suggestion in rank_contacts(wanted, [candidate.details for candidate in by_id.values()]):
        candidate = by_id[suggestion.record_id]  # type: ignore[index]
        contact = candidate.contact
        detail = (contact.job_title, candidate.account_name, contact.email or contact.mobile_phone)
        found.append(_similar(suggestion, contact.name, detail))
    return found


def suggest_accounts(wanted: AccountDetails, candidates: Iterable[AccountCandidate]) -> list[Similar]:
    """Those worth showing, best first (C-102, C-110)."""
    by_id = {candidate.account.id: candidate for candidate in candidates}
    found = []
    for suggestion in rank_accounts(wanted, [candidate.details for candidate in by_id.values()]):
        candidate = by_id[suggestion.record_id]  # type: ignore[index]
        account = candidate.account
        found.append(_similar(suggestion, account.name, (account.website, account.city, candidate.country)))
    return found


#: Agreement levels whose text names a percentage.
_IN_PERCENT = frozenset(
    {"near", "very_near", "similar", "weak", "variants", "given_variant", "family_variant"}
)


def _similar(suggestion: Suggestion, name: str, detail: Iterable[str]) -> Similar:
    speaking = [evidence for evidence in suggestion.evidence if evidence.bits > 0]
    rules = tuple(f"matching.rule.{rule.value}" for rule in suggestion.rules)
    return Similar(
        record_id=int(suggestion.record_id or 0),
        name=name,
        detail=" · ".join(part for part in detail if part),
        is_exact=suggestion.tier == 1,
        probability=suggestion.probability,
        reasons=rules + tuple(e.text_key for e in speaking if e.level not in _IN_PERCENT),
        evidence=tuple((evidence.text_key, dict(evidence.parameters)) for evidence in speaking),
    )
