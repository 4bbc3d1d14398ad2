"""How many leads match, by stage, source and owner: each bar is true for the whole filter."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import ListQuery
from leadhub.domain.permissions import Right, require
from leadhub.models import Lead, LeadCounter
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.counters import totals_by
from leadhub.queries.leads.matching import matching
from leadhub.queries.rows.breakdown import Bar

MOST_BARS = 12


def list_bars(query: ListQuery, by: str, *, actor: Actor) -> list[Bar]:
    """`by`: state, stage, owner or source. The longest bars first, states in their order."""
    require(actor, Right.VIEW_LEADS)
    with read_session() as session:
        labels = labels_of(session)
        counts = _counts(session, query, by, actor)
    bars = [
        Bar(key=str(value or ""), label=_label(labels, by, value), count=count, field=by)
        for value, count in counts.items()
        if count
    ]
    bars.sort(key=lambda bar: (-bar.count, bar.label))
    longest = max((bar.count for bar in bars), default=0)
    return [
        Bar(bar.key, bar.label, bar.count, bar.field, round(100 * bar.count / longest, 1))
        for bar in bars[:MOST_BARS]
    ]


def _counts(session: Session, query: ListQuery, by: str, actor: Actor) -> dict[Any, int]:
    counted: dict[str, Any] = {
        "state": LeadCounter.state,
        "stage": LeadCounter.stage_key,
        "owner": LeadCounter.owner_id,
    }
    if by in counted:
        totals = totals_by(session, query, counted[by], actor=actor)
        if totals is not None:
            return {value: total.count for value, total in totals.items()}
    columns: dict[str, Any] = {
        "state": Lead.state,
        "stage": Lead.stage_key,
        "owner": Lead.owner_id,
        "source": Lead.source_id,
    }
    column = columns[by]
    wanted = matching(query, actor=actor, now=clock())
    rows = session.execute(select(column, func.count()).where(wanted.every(session)).group_by(column))
    return {row[0]: row[1] for row in rows}


def _label(labels: Labels, by: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if by == "owner":
        return labels.users.get(value, "")
    if by == "source":
        return labels.lookups.get(value, "")
    if by == "stage":
        names = []
        for version_id in labels.type_versions.values():
            stage = labels.stage(version_id, value)
            if stage is not None and stage.label not in names:
                names.append(stage.label)
        return " / ".join(names) or str(value)
    return str(value)
