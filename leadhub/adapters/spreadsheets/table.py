from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from leadhub.adapters.spreadsheets.errors import SpreadsheetEmpty, SpreadsheetTooLarge
from leadhub.adapters.spreadsheets.limits import Limits
from leadhub.domain.importing.headers import ROWS_SEARCHED, Cell, Column, find_header_row, name_columns
from leadhub.domain.importing.problems import Problem

RawRow = tuple[int, Sequence[Cell], Problem | None]
"""Row number as a spreadsheet shows it (from 1), cells, and what was wrong with the row's shape."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under the header, as wide as the header; `number` is what a spreadsheet shows beside it."""

    number: int
    cells: tuple[Cell, ...]
    problem: Problem | None = None


class RawTable(Protocol):
    """The rows of one sheet or text file, in order, blank ones included."""

    def read(self, start_row: int = 1) -> Iterator[RawRow]: ...


@dataclass(frozen=True)
class TableSource:
    """A table in a file: its columns, and its rows from any row on, read as they are asked for."""

    raw: RawTable
    kind: str
    columns: tuple[Column, ...]
    header_row: int
    estimated_rows: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    has_unreadable_characters: bool = False

    def rows(self, start_row: int = 0, *, limit: int | None = None) -> Iterator[TableRow]:
        """The filled rows from `start_row` (a row number of the file) on."""
        return islice(self._rows(max(start_row, self.header_row + 1)), limit)

    def sample(self, count: int = 200) -> list[TableRow]:
        return list(self.rows(limit=count))

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]

    def _rows(self, start_row: int) -> Iterator[TableRow]:
        width = len(self.columns)
        padding = ("",) * width
        for number, cells, problem in self.raw.read(start_row):
            row = tuple(cells)
            if len(row) != width:
                extra = row[width:]
                row = (row + padding)[:width]
                if any(extra):
                    filled = width + max(i for i, cell in enumerate(extra, 1) if cell != "")
                    problem = problem or Problem("import.row_too_long", {"columns": width, "cells": filled})
            if problem is None and not any(cell != "" for cell in row):
                continue
            yield TableRow(number, row, problem)


def describe_table(
    raw: RawTable, *, header_row: int | None, limits: Limits
) -> tuple[tuple[Column, ...], int]:
    """Columns and header row number (0 where there is none) of a table.

    Raises SpreadsheetEmpty, SpreadsheetTooLarge.
    """
    wanted = max(ROWS_SEARCHED, header_row or 0)
    first = [(number, list(cells)) for number, cells, _ in islice(raw.read(), wanted + 20)]
    rows = [cells for _, cells in first]
    if not any(cell != "" for cells in rows for cell in cells):
        raise SpreadsheetEmpty
    if header_row is None:
        found = find_header_row(rows)
        header = None if found is None else first[found]
    else:
        header = next((row for row in first if row[0] == header_row), None)
    below = [cells for number, cells in first if header is None or number > header[0]]
    width = max(map(_filled_width, below), default=0)
    if header is not None:
        width = max(_filled_width(header[1]), min(width, len(header[1])))
    if width > limits.columns:
        raise SpreadsheetTooLarge("import.spreadsheet_too_many_columns", columns=width, limit=limits.columns)
    return name_columns(header[1] if header else None, width), header[0] if header else 0


def _filled_width(cells: Sequence[Cell]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if cell != ""), default=0)
