"""Candidates that may be the same person or company, found through the blocking keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, bindparam, select, text
from sqlalchemy.orm import Session, aliased

from leadhub.domain.similarity.details import (
    AccountDetails,
    ContactDetails,
    account_profile,
    contact_profile,
)
from leadhub.domain.similarity.exact_rules import account_rules, contact_rules
from leadhub.domain.similarity.keys import MOST_IDS_PER_KEY, account_keys, contact_query_keys
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
    """One record that may be the one meant: exact rule hits first, then near matches."""

    record_id: int
    name: str
    detail: str
    is_exact: bool
    reasons: tuple[str, ...]
    """Text keys."""


def suggest_contacts(wanted: ContactDetails, candidates: Iterable[ContactCandidate]) -> list[Similar]:
    profile = contact_profile(wanted)
    found = []
    for candidate in candidates:
        other = contact_profile(candidate.details)
        rules = contact_rules(profile, other)
        same_name = bool(profile.name.key) and profile.name.key == other.name.key
        emails = {email.normal for email in profile.emails} & {email.normal for email in other.emails}
        reasons = tuple(f"matching.rule.{rule.value}" for rule in rules)
        if not reasons and same_name:
            reasons = ("matching.evidence.name.same",)
        if not reasons and emails:
            reasons = ("matching.evidence.email.same",)
        if reasons:
            contact = candidate.contact
            detail = " · ".join(x for x in (candidate.account_name, contact.email) if x)
            found.append(Similar(contact.id or 0, contact.name, detail, bool(rules), reasons))
    return sorted(found, key=lambda similar: (not similar.is_exact, similar.record_id))


def suggest_accounts(wanted: AccountDetails, candidates: Iterable[AccountCandidate]) -> list[Similar]:
    profile = account_profile(wanted)
    found = []
    for candidate in candidates:
        other = account_profile(candidate.details)
        rules = account_rules(profile, other)
        reasons = tuple(f"matching.rule.{rule.value}" for rule in rules)
        if not reasons and set(profile.hosts) & set(other.hosts):
            reasons = ("matching.evidence.host.same",)
        if reasons:
            account = candidate.account
            detail = " · ".join(x for x in (account.city, candidate.country) if x)
            found.append(Similar(account.id or 0, account.name, detail, bool(rules), reasons))
    return sorted(found, key=lambda similar: (not similar.is_exact, similar.record_id))
