from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.adapters.spreadsheets.reader import open_table
from leadhub.adapters.spreadsheets.table import TableSource
from leadhub.db import announce, derived_session, now
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.importing.mapping import guess_entity, guess_mapping, header_signature
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, can, require
from leadhub.models import ImportMapping, ImportRun, LeadType, LookupValue, User
from leadhub.services.imports.files import open_run
from leadhub.services.imports.options import ENTITIES, ImportOptions, checked_options

SAMPLE_ROWS = 200


@dataclass(frozen=True)
class MappedColumn:
    """One column of the file and where it goes; `confidence` 0 to 1, 1 for what a person chose."""

    index: int
    header: str
    letter: str
    samples: tuple[str, ...]
    target: str
    confidence: float


@dataclass(frozen=True)
class ImportDraft:
    import_id: int
    file_name: str
    options: ImportOptions
    columns: tuple[MappedColumn, ...]
    entities: tuple[tuple[str, float], ...]
    sheets: tuple[str, ...]
    estimated_rows: int
    remembered: bool


def register_upload(path: Path, *, file_name: str, actor: Actor) -> ImportDraft:
    """Take over an uploaded file: what does it hold, and which column goes where?

    Raises NotPermitted, and SpreadsheetError for what is no table (the file is deleted then).
    """
    require(actor, Right.IMPORT)
    name = Path(str(file_name).replace("\\", "/")).name[:250] or "file"
    try:
        table = open_table(path, name)
        sample = [row.cells for row in table.sample(SAMPLE_ROWS)]
    except Exception:
        path.unlink(missing_ok=True)
        raise
    ranked = [(e, c) for e, c in guess_entity(table.headers, sample, filename=name) if e in ENTITIES]
    entity = ranked[0][0] if ranked else "lead"
    with derived_session(actor, "upload import") as session:
        options, columns, remembered = _draft(session, table, sample, ImportOptions(entity=entity))
        run = ImportRun(
            entity=entity,
            file_name=name,
            storage_key=path.name,
            options=options.as_json(),
            created_by_id=actor.user_id,
            created_at=now(),
            rows_total=table.estimated_rows,
        )
        session.add(run)
        session.flush()
        announce(session, "import_run", run.id or 0)
        return ImportDraft(
            run.id or 0, name, options, columns, tuple(ranked), table.sheets, table.estimated_rows, remembered
        )


def change_draft(import_id: int, values: Mapping[str, Any], *, actor: Actor) -> ImportDraft:
    """Choose another entity, sheet, mapping or policy before the run starts.

    A change of entity or sheet guesses the mapping anew. Raises NotFound, InvalidInput.
    """
    with derived_session(actor, "change import") as session:
        run = run_for(session, import_id, actor)
        if run.status != "uploaded":
            raise InvalidInput("import.started_already")
        before = ImportOptions.from_json(run.options)
        given = dict(values)
        anew = any(n in given and given[n] != getattr(before, n) for n in ("entity", "sheet", "header_row"))
        asked = ImportOptions.from_json({**run.options, **given, **({"mapping": {}} if anew else {})})
        run.options = asked.as_json()
        table = open_run(run)
        options = checked_options(asked.as_json(), len(table.columns))
        _check_choices(session, options)
        sample = [row.cells for row in table.sample(SAMPLE_ROWS)]
        if anew:
            options, columns, remembered = _draft(session, table, sample, options)
        else:
            guess = guess_mapping(table.headers, sample, options.entity)
            sure = {i: g.confidence for i, g in guess.columns.items() if options.columns.get(i) == g.target}
            columns = _columns(table, sample, options.columns, sure)
            remembered = _remembered(session, table, options.entity) == dict(options.mapping)
        run.options = options.as_json()
        run.entity = options.entity
        run.rows_total = table.estimated_rows
        ranked = tuple(guess_entity(table.headers, sample, filename=run.file_name))
        return ImportDraft(
            import_id, run.file_name, options, columns, ranked, table.sheets, table.estimated_rows, remembered
        )


def _check_choices(session: Session, options: ImportOptions) -> None:
    """Raises InvalidInput for a default or a lead type that is not there."""
    if session.scalar(select(LeadType.id).where(LeadType.key == str(options.lead_type))) is None:
        raise InvalidInput("import.default_unknown", field="lead_type")
    for key, value in options.defaults.items():
        if value in (None, "") or (key in ("kind", "status") and options.entity == "activity"):
            continue
        found = None
        if isinstance(value, int) and 0 < value < 2**31:
            if key == "owner":
                found = session.scalar(select(User.id).where(User.id == value, User.active))
            elif key == "customer_need":
                wanted = LookupValue.lookup == Lookup.CUSTOMER_NEED.value
                found = session.scalar(select(LookupValue.id).where(LookupValue.id == value, wanted))
        if found is None:
            raise InvalidInput("import.default_unknown", field=key)


def run_for(session: Session, import_id: int, actor: Actor) -> ImportRun:
    """An import that this actor may see: one's own, or anybody's for who may undo others' work."""
    require(actor, Right.IMPORT)
    run = session.get(ImportRun, import_id) if isinstance(import_id, int) else None
    own = run is not None and run.created_by_id == actor.user_id
    if run is None or not (own or can(actor, Right.UNDO_OTHERS)):
        raise NotFound("import.not_found")
    return run


def _draft(
    session: Session, table: TableSource, sample: list[Any], options: ImportOptions
) -> tuple[ImportOptions, tuple[MappedColumn, ...], bool]:
    guess = guess_mapping(table.headers, sample, options.entity)
    targets, confidence = guess.targets, {i: g.confidence for i, g in guess.columns.items()}
    kept = _remembered(session, table, options.entity)
    if kept is not None:
        targets = {int(index): target for index, target in kept.items()}
        confidence = dict.fromkeys(targets, 1.0)
    drafted = ImportOptions(
        **{
            **options.as_json(),
            "mapping": {str(index): target for index, target in targets.items()},
            "defaults": {**guess.defaults, **options.defaults},
            "sheet": table.sheet or None,
            "header_row": table.header_row,
            "encoding": table.encoding or None,
            "delimiter": table.delimiter or None,
        }
    )
    return drafted, _columns(table, sample, targets, confidence), kept is not None


def _remembered(session: Session, table: TableSource, entity: str) -> dict[str, str] | None:
    """The mapping of the last file with these headers."""
    return session.scalar(
        select(ImportMapping.mapping).where(
            ImportMapping.signature == header_signature(table.headers), ImportMapping.entity == entity
        )
    )


def _columns(
    table: TableSource, sample: list[Any], targets: Mapping[int, str], confidence: Mapping[int, float]
) -> tuple[MappedColumn, ...]:
    return tuple(
        MappedColumn(
            column.index,
            column.header or column.letter,
            column.letter,
            tuple(str(row[column.index])[:60] for row in sample if row[column.index] != "")[:3],
            targets.get(column.index, ""),
            confidence.get(column.index, 1.0 if column.index in targets else 0.0),
        )
        for column in table.columns
    )
