"""Who is known already, while somebody types a new lead: nothing is blocked, all is shown."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import lead_scope
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, can, require
from leadhub.domain.similarity.details import AccountDetails, ContactDetails, LeadDetails
from leadhub.domain.similarity.keys import lead_keys
from leadhub.domain.similarity.records import RecordType
from leadhub.models import Lead
from leadhub.queries.labels import labels_of
from leadhub.queries.rows.lead_dialogs import KnownRecord
from leadhub.statements.match import (
    account_candidates,
    candidate_ids,
    contact_candidates,
    suggest_accounts,
    suggest_contacts,
)

MOST_OF_A_KIND = 4


@dataclass(frozen=True)
class TypedLead:
    """What the form says so far."""

    contact_name: str = ""
    account_name: str = ""
    email: str = ""
    mobile_phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.contact_name, self.account_name, self.email, self.mobile_phone))


def find_known(typed: TypedLead, *, actor: Actor) -> list[KnownRecord]:
    """Leads, contacts and accounts that match, a few of each."""
    require(actor, Right.CREATE_LEAD)
    if typed.is_empty:
        return []
    with read_session() as session:
        found = _leads(session, typed, actor)
        if can(actor, Right.VIEW_CONTACTS):
            found += _contacts(session, typed) + _accounts(session, typed)
        return found


def _leads(session: Session, typed: TypedLead, actor: Actor) -> list[KnownRecord]:
    wanted = LeadDetails(
        contact_name=typed.contact_name,
        account_name=typed.account_name,
        emails=(typed.email,) if typed.email else (),
        phones=(typed.mobile_phone,) if typed.mobile_phone else (),
    )
    ids = candidate_ids(session, RecordType.LEAD, lead_keys(wanted), limit=MOST_OF_A_KIND)
    if not ids:
        return []
    labels = labels_of(session)
    rows = session.execute(
        select(Lead.id, Lead.display_title, Lead.process_version_id, Lead.stage_key, Lead.owner_id)
        .where(Lead.id.in_(ids), lead_scope(actor))  # type: ignore[union-attr]
        .order_by(Lead.id.desc())  # type: ignore[union-attr]
    )
    return [
        KnownRecord(
            "lead",
            row.id,
            row.display_title,
            " · ".join(
                part
                for part in (
                    labels.stage_label(row.process_version_id, row.stage_key),
                    labels.users.get(row.owner_id, ""),
                )
                if part
            ),
        )
        for row in rows
    ]


def _contacts(session: Session, typed: TypedLead) -> list[KnownRecord]:
    wanted = ContactDetails(
        full_name=typed.contact_name,
        account_name=typed.account_name,
        emails=(typed.email,) if typed.email else (),
        mobile_phones=(typed.mobile_phone,) if typed.mobile_phone else (),
    )
    found = suggest_contacts(wanted, contact_candidates(session, wanted))[:MOST_OF_A_KIND]
    return [KnownRecord("contact", one.record_id, one.name, one.detail, list(one.reasons)) for one in found]


def _accounts(session: Session, typed: TypedLead) -> list[KnownRecord]:
    if not typed.account_name:
        return []
    wanted = AccountDetails(name=typed.account_name, emails=(typed.email,) if typed.email else ())
    found = suggest_accounts(wanted, account_candidates(session, wanted))[:MOST_OF_A_KIND]
    return [KnownRecord("account", one.record_id, one.name, one.detail, list(one.reasons)) for one in found]
