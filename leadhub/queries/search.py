"""Global search (Ctrl+K): leads, contacts, accounts and opportunities in five statements."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from leadhub.access import account_scope, contact_scope, lead_scope, opportunity_scope
from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import LeadListQuery, LeadSort, SearchTerm, parse_search
from leadhub.models import Account, Contact, Lead, Opportunity
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.counters import estimate
from leadhub.queries.leads.matching import matching
from leadhub.queries.leads.pages import collect_page, walk_page
from leadhub.queries.leads.plan import plan_page
from leadhub.queries.rows.search import SearchHit, SearchResults
from leadhub.statements.text_search import holds_term, term_hits

MOST_HITS = 20
#: Of a common term so many hits are looked at for the ones to show.
_LOOKED_AT = 300


def search_records(text: str, *, actor: Actor, limit: int = 5) -> SearchResults:
    """What of each kind holds the words, leads with the newest change first; nothing for empty text."""
    limit = max(1, min(limit, MOST_HITS))
    query = LeadListQuery(sort=LeadSort.UPDATED_AT.value, descending=True).with_search(text)
    term = parse_search(query.search)
    if term.is_empty or actor.role is None:
        return SearchResults()
    with read_session() as session:
        labels = labels_of(session)
        leads = _leads(session, query, actor, limit + 1)
        others = _others(session, term, actor, limit + 1)
    found: dict[str, list[SearchHit]] = {"lead": [], "contact": [], "account": [], "opportunity": []}
    for row in (*others, *leads):
        hit = _hit(row, labels)
        if all(hit.id != known.id for known in found[hit.kind]):
            found[hit.kind].append(hit)
    return SearchResults(
        leads=tuple(found["lead"][:limit]),
        contacts=tuple(found["contact"][:limit]),
        accounts=tuple(found["account"][:limit]),
        opportunities=tuple(found["opportunity"][:limit]),
        more=frozenset(kind for kind, hits in found.items() if len(hits) > limit),
    )


def _leads(session: Session, query: LeadListQuery, actor: Actor, need: int) -> list[Any]:
    wanted = matching(query, actor=actor, now=clock())
    plan = plan_page(session, wanted, LeadSort.UPDATED_AT, estimate(session, query, actor=actor))
    if plan.collect:
        rows, _ = collect_page(session, wanted, query, plan, ("number",), place=None, need=need, order=())
    else:
        rows = walk_page(session, wanted, query, plan, ("number",), place=None, need=need)
    return [
        {
            "kind": "lead",
            "id": row["id"],
            "title": row["display_title"],
            "detail": row["account_name"] or row["contact_name"] or row["email"],
            "version_id": row["process_version_id"],
            "stage_key": row["stage_key"],
            "state": row["state"],
        }
        for row in rows
    ]


def _others(session: Session, term: SearchTerm, actor: Actor, need: int) -> list[Any]:
    nothing: ColumnElement[Any] = literal("")
    parts = [
        _part(session, term, "contact", Contact, Contact.name, Contact.email, contact_scope(actor), need),
        _part(session, term, "account", Account, Account.name, Account.city, account_scope(actor), need),
        _part(
            session, term, "opportunity", Opportunity, Opportunity.title, nothing, opportunity_scope(actor),
            need, staged=True,
        ),
    ]  # fmt: skip
    number = term.words[0] if len(term.words) == 1 else term.prefix
    if number.isascii() and number.isdigit() and len(number) < 16:
        exact = _columns("lead", Lead, Lead.display_title, Lead.account_name, staged=True)
        parts.append(exact.where(Lead.id == int(number), lead_scope(actor)))  # type: ignore[arg-type]
    return list(session.execute(union_all(*(select(part.subquery()) for part in parts))).mappings())


def _part(
    session: Session,
    term: SearchTerm,
    kind: str,
    model: type[SQLModel],
    title: Any,
    detail: Any,
    scope: ColumnElement[bool],
    need: int,
    *,
    staged: bool = False,
) -> Select[Any]:
    table = model.__table__  # type: ignore[attr-defined]
    statement = _columns(kind, model, title, detail, staged=staged)
    statement = statement.where(scope, holds_term(session, term, model))
    hits = term_hits(session, term, model)
    if hits is not None:
        looked_at = hits.limit(_LOOKED_AT).subquery()
        statement = statement.where(table.c.id.in_(select(looked_at.c.id)))
    return statement.order_by(func.lower(title), table.c.id).limit(need)


def _columns(kind: str, model: type[SQLModel], title: Any, detail: Any, *, staged: bool) -> Select[Any]:
    table = model.__table__  # type: ignore[attr-defined]
    return select(
        literal(kind).label("kind"),
        table.c.id,
        title.label("title"),
        detail.label("detail"),
        (table.c.process_version_id if staged else literal_column("0")).label("version_id"),
        (table.c.stage_key if staged else literal("")).label("stage_key"),
        (table.c.state if staged else literal("")).label("state"),
    )


def _hit(row: Any, labels: Labels) -> SearchHit:
    stage = labels.stage_label(row["version_id"], row["stage_key"]) if row["stage_key"] else ""
    return SearchHit(row["kind"], row["id"], row["title"], row["detail"] or "", stage, row["state"])
