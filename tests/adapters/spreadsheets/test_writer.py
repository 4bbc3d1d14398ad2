# ruff: noqa: DTZ001 (a spreadsheet cell carries no zone)
import csv
import datetime as dt
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.adapters.spreadsheets.formulas import clean_text, escape_formula, unescape_formula
from leadhub.adapters.spreadsheets.reader import open_table
from leadhub.adapters.spreadsheets.writer import write_table

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "＝1",
    '=HYPERLINK("http://x.example")',
]

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n=+-@'\";,"),
    max_size=40,
)
dates = st.dates(min_value=dt.date(1901, 1, 1), max_value=dt.date(2200, 1, 1))
seconds = st.datetimes(min_value=dt.datetime(1901, 1, 1), max_value=dt.datetime(2200, 1, 1)).map(
    lambda value: value.replace(microsecond=0)
)
cells = st.one_of(texts, st.integers(-(10**12), 10**12), st.booleans(), dates, seconds, st.none())
rows = st.lists(st.tuples(texts.map(lambda text: f"x{text}"), cells, texts), min_size=1, max_size=8)
HEADERS = ["Name", "Value", "Note"]


def normal(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time.min:
        return cell.date()
    return clean_text(cell).replace("\r\n", "\n").replace("\r", "\n") if isinstance(cell, str) else cell


@given(st.text())
def test_escaping_a_formula_is_undone_exactly(text: str) -> None:
    """A phone number +33… would come back with an apostrophe."""
    assert unescape_formula(escape_formula(text)) == text


@given(st.text())
def test_no_escaped_text_is_a_formula(text: str) -> None:
    """An export opened in Excel would run what a stranger typed into a landing page."""
    assert not escape_formula(text).lstrip(" \u00a0\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(rows)
def test_xlsx_reads_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple]
) -> None:
    """An export that is imported again would change values."""
    path = tmp_path_factory.mktemp("x") / "t.xlsx"
    assert write_table(path, headers=HEADERS, rows=table, kind="xlsx") == len(table)
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    read = [row.cells for row in open_table(path, header_row=1).rows()]
    assert [tuple(map(normal, row)) for row in read] == [tuple(map(normal, row)) for row in table]


@given(rows)
def test_csv_reads_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple]
) -> None:
    """Quotes, line breaks or apostrophes in a note would shift cells."""
    path = tmp_path_factory.mktemp("x") / "t.csv"
    write_table(path, headers=HEADERS, rows=table, kind="csv")
    read = [row.cells for row in open_table(path, header_row=1).rows()]
    assert [(row[0], row[2]) for row in read] == [(clean_text(row[0]), clean_text(row[2])) for row in table]
    for row, (_, value, _) in zip(read, table, strict=True):
        if not isinstance(value, str | bool | None):
            assert row[1] == value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_is_text_in_both_kinds(tmp_path: Path, text: str) -> None:
    """A cell would run as a formula in the reader's spreadsheet."""
    for kind in ("csv", "xlsx"):
        write_table(tmp_path / f"t.{kind}", headers=["Note", "N"], rows=[[text, "n"]], kind=kind)
    raw = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig")
    assert next(csv.reader([raw.split("\r\n", 1)[1]]))[0].startswith("'")
    (row,) = open_table(tmp_path / "t.csv").rows()
    assert row.cells[0] == text
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "t.xlsx").read("xl/worksheets/sheet1.xml")


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    """An apostrophe before −5 would make amounts text."""
    write_table(tmp_path / "t.csv", headers=["Amount"], rows=[[-5], [1.5e-7], [-2.50]], kind="csv")
    assert [row.cells for row in open_table(tmp_path / "t.csv").rows()] == [
        ("-5",),
        ("0.00000015",),
        ("-2.5",),
    ]


def test_xlsx_has_a_frozen_header_and_a_filter(tmp_path: Path) -> None:
    """Long exports would scroll away from their headers."""
    write_table(
        tmp_path / "t.xlsx", headers=["A", "B"], rows=[[1, 2]], kind="xlsx", column_kinds=["money", "date"]
    )
    sheet = zipfile.ZipFile(tmp_path / "t.xlsx").read("xl/worksheets/sheet1.xml")
    assert b'state="frozen"' in sheet
    assert b'<autoFilter ref="A1:B2"' in sheet
