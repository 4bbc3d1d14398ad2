from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from leadhub.domain.errors import InvalidInput
from leadhub.domain.fields import FieldKind, check_field
from leadhub.domain.importing.choices import find_choice, find_label, usual_name
from leadhub.domain.importing.headers import PROBLEM_HEADER, Cell, Column
from leadhub.domain.importing.hints import date_order_of_file, guess_hints
from leadhub.domain.importing.parsed import FULL_NAME, CellProblem, ImportContext, ParsedRow, RowDraft
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.stages import converted_stage, map_stage
from leadhub.domain.importing.targets import Target, targets_of
from leadhub.domain.importing.values import (
    Hints,
    Label,
    Reference,
    cell_text,
    normal_label,
    parse_external_id,
    parse_value,
)

_CACHED = {
    FieldKind.LOOKUP, FieldKind.CHOICE, FieldKind.STAGE, FieldKind.USER, FieldKind.UNIT, FieldKind.LEAD_TYPE,
    FieldKind.DATE, FieldKind.DATETIME, FieldKind.BOOLEAN, FieldKind.PERCENT,
}  # fmt: skip
_CACHE_SIZE = 5_000


class RowChecker:
    """Checks the rows of one file; built once, from the mapping and a sample of the rows."""

    def __init__(
        self,
        entity: str,
        columns: Sequence[Column],
        mapping: Mapping[int, str],
        context: ImportContext,
        samples: Sequence[Sequence[Cell]] = (),
        hints: Mapping[int, Hints] | None = None,
    ) -> None:
        self.entity = str(entity)
        self._context = context
        targets = targets_of(self.entity)
        mapped = [(column, targets[mapping[column.index]]) for column in columns if column.index in mapping]
        self.hints = dict(hints or {}) or self._guess_hints(mapped, samples)
        self._readers = [
            (column, target, self._reader(column, target), target.kind in _CACHED, {})
            for column, target in mapped
        ]
        self._unmapped = [
            column for column in columns if column.index not in mapping and column.header != PROBLEM_HEADER
        ]
        self._required = [
            target
            for target in targets.values()
            if target.required and context.defaults.get(target.key) is None
        ]
        reached = {target.key for _, target in mapped} | set(context.defaults)
        if reached & {"first_name", "last_name"} and (name := FULL_NAME.get(self.entity)):
            reached.add(name)
        self.missing_required = tuple(
            target.key
            for target in self._required
            if target.key not in reached and f"{target.key}.id" not in reached
        )
        """Required fields that no column and no default fills: every row would fail."""

    def check(self, number: int, cells: Sequence[Cell], problem: Problem | None = None) -> ParsedRow:
        """The row's values and each problem by cell; never raises for what a file holds."""
        row = RowDraft(self.entity)
        if problem is not None:
            row.problems.append(CellProblem("", "", "", problem))
        for column, target, read, is_cached, cache in self._readers:
            cell = cells[column.index]
            if cell == "":
                continue
            if is_cached:
                key = (cell, type(cell))
                found = cache.get(key)
                if found is None:
                    found = read(cell)
                    if len(cache) < _CACHE_SIZE:
                        cache[key] = found
            else:
                found = read(cell)
            value, fault, warning = found
            if fault is not None:
                row.problems.append(CellProblem(column.key, target.key, cell_text(cell)[:200], fault))
                continue
            if warning is not None:
                row.warnings.append(CellProblem(column.key, target.key, cell_text(cell)[:200], warning))
                if value is None:
                    row.extra[column.key] = cell_text(cell)
            if value is not None and value != "":
                row.put(column, target, value)
                if target.kind is FieldKind.EMAIL and value != cell:
                    row.put_further_emails(column, value, cell_text(cell))
        return self._finish(row, number, cells)

    def _finish(self, row: RowDraft, number: int, cells: Sequence[Cell]) -> ParsedRow:
        row.join_names()
        row.promote_other_ways()
        self._settle_stage(row)
        values = row.values
        if not (values or row.references or row.more or row.problems):
            row.problems.append(CellProblem("", "", "", Problem("import.row_without_values")))
        for key, value in self._context.defaults.items():
            if values.get(key) in (None, "") and key not in row.references:
                values[key] = value
        named = {problem.target for problem in row.problems}
        for target in self._required:
            if values.get(target.key) in (None, "") and target.key not in {*row.references, *named}:
                fault = Problem("import.required_missing", {"field_label": target.label_key})
                row.problems.append(CellProblem("", target.key, "", fault))
        extra = {}
        if self._context.keep_unmapped:
            for column in self._unmapped:
                if (cell := cells[column.index]) != "":
                    extra[column.key] = cell_text(cell)
        extra.update(row.extra)
        return ParsedRow(
            number, values, row.references, tuple(row.more), extra, tuple(row.problems), tuple(row.warnings)
        )

    def _settle_stage(self, row: RowDraft) -> None:
        """A converted lead is where converted leads stand, unless its own stage says how it ended."""
        if not row.values.pop("converted", False):
            return
        stage = converted_stage(self._context.stages)
        if stage is None:
            return
        states = {option.key: option.state for option in self._context.stages}
        own = row.values.get("stage")
        if own is not None and states.get(own) == "won":
            return
        if own is not None and states.get(own) in ("lost", "cancelled"):
            fault = Problem("import.converted_but_closed", {"stage": own})
            row.warnings.append(CellProblem("", "stage", own, fault))
        row.values["stage"] = stage

    def _guess_hints(
        self, mapped: Iterable[tuple[Column, Target]], samples: Sequence[Sequence[Cell]]
    ) -> dict[int, Hints]:
        mapped = list(mapped)
        cells = {column.index: [row[column.index] for row in samples] for column, _ in mapped}
        dates = {
            column.index: cells[column.index]
            for column, target in mapped
            if target.kind in (FieldKind.DATE, FieldKind.DATETIME)
        }
        order = date_order_of_file(dates) or self._context.date_order
        return {
            column.index: guess_hints(
                target,
                column.header,
                cells[column.index],
                date_order=order,
                decimal_mark=self._context.decimal_mark,
                time_zone=self._context.time_zone,
                currency=self._context.currency,
            )
            for column, target in mapped
        }

    def _reader(self, column: Column, target: Target) -> Callable[[Cell], "_Read"]:
        hints = self.hints.get(column.index, Hints())
        if target.is_id:
            return lambda cell: self._record_id(target, cell)
        if target.spec is None:
            return lambda cell: _plain(target, parse_value(target.kind, cell, hints=hints))
        spec = target.spec

        def read(cell: Cell) -> _Read:
            value = parse_value(target.kind, cell, hints=hints)
            if value is None:
                return _NOTHING
            if isinstance(value, Problem):
                return None, value, None
            if isinstance(value, Label):
                return self._label(target, value)
            if isinstance(value, Reference):
                return self._reference(value)
            try:
                return check_field(spec, value), None, None
            except InvalidInput as fault:
                return None, Problem(fault.key, fault.params), None

        return read

    def _record_id(self, target: Target, cell: Cell) -> "_Read":
        text = parse_external_id(cell)
        if text in ("", "0"):
            return _NOTHING
        if target.kind is FieldKind.USER:
            user_id = self._context.users.get(text)
            return (user_id, None, None) if user_id is not None else _NOTHING
        return Reference(target.kind, external_id=text), None, None

    def _reference(self, reference: Reference) -> "_Read":
        named = {FieldKind.USER: self._context.users, FieldKind.UNIT: self._context.units}.get(reference.kind)
        if named is None:
            return reference, None, None
        known = (reference.email.casefold(), normal_label(reference.name), reference.name)
        found = next((named[word] for word in known if word and word in named), None)
        if found is None:
            params = {"value": (reference.name or reference.email)[:80]}
            return None, None, Problem(f"import.{reference.kind}_unknown", params)
        return found, None, None

    def _label(self, target: Target, label: Label) -> "_Read":
        spec, context = target.spec, self._context
        if spec is None:
            return label, None, None
        shown = {"value": label.text[:80]}
        if target.kind is FieldKind.STAGE:
            stage = map_stage(label.text, context.stages, corrections=context.stage_corrections)
            return (stage, None, None) if stage else (None, Problem("import.stage_unknown", shown), None)
        if target.kind is FieldKind.CHOICE:
            choice = find_choice(self.entity, spec.key, spec.choices, label.text)
            return (choice, None, None) if choice else (None, Problem("import.not_a_choice", shown), None)
        labels = context.lead_types if target.kind is FieldKind.LEAD_TYPE else None
        if labels is None:
            labels = context.lookups.get(spec.lookup, {}) if spec.lookup else {}
        found = find_label(spec.lookup, labels, label.text)
        if found is not None:
            return found, None, None
        if target.kind is FieldKind.LEAD_TYPE or not context.add_missing_labels:
            return None, Problem("import.not_in_list", shown), None
        return Label(usual_name(spec.lookup, label.text)), None, Problem("import.will_be_added", shown)


_Read = tuple[Any, Problem | None, Problem | None]
_NOTHING: _Read = (None, None, None)


def _plain(target: Target, value: Any) -> _Read:
    if isinstance(value, Problem):
        return None, value, None
    return (" ".join(value.split()) if isinstance(value, str) else value), None, None


def check_row(
    mapping: Mapping[int, str],
    row: tuple[int, Sequence[Cell]],
    context: ImportContext,
    *,
    entity: str,
    columns: Sequence[Column],
) -> ParsedRow:
    """One row alone; for a file build a RowChecker once."""
    return RowChecker(entity, columns, mapping, context).check(row[0], row[1])
