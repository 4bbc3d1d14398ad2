"""Candidates that may be the same person or company, found through the blocking keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, bindparam, select, text
from sqlalchemy.orm import Session, aliased

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


def candidate_ids(
    session: Session, record_type: int, keys: Sequence[int], *, limit: int = MOST_CANDIDATES
) -> list[int]:
    """Ids that share most keys, first. A key that very many share tells little: only its first ids count."""
    if not keys:
        return []
    parameters = {f"k{n}": key for n, key in enumerate(keys)}
    statement = _statement(len(keys))
    rows = session.execute(statement, {**parameters, "t": record_type, "most": limit})
    return [row[0] for row in rows]


def _statement(count: int) -> TextClause:
    found = _STATEMENTS.get(count)
    if found is None:
        parts = " UNION ALL ".join(
            f"SELECT * FROM (SELECT record_id FROM match_key WHERE key = :k{n} AND record_type = :t"
            f" LIMIT {MOST_IDS_PER_KEY}) AS s{n}"
            for n in range(count)
        )
        found = _STATEMENTS[count] = text(
            f"SELECT record_id FROM ({parts}) AS found"
            " GROUP BY record_id ORDER BY count(*) DESC, record_id LIMIT :most"
        ).bindparams(bindparam("t"), bindparam("most"))
    return found


_STATEMENTS: dict[int, TextClause] = {}


def contact_candidates(session: Session, wanted: ContactDetails) -> list[ContactCandidate]:
    """In two or three statements."""
    ids = candidate_ids(session, RecordType.CONTACT, contact_query_keys(wanted))
    if not ids:
        return []
    country = aliased(LookupValue)
    rows = session.execute(
        select(Contact, Account.name, country.key)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(country, country.id == Contact.country_id)
        .where(Contact.id.in_(ids))
    )
    more = _more_options(session, CommunicationOption.contact_id, ids)
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
    """In two or three statements."""
    ids = candidate_ids(session, RecordType.ACCOUNT, account_keys(wanted))
    if not ids:
        return []
    rows = session.execute(
        select(Account, LookupValue.key, LookupValue.label)
        .outerjoin(LookupValue, LookupValue.id == Account.country_id)
        .where(Account.id.in_(ids))
    )
    more = _more_options(session, CommunicationOption.account_id, ids)
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


def _more_options(
    session: Session, column: object, ids: Iterable[int]
) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    rows = session.execute(
        select(column, CommunicationOption.kind, CommunicationOption.value).where(column.in_(list(ids)))  # type: ignore[attr-defined,call-overload]
    )
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
