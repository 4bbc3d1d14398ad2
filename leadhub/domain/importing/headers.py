"""Which row of a table holds the headers, and what its columns are called."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time
"""One cell as the file has it; an empty cell is the empty string."""

ROWS_SEARCHED = 30
PROBLEM_HEADER = "Problem"
"""The last column of a file of failed rows; when the corrected file is loaded again it means nothing."""
_VALUE = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://|www\.|[+($€£]*[\d.,:/\-+()\sTZ%€$]*\d[\d.,:/\-+()\sTZ%€$]*$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: `key` is its header, made unique when the file repeats it or leaves it blank."""

    index: int
    header: str
    key: str
    letter: str


def column_letter(index: int) -> str:
    """The spreadsheet's name of a zero-based column: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def clean_header(cell: Cell) -> str:
    """A header on one line, without the byte order marks and stars that files carry."""
    return " ".join(str(cell).replace("\ufeff", "").split())


def find_header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Index of the row that holds the headers, or None where the table starts with data.

    Title lines have fewer cells than the table; headers are words, not addresses, dates or amounts.
    """
    rows = rows[:ROWS_SEARCHED]
    filled = [sum(1 for cell in row if cell != "") for row in rows]
    widths = sorted(count for count in filled if count)
    if not widths:
        return None
    usual = widths[3 * len(widths) // 4]
    for index, row in enumerate(rows):
        if filled[index] < max(1, 0.6 * usual):
            continue
        if filled[index] == 1 < usual and len(rows) > index + 1 and filled[index + 1] > 1:
            continue
        return index if _looks_like_labels(row, rows[index + 1 :]) else None
    return None


def name_columns(header: Sequence[Cell] | None, width: int) -> tuple[Column, ...]:
    """The columns of a table; without a header row each is known by its letter."""
    seen: dict[str, int] = {}
    columns = []
    for index in range(width):
        text = clean_header(header[index]) if header is not None and index < len(header) else ""
        letter = column_letter(index)
        key = text or f"[{letter}]"
        seen[key.casefold()] = seen.get(key.casefold(), 0) + 1
        while (count := seen[key.casefold()]) > 1:
            key = f"{text} ({count})"
            seen[key.casefold()] = seen.get(key.casefold(), 0) + 1
        columns.append(Column(index=index, header=text, key=key, letter=letter))
    return tuple(columns)


def _looks_like_labels(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    filled = [cell for cell in row if cell != ""]
    values = sum(1 for cell in filled if not isinstance(cell, str) or _VALUE.match(cell.strip()))
    if values == 0:
        return True
    if values > 0.5 * len(filled):
        return False
    pairs = [(cell, under[i]) for under in below[:5] for i, cell in enumerate(row) if i < len(under)]
    alike = sum(1 for cell, under in pairs if _shape(cell) == _shape(under) == "value")
    return alike == 0 and values <= 0.3 * len(filled)


def _shape(cell: Cell) -> str:
    if cell == "":
        return "empty"
    return "value" if not isinstance(cell, str) or _VALUE.match(cell.strip()) else "word"
