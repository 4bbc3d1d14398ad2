import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leadhub.adapters.spreadsheets.delimiter import LINES_TRIED, sniff_delimiter
from leadhub.adapters.spreadsheets.encoding import inspect_text
from leadhub.adapters.spreadsheets.formulas import unescape_formula
from leadhub.adapters.spreadsheets.limits import Limits
from leadhub.adapters.spreadsheets.table import RawRow, TableSource, describe_table
from leadhub.domain.importing.problems import Problem

LINES_IN_A_CELL = 2_000


def open_csv(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    limits: Limits,
) -> TableSource:
    """Raises NotASpreadsheet, SpreadsheetEmpty, SpreadsheetTooLarge."""
    text = inspect_text(path, limits=limits)
    encoding = encoding or text.encoding
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first_lines = list(islice(file, LINES_TRIED))
    declared = _declared_delimiter(first_lines[0]) if first_lines else None
    if delimiter is None:
        delimiter = declared or sniff_delimiter(first_lines)
    table = CsvTable(path, encoding, delimiter, 1 if declared else 0)
    columns, header = describe_table(table, header_row=header_row, limits=limits)
    return TableSource(
        raw=table,
        kind="csv",
        columns=columns,
        header_row=header,
        estimated_rows=max(0, text.line_count + 1 - header),
        encoding=encoding,
        delimiter=delimiter,
        has_unreadable_characters=text.has_unreadable_characters,
    )


@dataclass(frozen=True, slots=True)
class CsvTable:
    path: Path
    encoding: str
    delimiter: str
    lines_skipped: int

    def read(self, start_row: int = 1) -> Iterator[RawRow]:
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            lines = _Lines(islice(file, self.lines_skipped, None))
            number = self.lines_skipped
            reader = csv.reader(lines, delimiter=self.delimiter)
            while True:
                lines.start_record()
                problem = None
                try:
                    cells = next(reader)
                except StopIteration:
                    return  # `ended` after a record was read can only mean a quote still open
                except (csv.Error, _RecordTooLong):
                    problem = self._problem(lines)
                if lines.ended:
                    problem = Problem("import.quote_not_closed")
                if problem is not None:
                    cells = lines.abandon_record(self.delimiter)
                    reader = csv.reader(lines, delimiter=self.delimiter)
                number += 1
                if number < start_row:
                    continue
                yield number, [unescape_formula(c) if c[:1] == "'" else c for c in cells], problem

    def _problem(self, lines: "_Lines") -> Problem:
        if lines.record_count > 1:
            return Problem("import.quote_not_closed")
        return Problem("import.cell_too_long", {"limit": csv.field_size_limit()})


class _RecordTooLong(Exception):
    pass


class _Lines:
    """Physical lines that remember the record being read: a quote that is never closed can be taken back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: list[str] = []
        self._record: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._returned:
            line = self._returned.pop()
        else:
            line = next(self._lines, None)
            if line is None:
                self.ended = True
                raise StopIteration
        self._record.append(line)
        if len(self._record) > LINES_IN_A_CELL:
            raise _RecordTooLong
        return line

    @property
    def record_count(self) -> int:
        return len(self._record)

    def start_record(self) -> None:
        self._record = []

    def abandon_record(self, delimiter: str) -> list[str]:
        """The record's first line, cut without regard to quotes; the other lines are read again."""
        first, *rest = self._record
        self._returned.extend(reversed(rest))
        self.ended = False
        limit = csv.field_size_limit()
        return [cell.strip('"')[:limit] for cell in first.rstrip("\r\n").split(delimiter)]


def _declared_delimiter(line: str) -> str | None:
    """Excel's first line `sep=;`."""
    text = line.strip().strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else None
