"""Small builders with keyword overrides; every one goes through a write session."""

import itertools
from typing import Any

from sqlalchemy import select

from leadhub.db import now, write_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.models import (
    Account,
    Activity,
    BusinessGroup,
    Contact,
    Lead,
    LeadType,
    LookupValue,
    Opportunity,
    ProcessVersion,
    Record,
    Unit,
    UnitMember,
    User,
)

_numbers = itertools.count(1)


def save(record: Record) -> int:
    """Store one record as the system; returns its id."""
    with write_session(system_actor(), "arrange test") as session:
        session.add(record)
        session.flush()
        assert record.id is not None
        return record.id


def make_group(**fields: Any) -> int:
    return save(BusinessGroup(**{"name": f"Group {next(_numbers)}", **fields}))


def make_unit(**fields: Any) -> int:
    return save(Unit(**{"name": f"Unit {next(_numbers)}", **fields}))


def make_user(role: Role = Role.SALES, *, unit_ids: tuple[int, ...] = (), **fields: Any) -> int:
    n = next(_numbers)
    user_id = save(
        User(**{"email": f"user{n}@example.com", "name": f"User {n}", "role": role.value, **fields})
    )
    for unit_id in unit_ids:
        save(UnitMember(unit_id=unit_id, user_id=user_id))
    return user_id


def make_actor(role: Role = Role.SALES, *, unit_ids: tuple[int, ...] = (), **fields: Any) -> Actor:
    """A stored user of that role, as an actor."""
    name = f"{role.value.capitalize()} {next(_numbers)}"
    user_id = make_user(role, unit_ids=unit_ids, name=name)
    return Actor(user_id=user_id, role=role, name=name, unit_ids=frozenset(unit_ids), **fields)


def make_account(**fields: Any) -> int:
    return save(Account(**{"name": f"Account {next(_numbers)}", **fields}))


def make_contact(**fields: Any) -> int:
    return save(Contact(**{"name": f"Contact {next(_numbers)}", **fields}))


def lookup_id(lookup: str, key: str) -> int:
    with write_session(system_actor(), "look up") as session:
        found = session.scalar(
            select(LookupValue.id).where(LookupValue.lookup == lookup, LookupValue.key == key)
        )
    assert found is not None
    return found


def make_lead(*, lead_type: str = "customer", **fields: Any) -> int:
    """A lead stored as it is given, at the first stage unless told otherwise, without its process."""
    with write_session(system_actor(), "arrange test") as session:
        kind = session.scalars(select(LeadType).where(LeadType.key == lead_type)).one()
        version = session.get_one(ProcessVersion, kind.process_version_id)
        first = next(stage for stage in version.definition["stages"] if stage.get("is_initial"))
        lead = Lead(
            **{
                "lead_type_id": kind.id,
                "process_version_id": kind.process_version_id,
                "stage_key": first["key"],
                "state": first["state"],
                "stage_entered_at": now(),
                "contact_name": f"Contact {next(_numbers)}",
                **fields,
            }
        )
        session.add(lead)
        session.flush()
        assert lead.id is not None
        return lead.id


def make_activity(**fields: Any) -> int:
    return save(Activity(**{"kind": "task", "title": f"Task {next(_numbers)}", **fields}))


def make_opportunity(**fields: Any) -> int:
    with write_session(system_actor(), "arrange test") as session:
        version_id = session.scalar(
            select(ProcessVersion.id).where(ProcessVersion.process_key == "corporate_sale")
        )
        record = Opportunity(
            **{
                "title": f"Opportunity {next(_numbers)}",
                "process_version_id": version_id,
                "stage_key": "qualification",
                "state": "pending",
                "stage_entered_at": now(),
                **fields,
            }
        )
        session.add(record)
        session.flush()
        assert record.id is not None
        return record.id
