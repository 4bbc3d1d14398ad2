from sqlalchemy import func, select

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.models import Lead
from leadhub.queries.leads.counters import estimate
from leadhub.queries.leads.matching import matching
from leadhub.queries.leads.pages import matching_rows
from leadhub.queries.leads.plan import plan_page
from leadhub.queries.rows.leads import LeadTotals


def count_leads(query: ListQuery, *, actor: Actor) -> LeadTotals:
    """How many leads match, and the sum of their target amounts: of all of them, exactly."""
    with read_session() as session:
        known = estimate(session, query, actor=actor)
        if known.totals is not None:
            return known.totals
        wanted = matching(query, actor=actor, now=clock())
        plan = plan_page(session, wanted, LeadSort.NUMBER, known)
        statement = select(func.count(), func.coalesce(func.sum(Lead.target_amount_minor), 0))
        row = session.execute(matching_rows(statement, wanted, plan, session)).one()
        return LeadTotals(count=row[0], amount_minor=int(row[1]))
