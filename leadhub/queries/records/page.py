"""The page of a contact, an account, an activity or a campaign, in four statements."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session

from leadhub.access import activity_scope, contact_scope, lead_scope, opportunity_scope
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.permissions import Right, can
from leadhub.models import Activity, CommunicationOption, Contact, Lead, Opportunity
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.shown import as_primitive, iso
from leadhub.queries.records.columns import record_row, row_select
from leadhub.queries.records.matching import require_view, scope_of
from leadhub.queries.records.sorting import MODELS
from leadhub.queries.rows.lead_page import FieldValue
from leadhub.queries.rows.record_page import LinkedGroup, LinkedRow, OptionRow, RecordDetail
from leadhub.statements.leads import is_record_id

MOST_LINKED = 12
_L: Any = Lead
_O: Any = Opportunity
_A: Any = Activity
_C: Any = Contact
_NOTHING: ColumnElement[Any] = literal("")
_EDIT_RIGHTS = {
    Entity.CONTACT: (Right.EDIT_CONTACTS, Right.DELETE_CONTACTS),
    Entity.ACCOUNT: (Right.EDIT_CONTACTS, Right.DELETE_CONTACTS),
    Entity.CAMPAIGN: (Right.EDIT_CAMPAIGNS, Right.EDIT_CAMPAIGNS),
    Entity.ACTIVITY: (Right.EDIT_ACTIVITY, Right.EDIT_ACTIVITY),
}


def get_record(entity: Entity, record_id: int, *, actor: Actor) -> RecordDetail:
    """Raises NotFound for one that is not there or that the actor may not see, NotPermitted."""
    require_view(entity, actor)
    if entity not in _EDIT_RIGHTS or not is_record_id(record_id):
        raise NotFound()
    columns = tuple(fields_of(entity))
    model: Any = MODELS[entity]
    with read_session() as session:
        labels = labels_of(session)
        statement = row_select(entity, columns).where(model.id == record_id, scope_of(entity, actor))
        row = session.execute(statement).mappings().one_or_none()
        if row is None:
            raise NotFound()
        shown = record_row(entity, row, columns, labels)
        options = _options(session, entity, record_id)
        linked = _linked(session, entity, record_id, labels, actor)
    edit, delete = _EDIT_RIGHTS[entity]
    is_open = not (entity is Entity.ACTIVITY and shown.is_done)
    specs = fields_of(entity)
    return RecordDetail(
        id=shown.id,
        version=shown.version,
        title=shown.title,
        state=shown.state,
        fields={
            key: FieldValue(as_primitive(row[specs[key].column]), text) for key, text in shown.cells.items()
        },
        refs=shown.refs,
        options=options,
        linked=linked,
        by_process=shown.by_process,
        can_edit=is_open and can(actor, edit),
        can_delete=can(actor, delete) and not (shown.by_process and is_open),
    )


def _options(session: Session, entity: Entity, record_id: int) -> tuple[OptionRow, ...]:
    owner: Any = {
        Entity.CONTACT: CommunicationOption.contact_id,
        Entity.ACCOUNT: CommunicationOption.account_id,
    }.get(entity)
    if owner is None:
        return ()
    found = select(CommunicationOption).where(owner == record_id)
    ordered = found.order_by(CommunicationOption.position, CommunicationOption.id)  # type: ignore[arg-type]
    return tuple(OptionRow(o.id or 0, o.kind, o.label, o.value) for o in session.scalars(ordered))


def _linked(
    session: Session, entity: Entity, record_id: int, labels: Labels, actor: Actor
) -> tuple[LinkedGroup, ...]:
    """What points at the record, the newest first; open activities before what is done."""
    parts = _parts(entity, record_id, actor)
    if not parts:
        return ()
    every = union_all(*(select(part.subquery()) for part in parts.values()))
    groups: dict[str, list[LinkedRow]] = {kind: [] for kind in parts}
    counts = dict.fromkeys(parts, 0)
    for row in session.execute(every).mappings():
        kind = row["kind"]
        counts[kind] = row["total"]
        groups[kind].append(
            LinkedRow(
                kind=kind,
                id=row["id"],
                title=row["title"],
                detail=row["detail"] or labels.users.get(row["owner_id"], ""),
                state=row["state"],
                stage_label=labels.stage_label(row["version_id"], row["stage_key"])
                if row["stage_key"]
                else "",
                at=iso(row["at"]),
            )
        )
    return tuple(LinkedGroup(kind, counts[kind], tuple(rows)) for kind, rows in groups.items())


def _parts(entity: Entity, record_id: int, actor: Actor) -> dict[str, Select[Any]]:
    if entity is Entity.CAMPAIGN:
        return {
            "lead": _leads(_L.campaign_id == record_id, actor),
            "opportunity": _opportunities(_O.campaign_id == record_id, actor),
        }
    if entity is Entity.ACCOUNT:
        return {
            "contact": _contacts(_C.account_id == record_id, actor),
            "lead": _leads(_L.account_id == record_id, actor),
            "opportunity": _opportunities(_O.account_id == record_id, actor),
            "activity": _activities(_A.account_id == record_id, actor),
        }
    if entity is Entity.CONTACT:
        return {
            "lead": _leads(_L.contact_id == record_id, actor),
            "opportunity": _opportunities(_O.contact_id == record_id, actor),
            "activity": _activities(_A.contact_id == record_id, actor),
        }
    return {}


def _columns(kind: str, model: Any, title: Any, **given: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        model.id.label("id"),
        title.label("title"),
        given.get("detail", _NOTHING).label("detail"),
        given.get("owner", model.owner_id).label("owner_id"),
        given.get("state", _NOTHING).label("state"),
        given.get("version", literal_column("0")).label("version_id"),
        given.get("stage", _NOTHING).label("stage_key"),
        given.get("at", model.created_at).label("at"),
        func.count().over().label("total"),
    )


def _contacts(condition: ColumnElement[bool], actor: Actor) -> Select[Any]:
    statement = _columns("contact", _C, _C.name, detail=_C.job_title)
    return statement.where(condition, contact_scope(actor)).order_by(_C.name_sort, _C.id).limit(MOST_LINKED)


def _leads(condition: ColumnElement[bool], actor: Actor) -> Select[Any]:
    statement = _columns(
        "lead", _L, _L.display_title, state=_L.state, version=_L.process_version_id, stage=_L.stage_key
    )
    return statement.where(condition, lead_scope(actor)).order_by(_L.id.desc()).limit(MOST_LINKED)


def _opportunities(condition: ColumnElement[bool], actor: Actor) -> Select[Any]:
    statement = _columns(
        "opportunity", _O, _O.title, state=_O.state, version=_O.process_version_id, stage=_O.stage_key
    )
    return statement.where(condition, opportunity_scope(actor)).order_by(_O.id.desc()).limit(MOST_LINKED)


def _activities(condition: ColumnElement[bool], actor: Actor) -> Select[Any]:
    statement = _columns(
        "activity", _A, _A.title, state=_A.status, at=func.coalesce(_A.completed_at, _A.due_at, _A.created_at)
    )
    planned_first = (_A.status == "planned").desc()
    ordered = statement.where(condition, activity_scope(actor)).order_by(planned_first, _A.id.desc())
    return ordered.limit(MOST_LINKED)
