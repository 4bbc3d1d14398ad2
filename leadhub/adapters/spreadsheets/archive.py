"""What a workbook would unpack to, counted before any library unpacks it.

The sizes that a zip file declares are the sender's word; the libraries below trust it.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadhub.adapters.spreadsheets.errors import NotASpreadsheet, SpreadsheetDamaged, SpreadsheetTooLarge
from leadhub.adapters.spreadsheets.limits import MEBIBYTE, Limits

_MEMBERS = 10_000
_LOCAL_HEADER_BYTES = 30
_FAR_CELL = re.compile(
    rb"""["'](?:[A-Za-z]{0,3}(?:[2-9]\d{5}|\d{7,})|(?:[B-Zb-z][A-Za-z]|[A-Za-z]{3})\d+)["']"""
)
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_STRING_END = b"</si>"


@dataclass(slots=True)
class Workbook:
    """Sizes found in an XLSX archive; `has_far_cells`: some cell is beyond column AZ or row 199,999."""

    inflated_bytes: int = 0
    rows_by_member: dict[str, int] | None = None
    cell_count: int = 0
    longest_shared_string: int = 0
    has_far_cells: bool = False

    @property
    def bytes_in_memory(self) -> int:
        """An upper bound of what reading the whole workbook at once takes."""
        return 2 * self.inflated_bytes + self.cell_count * self.longest_shared_string


def inspect_workbook(path: Path, *, limits: Limits) -> Workbook:
    """Raises NotASpreadsheet, SpreadsheetTooLarge, SpreadsheetDamaged."""
    found = Workbook(rows_by_member={})
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in {name.lstrip("/") for name in names}:
                raise NotASpreadsheet
            if len(members) > _MEMBERS:
                raise SpreadsheetTooLarge
            for member in members:
                _inspect_member(path, member, found, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError) as error:
        raise SpreadsheetDamaged from error
    return found


def _inspect_member(path: Path, member: zipfile.ZipInfo, found: Workbook, limits: Limits) -> None:
    is_sheet = "/worksheets/" in f"/{member.filename}"
    is_strings = member.filename.casefold().endswith("sharedstrings.xml")
    rows = size = 0
    tail = b""
    for chunk in _inflate(path, member):
        size += len(chunk)
        found.inflated_bytes += len(chunk)
        if found.inflated_bytes > limits.inflated_bytes:
            raise SpreadsheetTooLarge("import.spreadsheet_unpacks_too_large", limit=limits.inflated_bytes)
        if is_strings:
            if size > limits.shared_strings_bytes:
                raise SpreadsheetTooLarge(
                    "import.spreadsheet_unpacks_too_large", limit=limits.shared_strings_bytes
                )
            *strings, tail = (tail + chunk).split(_STRING_END)
            longest = max(map(len, [*strings, tail]))
            found.longest_shared_string = max(found.longest_shared_string, longest)
        elif is_sheet:
            window = tail + chunk
            rows += len(_ROW.findall(window)) - len(_ROW.findall(tail))
            found.cell_count += len(_CELL.findall(window)) - len(_CELL.findall(tail))
            found.has_far_cells = found.has_far_cells or _FAR_CELL.search(window) is not None
            tail = window[-24:]
    if is_sheet and found.rows_by_member is not None:
        found.rows_by_member[member.filename] = rows
    if size != member.file_size:
        raise SpreadsheetDamaged


def _inflate(path: Path, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER_BYTES)
        if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(b"PK\x03\x04"):
            raise SpreadsheetDamaged
        if member.flag_bits & 1:
            raise SpreadsheetDamaged
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = member.compress_size
        if member.compress_type == zipfile.ZIP_STORED:
            while left and (chunk := file.read(min(left, MEBIBYTE))):
                left -= len(chunk)
                yield chunk
            return
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise SpreadsheetDamaged
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        while left and not inflater.eof and (packed := file.read(min(left, MEBIBYTE // 4))):
            left -= len(packed)
            while packed and not inflater.eof:
                yield inflater.decompress(packed, MEBIBYTE)
                packed = inflater.unconsumed_tail
        yield inflater.flush()
