import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Protocol, Self

import xlsxwriter

from leadhub.adapters.spreadsheets.errors import SpreadsheetError
from leadhub.adapters.spreadsheets.formulas import clean_text, escape_formula
from leadhub.domain.importing.headers import Cell

XLSX_ROWS = 1_048_576
XLSX_CELL_CHARACTERS = 32_767
_FIRST_DATE = dt.date(1900, 3, 1)
_WIDTHS = {"date": 12, "datetime": 18, "integer": 10, "decimal": 14, "money": 14, "percent": 10, "boolean": 9}
_FORMATS = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "integer": "0",
    "decimal": "#,##0.00",
    "money": "#,##0.00",
    "percent": '0"%"',
}


class TableWriter(Protocol):
    """Takes rows one at a time; `close` finishes the file."""

    def write(self, cells: Sequence[Cell | None]) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *failure: object) -> None: ...


class TooManyRowsForXlsx(SpreadsheetError):
    """An XLSX sheet holds 1,048,576 rows; CSV has no such limit."""

    key = "import.too_many_rows_for_xlsx"


def write_table(
    path: str | Path,
    *,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell | None]],
    kind: str,
    column_kinds: Sequence[str] = (),
    sheet: str = "Export",
) -> int:
    """Write the rows as `kind` "xlsx" or "csv" and count them."""
    count = 0
    with open_writer(path, headers=headers, kind=kind, column_kinds=column_kinds, sheet=sheet) as writer:
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.write(row)
    return count


def open_writer(
    path: str | Path,
    *,
    headers: Sequence[str],
    kind: str,
    column_kinds: Sequence[str] = (),
    sheet: str = "Export",
) -> TableWriter:
    """A writer of "xlsx" or "csv"; datetimes are written in the zone that they carry."""
    if kind == "csv":
        return CsvWriter(Path(path), headers)
    if kind == "xlsx":
        return XlsxWriter(Path(path), headers, column_kinds, sheet)
    raise ValueError(f'kind must be "xlsx" or "csv", got {kind!r}')


class CsvWriter:
    """RFC 4180 with a UTF-8 mark, by which Excel knows the encoding."""

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="", errors="replace")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self.write(headers)

    def write(self, cells: Sequence[Cell | None]) -> None:
        self._writer.writerow([_csv_text(cell) for cell in cells])

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()


class XlsxWriter:
    """Typed cells under a frozen header with a filter; text is always a string cell, never a formula."""

    def __init__(self, path: Path, headers: Sequence[str], column_kinds: Sequence[str], sheet: str) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet(sheet[:31])
        self._columns = len(headers)
        self._formats = {kind: self._book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        self._kinds = [*column_kinds, *[""] * len(headers)][: len(headers)]
        bold = self._book.add_format({"bold": True, "bottom": 1})
        self._sheet.freeze_panes(1, 0)
        for index, (header, kind) in enumerate(zip(headers, self._kinds, strict=True)):
            width = max(min(len(header) + 4, 40), _WIDTHS.get(kind, 18))
            self._sheet.set_column(index, index, width)
            self._sheet.write_string(0, index, clean_text(header), bold)
        self._row = 0

    def write(self, cells: Sequence[Cell | None]) -> None:
        self._row += 1
        if self._row >= XLSX_ROWS:
            raise TooManyRowsForXlsx
        for index, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._write_cell(index, cell)

    def close(self) -> None:
        if self._columns:
            self._sheet.autofilter(0, 0, self._row, self._columns - 1)
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def _write_cell(self, index: int, cell: Cell) -> None:
        sheet, row = self._sheet, self._row
        kind = self._kinds[index] if index < len(self._kinds) else ""
        if isinstance(cell, str):
            sheet.write_string(row, index, clean_text(cell)[:XLSX_CELL_CHARACTERS])
        elif isinstance(cell, bool):
            sheet.write_boolean(row, index, cell)
        elif isinstance(cell, dt.datetime):
            if cell.date() < _FIRST_DATE:
                sheet.write_string(row, index, cell.isoformat(sep=" "))
            else:
                sheet.write_datetime(row, index, cell, self._formats["datetime"])
        elif isinstance(cell, dt.date):
            if cell < _FIRST_DATE:
                sheet.write_string(row, index, cell.isoformat())
            else:
                sheet.write_datetime(row, index, cell, self._formats["date"])
        elif isinstance(cell, dt.time):
            sheet.write_string(row, index, cell.isoformat())
        elif isinstance(cell, int) and abs(cell) >= 10**15:
            sheet.write_string(row, index, str(cell))
        else:
            sheet.write_number(row, index, cell, self._formats.get(kind))


def _csv_text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escape_formula(clean_text(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return format(Decimal(repr(cell)).normalize(), "f") if isinstance(cell, float) else str(cell)
