"""Which bytes are text, and in which encoding: spreadsheets save CSV files in at least five."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from leadhub.adapters.spreadsheets.errors import NotASpreadsheet, SpreadsheetEmpty, SpreadsheetTooLarge
from leadhub.adapters.spreadsheets.limits import MEBIBYTE, Limits

SAMPLE_BYTES = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_WORD_WITH_HIGH_BYTES = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class TextFile:
    encoding: str
    line_count: int
    has_unreadable_characters: bool = False


def inspect_text(path: Path, *, limits: Limits) -> TextFile:
    """Encoding and number of lines of a text file, from one pass over its bytes.

    Raises NotASpreadsheet, SpreadsheetEmpty, SpreadsheetTooLarge.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if not sample.strip(b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"):
        raise SpreadsheetEmpty
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    wide = marked or _utf16_without_mark(sample)
    if wide is None or wide == "utf-8-sig":
        _require_text(sample)
    scan = _scan(path, limits)
    if wide and wide != "utf-8-sig":
        return TextFile(wide, scan.line_count)
    if scan.is_utf8:
        return TextFile(wide or "utf-8", scan.line_count)
    if wide or scan.utf8_characters > 4 * scan.stray_bytes:
        return TextFile(wide or "utf-8", scan.line_count, has_unreadable_characters=True)
    return TextFile(_single_byte_encoding(path), scan.line_count)


@dataclass(slots=True)
class _Scan:
    is_utf8: bool = True
    line_count: int = 0
    utf8_characters: int = 0
    stray_bytes: int = 0


def _scan(path: Path, limits: Limits) -> _Scan:
    scan = _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    since_line_end = 0
    with path.open("rb") as file:
        while chunk := file.read(MEBIBYTE):
            ends = chunk.count(b"\n") or chunk.count(b"\r")
            scan.line_count += ends
            since_line_end = 0 if ends else since_line_end + len(chunk)
            if since_line_end > limits.line_bytes:
                raise SpreadsheetTooLarge("import.spreadsheet_line_too_long", limit=limits.line_bytes)
            if scan.is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    scan.is_utf8 = False
            if not scan.is_utf8:
                whole = _UTF8_CHARACTER.findall(chunk)
                high = len(chunk) - len(chunk.translate(None, bytes(range(128, 256))))
                scan.utf8_characters += len(whole)
                scan.stray_bytes += high - sum(map(len, whole))
    if scan.is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            scan.is_utf8, scan.stray_bytes = False, 1
            scan.utf8_characters = 5
    return scan


def _require_text(sample: bytes) -> None:
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample.count(b"\0") > 2 or controls > 0.01 * len(sample):
        raise NotASpreadsheet
    start = sample.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"{\\rtf", b"%pdf")) or re.match(
        rb"[\[{]\s*[{\"\]}]", start
    ):
        raise NotASpreadsheet


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.1 * half and even < 0.01 * half:
        return "utf-16-le"
    if even > 0.1 * half and odd < 0.01 * half:
        return "utf-16-be"
    return None


def _single_byte_encoding(path: Path) -> str:
    """Windows-1251 where words are written in high bytes throughout, else Windows-1252."""
    data = b""
    with path.open("rb") as file:
        while (chunk := file.read(MEBIBYTE)) and len(data) < 4 * SAMPLE_BYTES:
            data += b" ".join(_WORD_WITH_HIGH_BYTES.findall(chunk))[: 4 * SAMPLE_BYTES]
    letters = len(data.replace(b" ", b""))
    high = len(data) - len(data.translate(None, bytes(range(0xC0, 256))))
    if letters > 20 and high > 0.8 * letters:
        return "cp1251"
    undefined_in_1252 = b"\x81\x8d\x8f\x90\x9d"
    return "latin-1" if any(byte in data for byte in undefined_in_1252) else "cp1252"
