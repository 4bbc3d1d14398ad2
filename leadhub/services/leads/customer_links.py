"""Which contact and account a lead is for: the chosen, an exact hit, or new ones (C-34, C-101 to C-106)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.permissions import Right, can
from leadhub.domain.person_parts import split_person_name
from leadhub.models import Account, Contact, Lead
from leadhub.statements.leads import is_record_id
from leadhub.statements.match import (
    Similar,
    account_candidates,
    account_of_lead,
    contact_candidates,
    contact_of_lead,
    country_of,
    suggest_accounts,
    suggest_contacts,
)

CustomerChoice = int | Literal["auto", "create", "none"]
MOST_OFFERED = 8


@dataclass(frozen=True)
class ResolvedCustomer:
    """What linking will do: an id to link, "create", or "none"."""

    contact: int | Literal["create", "none"] = "none"
    account: int | Literal["create", "none"] = "none"

    @property
    def is_known(self) -> bool:
        return isinstance(self.contact, int) or isinstance(self.account, int)


@dataclass(frozen=True)
class Candidate:
    """One record that the dialog offers, with what makes it alike."""

    record_id: int
    name: str
    detail: str
    is_exact: bool
    reasons: tuple[str, ...]
    """Text keys that take no parameters."""
    evidence: tuple[tuple[str, dict[str, Any]], ...] = ()
    """Text keys with their parameters."""


@dataclass(frozen=True)
class CustomerQuestion:
    """Several contacts or accounts could be meant; an empty tuple is no question."""

    lead_id: int
    contacts: tuple[Candidate, ...] = ()
    accounts: tuple[Candidate, ...] = ()


def resolve_customer(
    session: Session,
    lead: Lead,
    *,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
    ask: bool = True,
) -> ResolvedCustomer | CustomerQuestion:
    """Decide, or name what has to be asked. With `ask` off nothing doubtful is linked or created.

    Raises NotFound for a chosen record that is not there.
    """
    found_contact, contacts = _resolve_contact(session, lead, contact)
    found_account, accounts = _resolve_account(session, lead, account)
    if ask and (contacts or accounts):
        return CustomerQuestion(lead.id or 0, contacts, accounts)
    return ResolvedCustomer(found_contact, found_account)


def _resolve_contact(
    session: Session, lead: Lead, choice: CustomerChoice
) -> tuple[int | Literal["create", "none"], tuple[Candidate, ...]]:
    if is_record_id(choice):
        if session.get(Contact, choice) is None:
            raise NotFound()
        return choice, ()  # type: ignore[return-value]
    if lead.contact_id is not None:
        return lead.contact_id, ()
    if choice == "none" or not lead.contact_name:
        return "none", ()
    if choice == "create":
        return "create", ()
    wanted = contact_of_lead(lead, country_of(session, lead))
    offered = suggest_contacts(wanted, contact_candidates(session, wanted))
    return _decide(offered)


def _resolve_account(
    session: Session, lead: Lead, choice: CustomerChoice
) -> tuple[int | Literal["create", "none"], tuple[Candidate, ...]]:
    if is_record_id(choice):
        if session.get(Account, choice) is None:
            raise NotFound()
        return choice, ()  # type: ignore[return-value]
    if lead.account_id is not None:
        return lead.account_id, ()
    if choice == "none" or not lead.account_name:
        return "none", ()
    if choice == "create":
        return "create", ()
    wanted = account_of_lead(lead, country_of(session, lead))
    offered = suggest_accounts(wanted, account_candidates(session, wanted))
    return _decide(offered)


def _decide(
    similar: Sequence[Similar],
) -> tuple[int | Literal["create", "none"], tuple[Candidate, ...]]:
    exact = [found for found in similar if found.is_exact]
    if len(exact) == 1:
        return exact[0].record_id, ()
    if similar:
        return "none", tuple(
            Candidate(s.record_id, s.name, s.detail, s.is_exact, s.reasons, s.evidence)
            for s in similar[:MOST_OFFERED]
        )
    return "create", ()


def link_customer(session: Session, lead: Lead, resolved: ResolvedCustomer | None, actor: Actor) -> None:
    """Link or create as resolved; name and all communication options go over to what is created (C-106)."""
    if resolved is None:
        return
    may_create = can(actor, Right.EDIT_CONTACTS) or can(actor, Right.QUALIFY_LEAD)
    if isinstance(resolved.account, int):
        lead.account_id = resolved.account
    elif resolved.account == "create" and may_create:
        lead.account_id = _create_account(session, lead)
    if isinstance(resolved.contact, int):
        lead.contact_id = resolved.contact
    elif resolved.contact == "create" and may_create:
        lead.contact_id = _create_contact(session, lead)
    fill_from_customer(session, lead)


def _create_account(session: Session, lead: Lead) -> int:
    account = Account(
        name=lead.account_name,
        website=lead.website,
        email="" if lead.contact_name else lead.email,
        phone=lead.business_phone if not lead.contact_name else "",
        country_id=lead.country_id,
        city=lead.city,
        address=lead.address,
        industry_id=lead.industry_id,
        category_id=lead.category_id,
        employees=lead.employees,
        annual_revenue_minor=lead.annual_revenue_minor,
        owner_id=lead.owner_id,
    )
    session.add(account)
    session.flush()
    return account.id or 0


def _create_contact(session: Session, lead: Lead) -> int:
    parts = split_person_name(lead.contact_name)
    contact = Contact(
        name=lead.contact_name,
        first_name=parts.first[:100],
        middle_name=parts.middle[:100],
        last_name=parts.last[:100],
        account_id=lead.account_id,
        email=lead.email,
        mobile_phone=lead.mobile_phone,
        business_phone=lead.business_phone,
        job_title=lead.job_title,
        department=lead.department,
        country_id=lead.country_id,
        city=lead.city,
        address=lead.address,
        owner_id=lead.owner_id,
    )
    session.add(contact)
    session.flush()
    return contact.id or 0


_FROM_CONTACT = (
    ("contact_name", "name"),
    ("email", "email"),
    ("mobile_phone", "mobile_phone"),
    ("business_phone", "business_phone"),
    ("job_title", "job_title"),
    ("department", "department"),
)
_FROM_ACCOUNT = (("account_name", "name"), ("website", "website"))


def fill_from_customer(session: Session, lead: Lead) -> None:
    """What the lead leaves empty is taken from its contact and account, so that lists and search show it."""
    for model, record_id, pairs in (
        (Contact, lead.contact_id, _FROM_CONTACT),
        (Account, lead.account_id, _FROM_ACCOUNT),
    ):
        record = session.get(model, record_id) if record_id is not None else None
        if record is None:
            continue
        for own, theirs in pairs:
            if not getattr(lead, own) and getattr(record, theirs):
                setattr(lead, own, getattr(record, theirs))
