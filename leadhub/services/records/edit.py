"""Contacts, accounts and campaigns: create and edit."""

from collections.abc import Mapping
from typing import Any

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.services.records.kinds import (
    MODELS,
    RecordDone,
    checked_values,
    kind_of,
    record_done,
    record_for_update,
    require_edit,
    require_name,
)
from leadhub.services.stale import refuse_stale


def create_record(entity: Entity, values: Mapping[str, Any], *, actor: Actor) -> RecordDone:
    """Add a contact, an account or a campaign from fields given by key; its owner is who adds it.

    Raises NotPermitted, InvalidFields, InvalidInput.
    """
    kind = kind_of(entity)
    require_edit(kind, actor)
    with write_session(actor, f"create {kind}") as session:
        checked = checked_values(session, kind, values)
        require_name(kind, checked)
        if kind is not Entity.CAMPAIGN:
            checked.setdefault("owner_id", actor.user_id)
        record = MODELS[kind](**checked)
        session.add(record)
        session.flush()
    return record_done(kind, record, action_id(session))


def edit_record(
    entity: Entity,
    record_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> RecordDone:
    """Save fields given by key. Two people may save one record as long as they touch different fields.

    Raises NotFound, NotPermitted, InvalidFields, StaleRecord with both values of what both touched.
    """
    kind = kind_of(entity)
    require_edit(kind, actor)
    with write_session(actor, f"edit {kind}") as session:
        record = record_for_update(session, kind, record_id, actor)
        checked = checked_values(session, kind, values, record)
        refuse_stale(session, kind, record, checked, expected_version)
        for column, value in checked.items():
            setattr(record, column, value)
    return record_done(kind, record, action_id(session))
