"""One chunk of a file in one transaction: records, their log, and what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from leadhub.adapters.spreadsheets.table import TableRow, TableSource
from leadhub.change_log import bulk_insert, bulk_update
from leadhub.db import announce, now, read_session, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.contact_details import normalise_phone, parse_company_name, parse_person_name, parse_phone
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.importing.parsed import CellProblem, ParsedRow
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.rows import RowChecker
from leadhub.domain.importing.values import Label, Reference, normal_label
from leadhub.domain.lookups import Lookup
from leadhub.domain.similarity.details import lead_profile
from leadhub.models import ImportRow, ImportRun, LeadType
from leadhub.services.imports.context import import_context, process_for, processes_by_lead_type
from leadhub.services.imports.duplicates import Identity, find_known, identities
from leadhub.services.imports.options import ImportOptions
from leadhub.services.imports.references import Found, add_labels, find_references, labels_of
from leadhub.services.imports.shapes import MODELS, Shaper, Values
from leadhub.services.imports.upload import SAMPLE_ROWS

_ROWS = ImportRow.__table__  # type: ignore[attr-defined]
#: A later file must not move records that people have worked on since: these only come with a new record.
_ONLY_NEW = {
    "external_id",
    "stage_key",
    "created_at",
    "lead_type_id",
    "qualified_at",
    "actual_completion_at",
    "closed_at",
}


@dataclass
class _Outcome:
    row: TableRow
    outcome: str = "failed"
    record_id: int | None = None
    problems: tuple[CellProblem, ...] = ()
    values: Values = field(default_factory=dict)
    parsed: ParsedRow | None = None
    twin: "_Outcome | None" = None


class ChunkWriter:
    """Writes chunks of one run; what rows are checked against is read once."""

    def __init__(self, run: ImportRun, table: TableSource, actor: Actor) -> None:
        self._import_id = run.id or 0
        self._action_id = run.action_id
        self._actor = actor
        self._options = options = ImportOptions.from_json(run.options)
        self._entity = options.entity
        with read_session() as session:
            self._context = import_context(session, options, actor)
            version_id, definition = process_for(session, options)
            type_id = session.scalar(select(LeadType.id).where(LeadType.key == options.lead_type))
            owner = options.defaults.get("owner")
            by_type = processes_by_lead_type(session) if self._entity == "lead" else {}
        sample = [row.cells for row in table.sample(SAMPLE_ROWS)]
        self._checker = RowChecker(self._entity, table.columns, options.columns, self._context, sample)
        self._shaper = Shaper(self._entity, actor, version_id, definition, type_id, by_type)
        self._specs = fields_of(Entity(self._entity))
        self._lookup_of = {spec.key: spec.lookup for spec in self._specs.values() if spec.lookup is not None}
        self._labels: dict[tuple[Lookup, str], int] = {}
        countries = self._context.lookups[Lookup.COUNTRY]
        self._countries = {value: key for key, value in countries.items() if len(key) == 2}
        self._default_owner = owner

    def write(self, rows: Sequence[TableRow]) -> None:
        """Write the rows in one transaction; a row that the database refuses fails alone."""
        outcomes = [self._check(row) for row in rows]
        try:
            self._write(outcomes)
        except (DataError, IntegrityError):
            if len(rows) == 1:
                outcomes[0].problems = (CellProblem("", "", "", Problem("import.row_refused")),)
                outcomes[0].parsed = None
                self._write(outcomes)
                return
            self._labels.clear()
            for start in (slice(None, len(rows) // 2), slice(len(rows) // 2, None)):
                self.write(rows[start])

    def forget_parsed(self) -> None:
        """Drop what was remembered of names and numbers: the rows of a large file are asked for once."""
        for remembered in (lead_profile, parse_phone, parse_person_name, parse_company_name):
            remembered.cache_clear()

    def _check(self, row: TableRow) -> _Outcome:
        parsed = self._checker.check(row.number, row.cells, row.problem)
        if parsed.is_good:
            self._take_apart(parsed)
            return _Outcome(row, parsed=parsed)
        return _Outcome(row, problems=parsed.problems)

    def _take_apart(self, parsed: ParsedRow) -> None:
        """Names and numbers are parsed, and remembered, before the write lock is held."""
        values = parsed.values
        country = self._countries.get(values.get("country"), "").upper()
        for key in ("mobile_phone", "business_phone", "phone"):
            if values.get(key):
                normalise_phone(values[key], country)
        if self._entity == "lead":
            parse_person_name(values.get("contact_name") or "")
            parse_company_name(values.get("account_name") or "")
        elif self._entity == "account":
            parse_company_name(values.get("name") or "")

    def _write(self, outcomes: list[_Outcome]) -> None:
        with write_session(self._actor, "import", continues=self._action_id, bulk=True) as session:
            run = session.get_one(ImportRun, self._import_id, with_for_update=True)
            todo = self._not_done(session, outcomes)
            good = [o for o in todo if o.parsed is not None]
            moment = now()
            self._resolve(session, good)
            self._settle(session, good)
            self._create(session, [o for o in good if o.outcome == "created" and o.twin is None], moment)
            self._update(session, [o for o in good if o.outcome == "updated"])
            for outcome in good:
                if outcome.twin is not None:
                    outcome.record_id = outcome.twin.record_id
            if todo:
                session.execute(insert(_ROWS), [self._row(o) for o in todo])
            for name in ("created", "updated", "skipped", "failed"):
                count = sum(1 for o in todo if o.outcome == name)
                setattr(run, f"rows_{name}", getattr(run, f"rows_{name}") + count)
            run.rows_done += len(todo)
            run.rows_total = max(run.rows_total, run.rows_done)
            announce(session, "import_run", self._import_id)

    def _not_done(self, session: Session, outcomes: list[_Outcome]) -> list[_Outcome]:
        numbers = [o.row.number for o in outcomes]
        done = set(
            session.scalars(
                select(ImportRow.row_number).where(
                    ImportRow.import_id == self._import_id,
                    ImportRow.row_number.between(min(numbers), max(numbers)),
                )
            )
        )
        return [o for o in outcomes if o.row.number not in done]

    def _resolve(self, session: Session, good: list[_Outcome]) -> None:
        """Labels and references become ids; keys become columns."""
        parsed = [o.parsed for o in good if o.parsed is not None]
        wanted = labels_of(parsed, self._lookup_of)
        if wanted:
            add_labels(session, self._labels, wanted)
        creates = self._entity in ("contact", "opportunity")
        found = find_references(session, parsed, create_accounts=creates)
        for outcome in good:
            assert outcome.parsed is not None
            outcome.values = self._columns(outcome.parsed, found)

    def _columns(self, row: ParsedRow, found: Found) -> Values:
        values: Values = {}
        for key, value in row.values.items():
            spec = self._specs.get(key)
            if spec is None:
                continue
            if isinstance(value, Label):
                value = self._labels.get((self._lookup_of[key], normal_label(value.text)))
            if value not in (None, ""):
                values[spec.column] = value
        for key, reference in row.references.items():
            spec = self._specs.get(key) or self._specs.get(key.removesuffix(".id"))
            target = found.get((reference.kind, reference.external_id, reference.name))
            if spec is not None and target is not None:
                values[spec.column] = target
            elif isinstance(reference, Reference) and (reference.name or reference.external_id):
                row.extra.setdefault(key, reference.name or reference.external_id)  # type: ignore[attr-defined]
        if self._default_owner and "owner" in self._specs:
            values.setdefault("owner_id", self._default_owner)
        return values

    def _settle(self, session: Session, good: list[_Outcome]) -> None:
        """Created, updated or skipped: what the policy says about rows that are known."""
        own: list[list[Identity]] = []
        for outcome in good:
            country = self._countries.get(outcome.values.get("country_id"), "").upper()
            own.append(identities(self._entity, outcome.values, country))
        policy = self._options.policy
        known = find_known(session, self._entity, own, self._actor) if policy != "add" else {}
        here: dict[Identity, _Outcome] = {}
        for outcome, ways in zip(good, own, strict=True):
            hit = next((known[way] for way in ways if way in known), None)
            twin = next((here[way] for way in ways if way in here), None) if policy != "add" else None
            if hit is not None:
                outcome.record_id, may_change = hit
                outcome.outcome = "updated" if policy == "update" and may_change else "skipped"
            elif twin is not None:
                outcome.outcome, outcome.twin = "skipped", twin
                if policy == "update":
                    twin.values.update({n: v for n, v in outcome.values.items() if n not in _ONLY_NEW})
            else:
                outcome.outcome = "created"
                here.update(dict.fromkeys(ways, outcome))

    def _create(self, session: Session, new: list[_Outcome], moment: datetime) -> None:
        records = []
        for outcome in new:
            assert outcome.parsed is not None
            records.append(self._shaper.new_record(session, outcome.parsed, outcome.values, moment))
        ids = bulk_insert(session, MODELS[self._entity], records)
        made = []
        for outcome, record, record_id in zip(new, records, ids, strict=True):
            outcome.record_id = record_id
            assert outcome.parsed is not None
            made.append((record_id, record, outcome.parsed))
        self._shaper.add_related(session, made, moment)

    def _update(self, session: Session, known: list[_Outcome]) -> None:
        changes: dict[int, Values] = {}
        for outcome in known:
            assert outcome.record_id is not None
            values = {n: v for n, v in outcome.values.items() if n not in _ONLY_NEW}
            changes.setdefault(outcome.record_id, {}).update(values)
        bulk_update(session, MODELS[self._entity], changes)

    def _row(self, outcome: _Outcome) -> dict[str, Any]:
        return {
            "import_id": self._import_id,
            "row_number": outcome.row.number,
            "outcome": outcome.outcome,
            "record_id": outcome.record_id,
            "external_id": outcome.values.get("external_id")
            if outcome.outcome in ("skipped", "updated")
            else None,
            "problems": [
                {"column": p.column, "target": p.target, "text": p.text, "key": p.problem.key,
                 "params": {k: str(v) for k, v in p.problem.params.items()}}
                for p in outcome.problems
            ] or None,
        }  # fmt: skip
