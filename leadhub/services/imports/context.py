"""What the rows of a file are checked against, read once per run."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor
from leadhub.domain.importing.dates import DateOrder
from leadhub.domain.importing.parsed import ImportContext
from leadhub.domain.importing.stages import StageOption
from leadhub.domain.importing.values import normal_label
from leadhub.domain.lookups import Lookup
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.models import LeadType, LookupValue, ProcessVersion, Unit, User
from leadhub.services.imports.options import ImportOptions
from leadhub.settings import get_settings
from leadhub.statements.processes import process_of

FALLBACK_NEED = "additional_service"


def process_for(session: Session, options: ImportOptions) -> tuple[int | None, ProcessDefinition | None]:
    """The process that imported leads or opportunities run, with its version."""
    if options.entity == "lead":
        version_id = session.scalar(
            select(LeadType.process_version_id).where(LeadType.key == options.lead_type)
        )
    elif options.entity == "opportunity":
        version_id = session.scalar(
            select(ProcessVersion.id)
            .where(ProcessVersion.process_key == "corporate_sale", ProcessVersion.status == "published")
            .order_by(ProcessVersion.number.desc())
            .limit(1)
        )
    else:
        return None, None
    return (version_id, process_of(session, version_id)) if version_id is not None else (None, None)


def processes_by_lead_type(session: Session) -> dict[int, tuple[int, ProcessDefinition]]:
    """Lead type → the process that its new leads run: rows may name their own type."""
    rows = session.execute(select(LeadType.id, LeadType.process_version_id))
    return {row[0]: (row[1], process_of(session, row[1])) for row in rows if row[1] is not None}


def import_context(session: Session, options: ImportOptions, actor: Actor) -> ImportContext:
    lookups: dict[Lookup, dict[str, int]] = {lookup: {} for lookup in Lookup}
    rows = session.execute(
        select(LookupValue.lookup, LookupValue.key, LookupValue.label, LookupValue.id).order_by(
            LookupValue.retired.desc(), LookupValue.position.desc()
        )
    )
    for row in rows:
        found = lookups[Lookup(row.lookup)]
        if row.key:
            found.setdefault(normal_label(row.key), row.id)
        found[normal_label(row.label)] = row.id
    users: dict[str, int] = {}
    for user in session.execute(select(User.id, User.name, User.email).where(User.active)):
        users[normal_label(user.name)] = users[user.name] = user.id
        users[user.email.casefold()] = user.id
    units = {normal_label(r.name): r.id for r in session.execute(select(Unit.id, Unit.name))}
    kinds = {}
    for kind in session.execute(select(LeadType.id, LeadType.key, LeadType.label)):
        kinds[normal_label(kind.label)] = kinds[normal_label(kind.key)] = kind.id
    _, definition = process_for(session, options)
    stages = definition.active_stages if definition is not None else ()
    return ImportContext(
        lookups=lookups,
        users=users,
        units=units,
        lead_types=kinds,
        stages=[StageOption(s.key, s.label, s.state.value) for s in stages],
        stage_corrections={normal_label(k): v for k, v in options.stage_corrections.items()},
        defaults=_defaults(options, lookups),
        add_missing_labels=options.add_missing_labels,
        time_zone=_zone(actor.time_zone),
        date_order=DateOrder(options.date_order) if options.date_order else None,
        currency=get_settings().base_currency,
    )


def _defaults(options: ImportOptions, lookups: dict[Lookup, dict[str, int]]) -> dict[str, Any]:
    defaults = {key: value for key, value in options.defaults.items() if value not in (None, "")}
    if options.entity == "lead" and "customer_need" not in defaults:
        needs = lookups[Lookup.CUSTOMER_NEED]
        first = needs.get(normal_label(FALLBACK_NEED)) or next(iter(needs.values()), None)
        if first is not None:
            defaults["customer_need"] = first
    if options.entity == "activity":
        defaults.setdefault("kind", "task")
    return defaults


def _zone(name: str) -> Any:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
