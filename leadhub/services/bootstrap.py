"""What every workspace has before the first person signs in. Run at each start; adds only what is missing."""

import json

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import write_session
from leadhub.domain.actor import system_actor
from leadhub.domain.lookups import SHIPPED, Lookup
from leadhub.domain.process.codec import to_json
from leadhub.domain.process.shipped import SHIPPED_PROCESSES
from leadhub.models import LeadType, LookupValue, ProcessVersion

LEAD_TYPES: tuple[tuple[str, str, str, bool], ...] = (
    ("customer", "Customer lead", "customer_lead", False),
    ("bank", "Bank customer lead", "bank_customer_lead", False),
    ("service", "Service lead", "service_lead", True),
    ("partner", "Partner lead", "partner_lead", False),
)


def ensure_defaults() -> None:
    """Add shipped lookups, processes and lead types that are not there yet."""
    with write_session(system_actor(), "set up workspace") as session:
        _add_lookups(session)
        versions = _add_processes(session)
        _add_lead_types(session, versions)


def _add_lookups(session: Session) -> None:
    known = {(row.lookup, row.key) for row in session.execute(select(LookupValue.lookup, LookupValue.key))}
    shipped = dict(SHIPPED)
    names = Locale("en").territories
    shipped[Lookup.COUNTRY] = tuple(
        sorted(((code, name) for code, name in names.items() if _is_country(code)), key=lambda pair: pair[1])
    )
    for lookup, entries in shipped.items():
        if any(name == lookup.value for name, _ in known):
            continue
        for position, (key, label) in enumerate(entries):
            session.add(LookupValue(lookup=lookup.value, key=key, label=label, position=position))


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def _add_processes(session: Session) -> dict[str, int]:
    known = {
        v.process_key: v.id for v in session.scalars(select(ProcessVersion).order_by(ProcessVersion.number))
    }
    for definition in SHIPPED_PROCESSES:
        if definition.key not in known:
            version = ProcessVersion(
                process_key=definition.key,
                number=1,
                label=definition.label,
                subject=definition.subject.value,
                status="published",
                definition=json.loads(to_json(definition)),
            )
            session.add(version)
            session.flush()
            known[definition.key] = version.id
    return {key: found for key, found in known.items() if found is not None}


def _add_lead_types(session: Session, versions: dict[str, int]) -> None:
    known = set(session.scalars(select(LeadType.key)))
    for position, (key, label, process_key, converts) in enumerate(LEAD_TYPES):
        if key not in known:
            session.add(
                LeadType(
                    key=key,
                    label=label,
                    process_version_id=versions[process_key],
                    position=position,
                    converts_automatically=converts,
                )
            )
