"""The board: a column for each stage of a lead type (or each life-cycle state), true totals, first cards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, union_all
from sqlalchemy.orm import Session

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.list_query import Filter, FilterGroup, LeadSort, ListQuery, Operator
from leadhub.domain.process.vocabulary import LifecycleState
from leadhub.models import Lead, LeadCounter
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.columns import chosen_columns, lead_row, row_select
from leadhub.queries.leads.counters import estimate, totals_by
from leadhub.queries.leads.list import list_leads
from leadhub.queries.leads.matching import Matching, matching
from leadhub.queries.leads.pages import matching_rows, number, walk_only
from leadhub.queries.leads.plan import Plan, plan_page
from leadhub.queries.leads.sorting import SORTS, cursor_text, phases, place_of
from leadhub.queries.rows.leads import Board, BoardColumn, LeadPage, LeadTotals

MOST_CARDS = 100
_TABLE = Lead.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Column:
    key: str
    label: str
    state: str


def get_board(
    query: ListQuery, *, actor: Actor, lead_type: str = "", cards: int = 20, with_totals: bool = True
) -> Board:
    """Columns are the stages of `lead_type`, or the life-cycle states (labelled by their key) when it is "".

    Totals are of every lead that matches. `with_totals=False` leaves out those that counters do not have, for
    cards first and totals after. Raises NotFound for an unknown lead type.
    """
    cards = max(1, min(cards, MOST_CARDS))
    now = clock()
    with read_session() as session:
        labels = labels_of(session)
        type_id, columns = _columns(labels, lead_type)
        asked = _of_type(query, type_id)
        wanted = matching(asked, actor=actor, now=now)
        known = estimate(session, asked, actor=actor)
        sort = _card_sort(asked)
        plan = plan_page(session, wanted, sort, known)
        by_stage = type_id is not None
        totals = totals_by(
            session, asked, LeadCounter.stage_key if by_stage else LeadCounter.state, actor=actor
        )
        if totals is None and with_totals:
            totals = _totals(session, wanted, plan, by_stage)
        find = _collected if plan.collect else _walked
        found = find(session, wanted, asked, sort, plan, columns, by_stage, cards + 1)
    shown = chosen_columns(query)

    def column(one: _Column) -> BoardColumn:
        rows = found.get(one.key, [])
        total = None if totals is None else totals.get(one.key, LeadTotals())
        return BoardColumn(
            key=one.key,
            label=one.label,
            state=one.state,
            is_final=LifecycleState(one.state).is_final,
            count=None if total is None else total.count,
            amount_minor=None if total is None else total.amount_minor,
            cards=tuple(lead_row(row, shown, labels, actor=actor, now=now) for row in rows[:cards]),
            next_cursor=cursor_text(place_of(rows[cards - 1], sort)) if len(rows) > cards else "",
        )

    return Board(
        lead_type=lead_type,
        columns=tuple(column(one) for one in columns),
        total=None if totals is None else sum(t.count for t in totals.values()),
        amount_minor=None if totals is None else sum(t.amount_minor for t in totals.values()),
    )


def list_board_cards(
    query: ListQuery, column: str, *, actor: Actor, lead_type: str = "", cursor: str = "", limit: int = 20
) -> LeadPage:
    """More cards of one column, from its cursor on. Raises NotFound for an unknown type or column."""
    with read_session() as session:
        labels = labels_of(session)
    type_id, columns = _columns(labels, lead_type)
    if column not in {one.key for one in columns}:
        raise NotFound("views.error.column_unknown")
    asked = _of_type(query, type_id)
    field = "state" if type_id is None else "stage"
    group = FilterGroup((Filter(field, Operator.IS, (column,)),))
    sort = _card_sort(asked)
    one_column = replace(asked, groups=(*asked.groups, group), sort=sort.value)
    return list_leads(one_column, actor=actor, cursor=cursor, limit=limit)


def _columns(labels: Labels, lead_type: str) -> tuple[int | None, list[_Column]]:
    if not lead_type:
        return None, [_Column(state.value, state.value, state.value) for state in LifecycleState]
    type_id = next((i for i, (key, _) in labels.lead_types.items() if key == lead_type), None)
    if type_id is None:
        raise NotFound("views.error.lead_type_unknown")
    definition = labels.processes[labels.type_versions[type_id]]
    return type_id, [
        _Column(stage.key, stage.label, stage.state.value)
        for stage in definition.stages
        if not stage.is_switched_off
    ]


def _of_type(query: ListQuery, type_id: int | None) -> ListQuery:
    """The query within one lead type; its own "any of" groups stay together."""
    if type_id is None:
        return query
    only = FilterGroup((Filter("lead_type", Operator.IS, (str(type_id),)),))
    if query.any and query.groups:
        flat = tuple(one for group in query.groups for one in group.filters)
        return replace(query, any=False, groups=(only, FilterGroup(flat, any=True)))
    return replace(query, groups=(*query.groups, only))


def _card_sort(query: ListQuery) -> LeadSort:
    """By owner needs one walk for each owner: too many on a board, so the newest stand first instead."""
    sort = LeadSort(query.sort)
    return LeadSort.CREATED_AT if sort in (LeadSort.OWNER, LeadSort.STAGE) else sort


def _in_column(one: _Column, by_stage: bool) -> ColumnElement[bool]:
    """With the stage its state, which stands in every sort's index."""
    in_state = Lead.state == one.state
    return and_(in_state, Lead.stage_key == one.key) if by_stage else in_state  # type: ignore[return-value,arg-type]


