"""What somebody should do today, in the order in which to do it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from leadhub.access import activity_scope, lead_scope
from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query.dates import start_of, today_in
from leadhub.domain.list_query.views import HOT_SCORE, UNTOUCHED_DAYS
from leadhub.domain.permissions import Right, require
from leadhub.models import Activity, Lead
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.matching import still_open
from leadhub.queries.leads.shown import iso
from leadhub.queries.rows.my_day import DayRow, DaySection, MyDay

MOST_ROWS = 8
#: Holds all that the sections ask of somebody's open leads.
INDEX = "ix_lead_open_day"
NEW_DAYS = 7
_L: Any = Lead
_A: Any = Activity


def get_my_day(*, actor: Actor) -> MyDay:
    """The actor's own day: tasks overdue and due, leads to accept, follow-ups, new, hot and untouched leads.

    Raises NotPermitted.
    """
    require(actor, Right.VIEW_LEADS)
    now = clock()
    tomorrow = start_of(today_in(now, actor.time_zone) + timedelta(days=1), actor.time_zone)
    with read_session() as session:
        labels = labels_of(session)
        late, late_count, due, due_count = _tasks(session, labels, actor, now, tomorrow)
        leads = _leads(session, labels, actor, now)
    sections = [DaySection("overdue", late_count, late), DaySection("due", due_count, due)]
    seen: set[int] = set()
    for key, (count, rows) in leads.items():
        fresh = [row for row in rows if row.lead_id not in seen][:MOST_ROWS]
        seen.update(row.lead_id for row in fresh)
        sections.append(DaySection(key, count, fresh))
    return MyDay(
        sections=tuple(section for section in sections if section.rows),
        task_count=due_count,
        overdue_count=late_count,
    )


def _tasks(
    session: Session, labels: Labels, actor: Actor, now: datetime, tomorrow: datetime
) -> tuple[list[DayRow], int, list[DayRow], int]:
    mine = (_A.owner_id == actor.user_id, _A.status == "planned", activity_scope(actor))

    def part(late: bool) -> Select[Any]:
        when = _A.due_at < now if late else and_(_A.due_at >= now, _A.due_at < tomorrow)
        found = (
            select(_A.id.label("id"), func.count().over().label("total"), literal(int(late)).label("late"))
            .where(*mine, when)
            .order_by(_A.due_at, _A.id)
            .limit(MOST_ROWS)
        )
        return select(found.subquery())

    both = union_all(part(True), part(False)).subquery()
    statement = (
        select(
            _A.id, _A.title, _A.kind, _A.due_at, _A.by_process, _A.lead_id, _A.opportunity_id,
            _L.display_title, _L.contact_name, _L.account_name, _L.stage_key, _L.state, _L.score,
            _L.process_version_id, both.c.late, both.c.total,
        )
        .join(both, both.c.id == _A.id)
        .outerjoin(_L, _L.id == _A.lead_id)
        .order_by(_A.due_at, _A.id)
    )  # fmt: skip
    late: list[DayRow] = []
    due: list[DayRow] = []
    totals = {1: 0, 0: 0}
    for row in session.execute(statement).mappings():
        totals[row["late"]] = row["total"]
        (late if row["late"] else due).append(_task(row, labels))
    return late, totals[1], due, totals[0]


def _task(row: Any, labels: Labels) -> DayRow:
    about = [row["display_title"], row["contact_name"], row["account_name"]]
    return DayRow(
        key=f"activity-{row['id']}",
        title=row["title"],
        activity_id=row["id"],
        lead_id=row["lead_id"] or 0,
        opportunity_id=row["opportunity_id"] or 0,
        kind=row["kind"],
        about=_joined(about[:1]) or _joined(about[1:]),
        stage_label=labels.stage_label(row["process_version_id"], row["stage_key"]) if row["lead_id"] else "",
        state=row["state"] or "",
        score=row["score"] or 0,
        at=iso(row["due_at"]),
        is_overdue=bool(row["late"]),
        by_process=row["by_process"],
    )


def _leads(
    session: Session, labels: Labels, actor: Actor, now: datetime
) -> dict[str, tuple[int, list[DayRow]]]:
    parts = [
        _part(number, condition, order, since)
        for number, (condition, order, since) in enumerate(_questions(actor, now).values())
    ]
    every = union_all(*parts).subquery()
    statement = (
        select(
            _L.id, _L.display_title, _L.contact_name, _L.account_name, _L.stage_key, _L.state, _L.score,
            _L.process_version_id, _L.next_follow_up_on, every.c.section, every.c.total, every.c.since,
        )
        .join(every, every.c.id == _L.id)
        .where(lead_scope(actor))
        .order_by(every.c.section, every.c.place)
    )  # fmt: skip
    keys = list(_questions(actor, now))
    found: dict[str, tuple[int, list[DayRow]]] = {}
    today = today_in(now, actor.time_zone)
    for row in session.execute(statement).mappings():
        key = keys[row["section"]]
        _, rows = found.setdefault(key, (row["total"], []))
        on = row["next_follow_up_on"]
        at = iso(on) if key == "follow_up" else iso(row["since"])
        rows.append(
            DayRow(
                key=f"{key}-{row['id']}",
                title=row["display_title"],
                lead_id=row["id"],
                about=_joined([row["contact_name"], row["account_name"]], but=row["display_title"]),
                stage_label=labels.stage_label(row["process_version_id"], row["stage_key"]),
                state=row["state"],
                score=row["score"],
                at=at,
                is_overdue=key == "follow_up" and on is not None and on < today,
            )
        )
    return found


def _questions(actor: Actor, now: datetime) -> dict[str, tuple[ColumnElement[bool], list[Any], Any]]:
    """Section → which open leads, in which order, and the moment that is shown."""
    today = today_in(now, actor.time_zone)
    mine = and_(_L.owner_id == actor.user_id, still_open())
    long_ago = now - timedelta(days=UNTOUCHED_DAYS)
    given = func.coalesce(_L.assigned_at, _L.created_at)
    quiet = or_(_L.last_activity_at.is_(None), _L.last_activity_at < long_ago)
    waits = and_(_L.owner_id.is_(None), _L.unit_id.in_(actor.unit_ids), still_open())
    fresh = and_(
        _L.assigned_at >= now - timedelta(days=NEW_DAYS),
        or_(_L.last_activity_at.is_(None), _L.last_activity_at <= _L.assigned_at),
    )
    return {
        "to_accept": (waits, [_L.created_at, _L.id], _L.created_at),
        "new": (and_(mine, fresh), [_L.assigned_at.desc(), _L.id.desc()], _L.assigned_at),
        "follow_up": (and_(mine, _L.next_follow_up_on <= today), [_L.next_follow_up_on, _L.id], given),
        "hot": (and_(mine, _L.score >= HOT_SCORE), [_L.score.desc(), _L.id.desc()], _L.last_activity_at),
        "untouched": (
            and_(mine, _L.created_at < long_ago, quiet),
            [_L.created_at, _L.id],
            func.coalesce(_L.last_activity_at, _L.created_at),
        ),
    }


def _part(number: int, condition: ColumnElement[bool], order: list[Any], since: Any) -> Select[Any]:
    found = (
        select(
            _L.id.label("id"),
            literal(number).label("section"),
            func.count().over().label("total"),
            func.row_number().over(order_by=order).label("place"),
            since.label("since"),
        )
        .where(condition)
        .order_by(*order)
        .limit(MOST_ROWS * 2)
        .with_hint(Lead.__table__, f"INDEXED BY {INDEX}", "sqlite")  # type: ignore[attr-defined]
    )
    return select(found.subquery())


def _joined(parts: list[str | None], *, but: str = "") -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part and part != but))
