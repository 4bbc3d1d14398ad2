"""Other records that a chunk's rows name: by the old system's id, by name, and what is not there yet."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_insert
from leadhub.domain.contact_details import parse_company_name
from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.parsed import ParsedRow
from leadhub.domain.importing.values import Label, Reference, normal_label
from leadhub.domain.lookups import Lookup
from leadhub.models import Account, Campaign, Contact, ImportRow, ImportRun, Lead, LookupValue, Opportunity

_MODELS: dict[FieldKind, Any] = {
    FieldKind.ACCOUNT: Account,
    FieldKind.CONTACT: Contact,
    FieldKind.LEAD: Lead,
    FieldKind.OPPORTUNITY: Opportunity,
    FieldKind.CAMPAIGN: Campaign,
}
Found = dict[tuple[FieldKind, str, str], int]


def chunks(values: Iterable[Any], size: int = 500) -> Iterable[list[Any]]:
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def add_labels(
    session: Session, known: dict[tuple[Lookup, str], int], wanted: set[tuple[Lookup, str]]
) -> None:
    """Add list entries that the file brings, each once; `known` is extended."""
    missing = sorted(
        {(lookup, text) for lookup, text in wanted if (lookup, normal_label(text)) not in known},
        key=lambda pair: (pair[0].value, pair[1]),
    )
    rows: dict[tuple[Lookup, str], dict[str, Any]] = {}
    for lookup, text in missing:
        rows.setdefault(
            (lookup, normal_label(text)),
            {"lookup": lookup.value, "label": text[:200], "key": None, "position": 1000},
        )
    ids = bulk_insert(session, LookupValue, list(rows.values()))
    known.update(dict(zip(rows, ids, strict=True)))


def labels_of(rows: Iterable[ParsedRow], lookup_of: dict[str, Lookup]) -> set[tuple[Lookup, str]]:
    return {
        (lookup_of[key], value.text)
        for row in rows
        for key, value in row.values.items()
        if isinstance(value, Label) and key in lookup_of
    }


def find_references(session: Session, rows: Iterable[ParsedRow], *, create_accounts: bool) -> Found:
    """(kind, external id, name) → id for every record that rows refer to and that is there.

    Accounts that are only named are created where `create_accounts`.
    """
    by_kind: dict[FieldKind, set[Reference]] = defaultdict(set)
    for row in rows:
        for reference in row.references.values():
            by_kind[reference.kind].add(reference)
    found: Found = {}
    for kind, references in by_kind.items():
        model = _MODELS.get(kind)
        if model is None:
            continue
        ids = by_external_id(session, kind.value, model, {r.external_id for r in references if r.external_id})
        names = {r.name for r in references if r.name and r.external_id not in ids}
        named = _by_name(session, kind, names)
        if kind is FieldKind.ACCOUNT and create_accounts:
            _create_accounts(session, [r for r in references if r.external_id not in ids], named)
        for reference in references:
            hit = ids.get(reference.external_id) or named.get(_core(kind, reference.name))
            if hit is not None:
                found[(kind, reference.external_id, reference.name)] = hit
    return found


def by_external_id(session: Session, entity: str, model: Any, wanted: set[str]) -> dict[str, int]:
    """External id → record, also for rows of earlier files that turned out to be a record known already."""
    found: dict[str, int] = {}
    for part in chunks(sorted(wanted)):
        rows = session.execute(select(model.external_id, model.id).where(model.external_id.in_(part)))
        found.update({row[0]: row[1] for row in rows})
    for part in chunks(sorted(wanted - found.keys())):
        known = (
            select(ImportRow.external_id, model.id)
            .join(ImportRun, ImportRun.id == ImportRow.import_id)
            .join(model, model.id == ImportRow.record_id)
            .where(ImportRow.external_id.in_(part), ImportRun.entity == entity)
        )
        found.update({row[0]: row[1] for row in session.execute(known)})
    return found


def _core(kind: FieldKind, name: str) -> str:
    if kind is FieldKind.ACCOUNT:
        return parse_company_name(name).compact[:250] if name else ""
    return " ".join(name.split()).casefold()[:80]


def _by_name(session: Session, kind: FieldKind, names: set[str]) -> dict[str, int]:
    columns = {
        FieldKind.ACCOUNT: (Account.name_core, Account.id),
        FieldKind.CAMPAIGN: (Campaign.name_sort, Campaign.id),
        FieldKind.CONTACT: (Contact.name_sort, Contact.id),
    }.get(kind)
    if columns is None:
        return {}
    found: dict[str, int] = {}
    several: set[str] = set()
    for part in chunks(sorted({core for name in names if (core := _core(kind, name))})):
        for core, record_id in session.execute(
            select(*columns).where(columns[0].in_(part)).order_by(columns[1])
        ):
            if core in found and kind is FieldKind.CONTACT:
                several.add(core)
            found.setdefault(core, record_id)
    return {core: record_id for core, record_id in found.items() if core not in several}


def _create_accounts(session: Session, references: list[Reference], named: dict[str, int]) -> None:
    new: dict[str, dict[str, Any]] = {}
    for reference in sorted(references, key=lambda r: (r.name, r.external_id)):
        core = _core(FieldKind.ACCOUNT, reference.name)
        if core and core not in named:
            new.setdefault(core, {"name": reference.name[:250], "external_id": reference.external_id or None})
    named.update(dict(zip(new, bulk_insert(session, Account, list(new.values())), strict=True)))
