"""Which contacts, accounts and leads may be the same: found through keys, ranked by pure rules."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import can_see_lead, lead_scope
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import LeadNotFound
from leadhub.domain.permissions import Right, require
from leadhub.domain.similarity import LEAD_RULES, SimilarLead, find_similar_leads, lead_keys, with_switches
from leadhub.domain.similarity.details import AccountDetails, ContactDetails, LeadDetails
from leadhub.domain.similarity.records import RecordType, lead_details
from leadhub.models import Lead, LookupValue, Setting
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.shown import iso
from leadhub.queries.rows.similar import EvidenceRow, SimilarLeadRow, SimilarRecord
from leadhub.statements.leads import is_record_id
from leadhub.statements.match import (
    Similar,
    account_candidates,
    account_of_lead,
    candidates_like,
    contact_candidates,
    contact_of_lead,
    suggest_accounts,
    suggest_contacts,
)

MOST_SHOWN = 10
MOST_LEADS = 25
#: Rule key → whether it is on (C-72); a rule that is not named keeps its own switch.
RULES_SETTING = "similar_leads_rules"


def similar_contacts_of_lead(lead_id: int, *, actor: Actor) -> tuple[SimilarRecord, ...]:
    """What "Select from similar" offers for the lead's contact (C-104, C-108, C-109). Raises LeadNotFound."""
    with read_session() as session:
        lead, country = _lead_and_country(session, lead_id, actor)
        return _contacts(session, contact_of_lead(lead, country))


def similar_accounts_of_lead(lead_id: int, *, actor: Actor) -> tuple[SimilarRecord, ...]:
    """What "Select from similar" offers for the lead's account (C-102, C-108, C-110). Raises LeadNotFound."""
    with read_session() as session:
        lead, country = _lead_and_country(session, lead_id, actor)
        return _accounts(session, account_of_lead(lead, country))


def similar_contacts(typed: ContactDetails, *, actor: Actor) -> tuple[SimilarRecord, ...]:
    """Contacts like somebody typed into a form. Raises NotPermitted."""
    require(actor, Right.VIEW_CONTACTS)
    with read_session() as session:
        return _contacts(session, typed)


def similar_accounts(typed: AccountDetails, *, actor: Actor) -> tuple[SimilarRecord, ...]:
    """Accounts like a company typed into a form. Raises NotPermitted."""
    require(actor, Right.VIEW_CONTACTS)
    with read_session() as session:
        return _accounts(session, typed)


def similar_leads(lead_id: int, *, actor: Actor) -> tuple[SimilarLeadRow, ...]:
    """Leads that meet an active similar-leads rule, the strongest first (C-65 to C-72).

    Raises LeadNotFound.
    """
    with read_session() as session:
        lead, country = _lead_and_country(session, lead_id, actor)
        wanted = lead_details(lambda name: getattr(lead, name), country=country)
        return _leads(session, wanted, actor)


def similar_leads_to(typed: LeadDetails, *, actor: Actor) -> tuple[SimilarLeadRow, ...]:
    """The same for a lead that is being typed. Raises NotPermitted."""
    require(actor, Right.VIEW_LEADS)
    with read_session() as session:
        return _leads(session, typed, actor)


def _lead_and_country(session: Session, lead_id: int, actor: Actor) -> tuple[Lead, str]:
    found = None
    if is_record_id(lead_id):
        found = session.execute(
            select(Lead, LookupValue.key)
            .outerjoin(LookupValue, LookupValue.id == Lead.country_id)
            .where(Lead.id == lead_id, lead_scope(actor))
        ).one_or_none()
    if found is None:
        raise LeadNotFound()
    return found[0], found[1] or ""


def _contacts(session: Session, wanted: ContactDetails) -> tuple[SimilarRecord, ...]:
    found = suggest_contacts(wanted, contact_candidates(session, wanted))
    return tuple(_record(similar) for similar in found[:MOST_SHOWN])


def _accounts(session: Session, wanted: AccountDetails) -> tuple[SimilarRecord, ...]:
    found = suggest_accounts(wanted, account_candidates(session, wanted))
    return tuple(_record(similar) for similar in found[:MOST_SHOWN])


def _record(similar: Similar) -> SimilarRecord:
    rules = tuple(EvidenceRow(key) for key in similar.reasons if key.startswith("matching.rule."))
    return SimilarRecord(
        id=similar.record_id,
        name=similar.name,
        detail=similar.detail,
        is_exact=similar.is_exact,
        percent=round(similar.probability * 100),
        evidence=rules + tuple(EvidenceRow(key, params) for key, params in similar.evidence),
    )


def _leads(session: Session, wanted: LeadDetails, actor: Actor) -> tuple[SimilarLeadRow, ...]:
    if actor.role is None:
        raise LeadNotFound()
    keys = lead_keys(wanted)
    if not keys:
        return ()
    alike, parameters = candidates_like(RecordType.LEAD, keys, limit=60)
    switches = select(Setting.value).where(Setting.key == RULES_SETTING).scalar_subquery()
    rows = session.execute(
        select(Lead, LookupValue.key, switches)
        .join(alike, alike.c.record_id == Lead.id)
        .outerjoin(LookupValue, LookupValue.id == Lead.country_id),
        parameters,
    ).all()
    if not rows:
        return ()
    leads = {row[0].id: row[0] for row in rows if row[0].id != wanted.record_id}
    details = [
        lead_details(lambda name, lead=lead: getattr(lead, name), country=country or "")
        for lead, country, _ in rows
    ]
    switched: dict[str, Any] = rows[0][2] or {}
    rules = with_switches(LEAD_RULES, {str(key): bool(on) for key, on in switched.items()})
    labels = labels_of(session)
    hits = find_similar_leads(wanted, details, rules)[:MOST_LEADS]
    return tuple(_lead(leads[int(hit.record_id or 0)], hit, labels, actor) for hit in hits)


def _lead(lead: Lead, similar: SimilarLead, labels: Labels, actor: Actor) -> SimilarLeadRow:
    row = SimilarLeadRow(
        id=lead.id or 0,
        title=lead.display_title or f"#{lead.id}",
        owner_name=labels.users.get(lead.owner_id or 0, ""),
        stage_label=labels.stage_label(lead.process_version_id, lead.stage_key),
        state=lead.state,
        is_visible=can_see_lead(actor, lead),
    )
    if not row.is_visible:
        return row
    met = similar.hits[0].evidence
    return replace(
        row,
        rules=tuple(f"matching.lead_rule.{hit.rule_key}" for hit in similar.hits),
        evidence=tuple(EvidenceRow(each.text_key, dict(each.parameters)) for each in met),
        contact_name=lead.contact_name,
        account_name=lead.account_name,
        customer_need=labels.lookups.get(lead.customer_need_id or 0, ""),
        created_at=iso(lead.created_at),
    )
