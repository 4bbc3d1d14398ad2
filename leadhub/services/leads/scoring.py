from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from leadhub.db import announce, derived_session, enqueue, now
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.scoring_rules import MODEL, RuleScore, ScoringFacts, band_of, score_by_rules
from leadhub.models import Activity, Lead, LeadScore, LookupValue
from leadhub.statements.leads import lead_of
from leadhub.statements.process_facts import is_customer

_LEAD = Lead.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ScoredLead:
    lead_id: int
    score: int
    is_qualified: bool


def request_score(session: Session, lead: Lead) -> None:
    """Have the lead scored once this transaction has committed; several requests at once are one job."""
    enqueue(session, "score_lead", lead.id, key=str(lead.id))


def request_scores(session: Session, leads: Sequence[Lead]) -> None:
    """The same for many, as one job."""
    if leads:
        enqueue(session, "score_leads", [lead.id for lead in leads])


def score_lead(lead_id: int, *, actor: Actor) -> ScoredLead:
    """Evaluate the predictive score of one lead; one that is not qualified has 0 (C-77, C-81, C-86).

    Raises LeadNotFound, NotPermitted.
    """
    require(actor, Right.VIEW_LEADS)
    with derived_session(actor, "score lead") as session:
        lead = lead_of(session, lead_id, actor)
        return write_score(session, lead)


def write_score(session: Session, lead: Lead) -> ScoredLead:
    lead_id = lead.id or 0
    if lead.qualified_at is None:
        _set_score(session, lead, 0)
        return ScoredLead(lead_id, 0, False)
    scored = score_by_rules(_facts(session, lead), now())
    session.add(_history(lead_id, scored))
    _set_score(session, lead, scored.score)
    return ScoredLead(lead_id, scored.score, True)


def _history(lead_id: int, scored: RuleScore) -> LeadScore:
    reasons = [{"key": r.text_key, "points": r.points, "params": r.params} for r in scored.reasons]
    return LeadScore(
        lead_id=lead_id, score=scored.score, band=scored.band, model=MODEL, reasons=reasons, at=now()
    )


def _set_score(session: Session, lead: Lead, score: int) -> None:
    """Past the log and the version: a score is derived, and must not make anybody's form stale."""
    if (lead.score, lead.score_band) == (score, band_of(score)):
        return
    session.execute(update(_LEAD).where(_LEAD.c.id == lead.id).values(score=score, score_band=band_of(score)))
    session.refresh(lead, ["score", "score_band"])
    announce(session, "lead", lead.id or 0)


def _facts(session: Session, lead: Lead) -> ScoringFacts:
    counted = session.execute(
        select(Activity.kind, func.count())
        .where(Activity.lead_id == lead.id, Activity.status == "done", Activity.by_process.is_(False))
        .group_by(Activity.kind)
    )
    done: dict[str, int] = {row[0]: row[1] for row in counted}
    source = session.get(LookupValue, lead.source_id) if lead.source_id is not None else None
    return ScoringFacts(
        has_need=lead.customer_need_id is not None,
        has_contact=lead.contact_id is not None,
        has_account=lead.account_id is not None,
        has_email=bool(lead.email),
        has_phone=bool(lead.mobile_phone or lead.business_phone),
        job_title=lead.job_title,
        has_website=bool(lead.website),
        has_industry=lead.industry_id is not None,
        employees=lead.employees,
        budget_minor=lead.budget_minor or lead.target_amount_minor,
        decision_known=lead.decision_at is not None or lead.estimated_close_on is not None,
        source_key=(source.key or "") if source else "",
        account_is_customer=is_customer(session, lead),
        calls=done.get("call", 0),
        meetings=done.get("meeting", 0) + done.get("appointment", 0),
        emails=done.get("email", 0),
        last_activity_at=lead.last_activity_at,
        qualified_at=lead.qualified_at,
        not_interested=lead.need_maturity == "not_interested",
    )
