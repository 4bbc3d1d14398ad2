from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from leadhub.adapters.spreadsheets.table import TableSource
from leadhub.adapters.spreadsheets.writer import XLSX_ROWS, write_table
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.importing.headers import PROBLEM_HEADER, Cell
from leadhub.models import ImportRow, ImportRun
from leadhub.services.imports.files import open_run
from leadhub.services.imports.upload import run_for
from leadhub.settings import get_settings

#: A text key and its parameters, in words of the reader's language.
Say = Callable[[str, Mapping[str, Any]], str]
_AT_ONCE = 2000


@dataclass(frozen=True)
class FailedRowsFile:
    path: Path
    file_name: str
    rows: int


def write_failed_rows(import_id: int, *, say: Say, actor: Actor) -> FailedRowsFile:
    """Write the rows that failed as they stood, with a column that says why, to correct and load again.

    Raises NotFound, NotPermitted, InvalidInput where none failed.
    """
    with read_session() as session:
        run = run_for(session, import_id, actor)
        table = open_run(run)
    if run.rows_failed == 0:
        raise InvalidInput("import.no_failed_rows")
    is_book = table.kind == "xlsx" and run.rows_failed < XLSX_ROWS - 1
    kind = "xlsx" if is_book else "csv"
    path = get_settings().imports_dir / f"{run.storage_key}.failed.{kind}"
    headers = [column.header or column.letter for column in table.columns]
    has_column = headers[-1:] == [PROBLEM_HEADER]
    if not has_column:
        headers.append(PROBLEM_HEADER)
    rows = _rows(import_id, table, say, replace_last=has_column)
    count = write_table(path, headers=headers, rows=rows, kind=kind, sheet=table.sheet or "Import")
    return FailedRowsFile(path, _name(run, path), count)


def get_failed_rows(import_id: int, *, actor: Actor) -> FailedRowsFile:
    """The file that write_failed_rows made last. Raises NotFound, NotPermitted."""
    with read_session() as session:
        run = run_for(session, import_id, actor)
    found = [
        path
        for kind in ("xlsx", "csv")
        if (path := get_settings().imports_dir / f"{run.storage_key}.failed.{kind}").is_file()
    ]
    if not found:
        raise NotFound("import.not_found")
    return FailedRowsFile(found[0], _name(run, found[0]), run.rows_failed)


def _name(run: ImportRun, path: Path) -> str:
    return f"{Path(run.file_name).stem[:180]}-failed{path.suffix}"


def _rows(import_id: int, table: TableSource, say: Say, *, replace_last: bool) -> Iterator[list[Cell | None]]:
    failed = _failed(import_id)
    number, words = next(failed, (0, None))
    for row in table.rows(number):
        if row.number < number:
            continue
        cells: list[Cell | None] = list(row.cells[:-1] if replace_last else row.cells)
        yield [*cells, "; ".join(_sentence(say, problem) for problem in words or [])]
        number, words = next(failed, (0, None))
        if number == 0:
            return


def _failed(import_id: int) -> Iterator[tuple[int, list[dict[str, Any]] | None]]:
    last = 0
    while True:
        with read_session() as session:
            part = session.execute(
                select(ImportRow.row_number, ImportRow.problems)
                .where(
                    ImportRow.import_id == import_id,
                    ImportRow.outcome == "failed",
                    ImportRow.row_number > last,
                )
                .order_by(ImportRow.row_number)
                .limit(_AT_ONCE)
            ).all()
        for row in part:
            yield row.row_number, row.problems
        if len(part) < _AT_ONCE:
            return
        last = part[-1].row_number


def _sentence(say: Say, problem: Mapping[str, Any]) -> str:
    said = say(problem["key"], problem.get("params") or {})
    column = problem.get("column")
    return f"{column}: {said}" if column and not said.startswith(f"{column}:") else said
