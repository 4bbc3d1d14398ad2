from leadhub.domain.actor import system_actor
from leadhub.domain.errors import LeadNotFound
from leadhub.jobs.registry import task
from leadhub.services.leads import scoring


@task("score_leads")
def score_leads(lead_ids: list[int]) -> None:
    """Many leads, each in a short transaction of its own."""
    for lead_id in lead_ids:
        score_lead(lead_id)


@task("score_lead")
def score_lead(lead_id: int) -> None:
    """One lead, as it is now; one that has been deleted since needs no score."""
    try:
        scoring.score_lead(lead_id, actor=system_actor())
    except LeadNotFound:
        return