def _walked(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    sort: LeadSort,
    plan: Plan,
    columns: Sequence[_Column],
    by_stage: bool,
    need: int,
) -> dict[str, list[Any]]:
    """Up to `need` rows for each column: one statement, a second where columns end in empty values."""
    spec = SORTS[sort]
    walk_only(session)
    condition = wanted.every_walked(session)
    found: dict[str, list[Any]] = {one.key: [] for one in columns}
    for phase in phases(spec, descending=query.descending, cursor=None):
        parts = []
        for rank, one in enumerate(columns):
            missing = need - len(found[one.key])
            if missing <= 0:
                continue
            ids = (
                select(Lead.id, number(rank).label("rank"))
                .where(_in_column(one, by_stage), condition)
                .order_by(*phase.order)
                .limit(missing)
            )
            if phase.condition is not None:
                ids = ids.where(phase.condition)
            index = SORTS[sort].index if LifecycleState(one.state).is_final else plan.index
            if index:
                ids = ids.with_hint(_TABLE, f"INDEXED BY {index}", "sqlite")
            parts.append(select(ids.subquery()))
        if not parts:
            break
        every = union_all(*parts).subquery()
        rows = row_select(chosen_columns(query), spec.column.label("sorted_by"), every.c.rank)
        ordered = rows.join(every, every.c.id == Lead.id).order_by(every.c.rank, *phase.order)
        for row in session.execute(ordered).mappings():
            found[columns[row["rank"]].key].append(row)
    return found


def _collected(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    sort: LeadSort,
    plan: Plan,
    columns: Sequence[_Column],
    by_stage: bool,
    need: int,
) -> dict[str, list[Any]]:
    """The same for few hits: all of them, numbered within their column."""
    spec = SORTS[sort]
    by: Any = Lead.stage_key if by_stage else Lead.state
    empty = case((spec.is_empty, 1), else_=0) if spec.has_empty else number(0)
    order = [spec.column.desc() if query.descending else spec.column.asc()]
    order.append(Lead.id.desc() if query.descending else Lead.id.asc())  # type: ignore[union-attr]
    if spec.has_empty:
        order.insert(0, empty.asc())
    ranked = func.row_number().over(partition_by=by, order_by=order).label("place")
    hits = matching_rows(select(Lead.id, ranked), wanted, plan, session).subquery()
    rows = row_select(chosen_columns(query), spec.column.label("sorted_by"), hits.c.place)
    cut = rows.join(hits, hits.c.id == Lead.id).where(hits.c.place <= need).order_by(hits.c.place)
    found: dict[str, list[Any]] = {one.key: [] for one in columns}
    for row in session.execute(cut).mappings():
        found.setdefault(row["stage_key"] if by_stage else row["state"], []).append(row)
    return found


def _totals(session: Session, wanted: Matching, plan: Plan, by_stage: bool) -> dict[str, LeadTotals]:
    by: Any = Lead.stage_key if by_stage else Lead.state
    amount = func.coalesce(func.sum(Lead.target_amount_minor), 0)
    statement = matching_rows(select(by, func.count(), amount), wanted, plan, session).group_by(by)
    return {key: LeadTotals(count, int(total)) for key, count, total in session.execute(statement)}
