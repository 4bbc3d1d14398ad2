"""Two people saving one record: only fields that both have touched are a conflict."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import as_stored
from leadhub.domain.errors import StaleRecord
from leadhub.domain.fields import Entity, fields_of
from leadhub.models import ChangeAction, ChangeRow, ChangeSet, Record


def refuse_stale(
    session: Session,
    entity: Entity,
    record: Record,
    mine: Mapping[str, Any],
    expected_version: int | None,
) -> None:
    """Raises StaleRecord if somebody else has changed one of these columns since that version.

    A transaction raises a record's version by one, so the newest rows of the log, as many as the version
    has risen, are what happened since.
    """
    if expected_version is None or record.version == expected_version or not mine:
        return
    rows = session.execute(
        select(ChangeRow.values, ChangeAction.actor_name)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(ChangeAction, ChangeAction.id == ChangeSet.action_id)
        .where(
            ChangeRow.table_name == record.__tablename__,
            ChangeRow.record_id == record.id,
            ChangeRow.operation == "update",
        )
        .order_by(ChangeRow.id.desc())
        .limit(max(0, record.version - expected_version))
    ).all()
    clashes: dict[str, tuple[Any, Any, Any]] = {}
    by = ""
    for spec in fields_of(entity).values():
        touched = [row for row in rows if spec.column in row.values] if spec.column in mine else []
        if not touched:
            continue
        loaded = as_stored(type(record), spec.column, touched[-1].values[spec.column][0])
        theirs = getattr(record, spec.column)
        if theirs not in (loaded, mine[spec.column]):
            clashes[spec.key] = (loaded, theirs, mine[spec.column])
            by = by or touched[0].actor_name
    if clashes:
        raise StaleRecord(clashes, version=record.version, by=by)
