from collections import Counter
from dataclasses import dataclass
from typing import Any

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.importing.parsed import CellProblem, ParsedRow
from leadhub.domain.importing.rows import RowChecker
from leadhub.services.imports.context import import_context
from leadhub.services.imports.files import open_run
from leadhub.services.imports.options import ImportOptions
from leadhub.services.imports.upload import SAMPLE_ROWS, run_for

SHOWN_ROWS = 100
CHECKED_ROWS = 2000
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class PreviewCell:
    """What stands in a cell, and what is wrong with it (a text key with parameters), if anything."""

    text: str
    problem_key: str = ""
    problem_params: dict[str, Any] | None = None
    is_warning: bool = False


@dataclass(frozen=True)
class PreviewRow:
    number: int
    cells: tuple[PreviewCell, ...]
    problems: tuple[tuple[str, dict[str, Any]], ...]
    is_good: bool


@dataclass(frozen=True)
class CountedProblem:
    """How many rows have a problem in a column; the parameters are those of the first."""

    column: str
    key: str
    params: dict[str, Any]
    count: int


@dataclass(frozen=True)
class ImportPreview:
    """The first rows as they would be read, and the problems of the first two thousand."""

    headers: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    checked: int
    good: int
    problems: tuple[CountedProblem, ...]
    warnings: tuple[CountedProblem, ...]
    missing_required: tuple[str, ...]


def preview_import(import_id: int, *, actor: Actor) -> ImportPreview:
    """Read the start of the file as the run would, and write nothing. Raises NotFound, NotPermitted."""
    with read_session() as session:
        run = run_for(session, import_id, actor)
        options = ImportOptions.from_json(run.options)
        context = import_context(session, options, actor)
        table = open_run(run)
    sample = [row.cells for row in table.sample(SAMPLE_ROWS)]
    checker = RowChecker(options.entity, table.columns, options.columns, context, sample)
    shown: list[PreviewRow] = []
    counted: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = (Counter(), Counter())
    examples: dict[tuple[str, str], dict[str, Any]] = {}
    checked = good = 0
    headers = {column.key: column.header or column.letter for column in table.columns}
    for row in table.rows(limit=CHECKED_ROWS):
        parsed = checker.check(row.number, row.cells, row.problem)
        checked += 1
        good += parsed.is_good
        for found, counter in zip((parsed.problems, parsed.warnings), counted, strict=True):
            for p in found:
                place = (headers.get(p.column, ""), p.problem.key)
                counter[place] += 1
                examples.setdefault(place, dict(p.problem.params))
        if len(shown) < SHOWN_ROWS:
            shown.append(_shown(parsed, row.cells, [column.key for column in table.columns]))
    problems, warnings = (
        tuple(
            CountedProblem(column, key, examples[column, key], count)
            for (column, key), count in counter.most_common(MOST_PROBLEMS)
        )
        for counter in counted
    )
    return ImportPreview(
        tuple(headers.values()), tuple(shown), checked, good, problems, warnings, checker.missing_required
    )


def _shown(parsed: ParsedRow, cells: tuple[Any, ...], columns: list[str]) -> PreviewRow:
    by_column: dict[str, tuple[CellProblem, bool]] = {p.column: (p, True) for p in parsed.warnings}
    by_column.update({p.column: (p, False) for p in parsed.problems})
    shown = []
    for key, cell in zip(columns, cells, strict=True):
        found = by_column.get(key)
        if found is None:
            shown.append(PreviewCell(str(cell)[:120]))
        else:
            problem, is_warning = found
            params = dict(problem.problem.params)
            shown.append(PreviewCell(str(cell)[:120], problem.problem.key, params, is_warning))
    whole = tuple((p.problem.key, dict(p.problem.params)) for p in parsed.problems if not p.column)
    return PreviewRow(parsed.number, tuple(shown), whole, parsed.is_good)
