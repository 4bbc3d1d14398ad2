from pathlib import Path

from leadhub.adapters.spreadsheets.csv_reader import open_csv
from leadhub.adapters.spreadsheets.errors import (
    NotASpreadsheet,
    SpreadsheetEmpty,
    SpreadsheetLocked,
    SpreadsheetTooLarge,
)
from leadhub.adapters.spreadsheets.limits import DEFAULT_LIMITS, Limits
from leadhub.adapters.spreadsheets.table import TableSource
from leadhub.adapters.spreadsheets.xlsx_reader import open_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
)


def open_table(
    path: str | Path,
    filename: str = "",
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TableSource:
    """A table in an XLSX or CSV file, known by its content; every keyword overrules a guess.

    `header_row` is the row number of the headers, 0 where there are none.
    Raises NotASpreadsheet, SpreadsheetEmpty, SpreadsheetTooLarge, SpreadsheetLocked, SpreadsheetDamaged,
    SheetNotFound.
    """
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise SpreadsheetEmpty(filename=filename)
    if size > limits.file_bytes:
        raise SpreadsheetTooLarge(filename=filename, bytes=size, limit=limits.file_bytes)
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(_OLE):
            if _ENCRYPTED_PACKAGE in file.read(limits.line_bytes):
                raise SpreadsheetLocked(filename=filename)
            raise NotASpreadsheet("import.old_spreadsheet", filename=filename)
    if start.startswith(_ZIP):
        return open_xlsx(path, sheet=sheet, header_row=header_row, limits=limits)
    if start.startswith(_OTHER_KINDS):
        raise NotASpreadsheet(filename=filename)
    return open_csv(path, encoding=encoding, delimiter=delimiter, header_row=header_row, limits=limits)
