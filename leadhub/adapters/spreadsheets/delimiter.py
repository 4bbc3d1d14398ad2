import csv
from collections import Counter
from collections.abc import Sequence

DELIMITERS = (",", ";", "\t", "|")
LINES_TRIED = 200


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The separator that cuts most rows into the same number of cells, as many as the widest first row has.

    A comma where no separator does: a file of one column.
    """
    return max(DELIMITERS, key=lambda delimiter: _score(lines, delimiter))


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, int, int]:
    try:
        widths = [len(row) for row in csv.reader(lines[:LINES_TRIED], delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0, 0, 0
    if len(widths) > 1 and len(lines) >= LINES_TRIED:
        widths.pop()
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0, 0
    usual, count = Counter(wide).most_common(1)[0]
    consistent = count / len(widths)
    first_wide = next(width for width in widths if width > 1)
    header_agrees = first_wide >= usual and widths.index(first_wide) < 10
    return consistent * (1.0 if header_agrees else 0.4), usual, -DELIMITERS.index(delimiter)
