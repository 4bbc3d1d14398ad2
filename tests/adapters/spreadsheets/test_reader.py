# ruff: noqa: DTZ001 (a spreadsheet cell carries no zone)
import codecs
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from leadhub.adapters.spreadsheets import xlsx_reader
from leadhub.adapters.spreadsheets.errors import (
    NotASpreadsheet,
    SheetNotFound,
    SpreadsheetDamaged,
    SpreadsheetEmpty,
    SpreadsheetLocked,
    SpreadsheetTooLarge,
)
from leadhub.adapters.spreadsheets.limits import Limits
from leadhub.adapters.spreadsheets.reader import open_table

TABLE = "Name,Ort,Umsatz\nMüller,Köln,1\nGarçon,Orléans,2\nÅse,Ålesund,3\n"


def written(tmp_path: Path, content: bytes | str, name: str = "t.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def book(tmp_path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_each_encoding_that_spreadsheets_save_reads_alike(
    tmp_path: Path, encoding: str, mark: bytes, found: str
) -> None:
    """Umlauts would arrive as question marks."""
    source = open_table(written(tmp_path, mark + TABLE.encode(encoding)))
    assert source.encoding == found
    assert source.headers == ["Name", "Ort", "Umsatz"]
    assert [row.cells for row in source.rows()] == [
        ("Müller", "Köln", "1"),
        ("Garçon", "Orléans", "2"),
        ("Åse", "Ålesund", "3"),
    ]


def test_russian_windows_text_is_not_read_as_western(tmp_path: Path) -> None:
    """Cyrillic names would arrive as accented noise."""
    content = "Имя;Компания\nИван Петров;Ромашка и партнёры\n".encode("cp1251")
    assert next(open_table(written(tmp_path, content)).rows()).cells == ("Иван Петров", "Ромашка и партнёры")


def test_one_broken_character_does_not_change_the_encoding(tmp_path: Path) -> None:
    """A single stray byte would turn every umlaut of a UTF-8 file into two letters."""
    content = "Name,Ort\nMüller,Köln\nÄrger,Büro\nBöse,Möwe\n".encode() + b"Bad\xff,x\n"
    source = open_table(written(tmp_path, content))
    assert (source.encoding, source.has_unreadable_characters) == ("utf-8", True)
    assert next(source.rows()).cells == ("Müller", "Köln")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """Every row would be one cell."""
    rows = [
        ["Name", "Betrag", "Notiz"],
        ["A", '"1.234,50"', "x"],
        ["B", '"2,5"', '"y; z | w, v"'],
        ["C", "3", "z"],
    ]
    source = open_table(written(tmp_path, "\n".join(delimiter.join(row) for row in rows)))
    assert source.delimiter == delimiter
    assert len(source.columns) == 3


def test_decimal_commas_do_not_pass_for_the_delimiter(tmp_path: Path) -> None:
    """A German file of amounts would be cut inside its numbers."""
    content = "Firma;Betrag\n" + "".join(f"Firma {i};{i},50\n" for i in range(50))
    source = open_table(written(tmp_path, content))
    assert source.delimiter == ";"
    assert next(source.rows()).cells == ("Firma 0", "0,50")


def test_a_declared_separator_is_believed(tmp_path: Path) -> None:
    """Excel's sep= line would become the header."""
    source = open_table(written(tmp_path, "sep=|\na|b\n1|2\n"))
    assert source.headers == ["a", "b"]
    assert [(row.number, row.cells) for row in source.rows()] == [(3, ("1", "2"))]


def test_line_breaks_inside_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    """A note of two lines would become two rows."""
    source = open_table(written(tmp_path, 'Name,Note\r\nA,"one\r\ntwo, ""three"""\r\nB,x\r\n'))
    assert [row.cells for row in source.rows()] == [("A", 'one\r\ntwo, "three"'), ("B", "x")]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    """The rest of the file would vanish into one cell."""
    source = open_table(written(tmp_path, 'Name,Note\nA,"open\nB,x\nC,y\n'))
    rows = list(source.rows())
    assert [row.cells for row in rows] == [("A", "open"), ("B", "x"), ("C", "y")]
    assert [row.problem.key if row.problem else None for row in rows] == [
        "import.quote_not_closed",
        None,
        None,
    ]


def test_ragged_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    """One stray comma would refuse the file or drop the row silently."""
    rows = list(open_table(written(tmp_path, "A,B,C\n1,2\n1,2,3,4\n1,2,3,,\n\n1,2,3\n")).rows())
    assert [row.cells for row in rows] == [("1", "2", ""), ("1", "2", "3"), ("1", "2", "3"), ("1", "2", "3")]
    assert [row.number for row in rows] == [2, 3, 4, 6]
    assert rows[1].problem is not None
    assert rows[1].problem.params == {"columns": 3, "cells": 4}
    assert [row.problem for row in rows[:1] + rows[2:]] == [None, None, None]


def test_repeated_and_blank_headers_get_keys_of_their_own(tmp_path: Path) -> None:
    """Two Phone columns would be mapped as one."""
    source = open_table(written(tmp_path, "Phone,,phone,Phone\n1,2,3,4\n"))
    assert [column.key for column in source.columns] == ["Phone", "[B]", "phone (2)", "Phone (3)"]


def test_title_and_blank_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """The report's title would be the only column."""
    source = open_table(
        written(
            tmp_path, "Lead report\n\nCreated by,Jane\n\nName,City,Phone,Email\nA,B,1,a@b.example\nC,D,2,\n"
        )
    )
    assert source.header_row == 5
    assert source.headers == ["Name", "City", "Phone", "Email"]


def test_a_table_without_headers_keeps_its_first_row(tmp_path: Path) -> None:
    """The first lead of a bare list would be lost."""
    source = open_table(
        written(tmp_path, "a@b.example,+49 30 1,2024-01-01\nc@d.example,+49 30 9,2024-01-02\n")
    )
    assert source.header_row == 0
    assert [column.key for column in source.columns] == ["[A]", "[B]", "[C]"]
    assert len(list(source.rows())) == 2


def test_reading_resumes_at_any_row(tmp_path: Path) -> None:
    """After a crash rows would be lost or read twice."""
    for path in (
        written(tmp_path, "N,M\n" + "".join(f"{i},x\n" for i in range(50))),
        book(tmp_path, ("S", [["N", "M"], *[[i, "x"] for i in range(50)]])),
    ):
        source = open_table(path)
        rows = list(source.rows())
        for start in (0, 1, 2, 17, 51, 99):
            assert list(source.rows(start)) == [row for row in rows if row.number >= start]
        assert len(list(source.rows(10, limit=5))) == 5


def test_xlsx_cells_keep_their_type(tmp_path: Path) -> None:
    """Dates would become serial numbers and postal codes 94106.0."""
    at = dt.datetime(2024, 5, 17, 14, 30, 5)
    row = ["text", 94106, 1.5, True, dt.datetime(2024, 5, 17), at, "007", None, "end"]
    source = open_table(book(tmp_path, ("S", [[f"h{i}" for i in range(9)], row])))
    assert next(source.rows()).cells == ("text", 94106, 1.5, True, dt.date(2024, 5, 17), at, "007", "", "end")


def test_both_ways_of_reading_xlsx_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file past the memory bound would parse differently from a small one."""
    rows = [
        [], ["", "Title"], [],
        ["", "A", "B", "C", "D"],
        ["", "x_x000D_", 2.0, dt.datetime(2024, 1, 2, 3, 4, 5), True],
        [],
        ["", "last", 0.1, dt.date(2024, 1, 2), "=1/0"],
    ]  # fmt: skip
    path = book(tmp_path, ("S", rows))
    loaded = open_table(path)
    monkeypatch.setattr(xlsx_reader, "BYTES_READ_AT_ONCE", 0)
    streamed = open_table(path)
    assert (loaded.raw.streams, streamed.raw.streams) == (False, True)
    assert list(loaded.rows()) == list(streamed.rows())
    assert [row.number for row in loaded.rows()] == [5, 7]
    assert loaded.columns == streamed.columns


def test_the_first_sheet_with_data_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    """A blank first sheet would make the file look empty."""
    path = book(tmp_path, ("Blank", []), ("Leads", [["A"], ["1"]]), ("More", [["B"], ["2"]]))
    assert open_table(path).sheet == "Leads"
    assert open_table(path).sheets == ("Blank", "Leads", "More")
    assert open_table(path, sheet="More").headers == ["B"]
    with pytest.raises(SheetNotFound):
        open_table(path, sheet="Nope")


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", SpreadsheetEmpty),
        (b"\xef\xbb\xbf\r\n \n", SpreadsheetEmpty),
        (b"\n\n,,,\n", SpreadsheetEmpty),
        (b"%PDF-1.7 blah", NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0\0", NotASpreadsheet),
        (bytes(range(256)) * 20, NotASpreadsheet),
        (b"<html><table><tr><td>1</td></tr></table></html>", NotASpreadsheet),
        (b'{"leads": [1]}', NotASpreadsheet),
        (b'[{"a": 1}]', NotASpreadsheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, NotASpreadsheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), SpreadsheetLocked),
        (b"PK\x03\x04 not really", SpreadsheetDamaged),
        (zipped(**{"word/document.xml": b"<a/>"}), NotASpreadsheet),
        (zipped(**{"xl/workbook.xml": b"<workbook/>"}), SpreadsheetDamaged),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    """A wrong file would crash the upload or import noise."""
    with pytest.raises(error):
        open_table(written(tmp_path, content))


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    """A small upload would fill the memory."""
    bomb = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 5_000_000})
    with pytest.raises(SpreadsheetTooLarge):
        open_table(written(tmp_path, bomb), limits=Limits(inflated_bytes=1_000_000))


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    """The declared size would pass the limit and the real one fill the memory."""
    size = 5_000_000
    honest = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * size})
    lying = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises((SpreadsheetDamaged, SpreadsheetTooLarge)):
        open_table(written(tmp_path, lying))


def test_a_stray_cell_far_away_is_streamed(tmp_path: Path) -> None:
    """One cell at XFD1048576 would reserve seventeen billion cells."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["A", "B"])
    sheet.append([1, 2])
    sheet["XFD300000"] = "x"
    workbook.save(tmp_path / "t.xlsx")
    source = open_table(tmp_path / "t.xlsx")
    assert source.raw.streams
    assert next(source.rows()).cells == (1, 2)


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"a,b\n" * 1000, Limits(file_bytes=100)),
        (b"a" * 3_000_000, Limits(line_bytes=1_000_000)),
        (b",".join(b"h%d" % i for i in range(300)) + b"\n", Limits(columns=200)),
    ],
)
def test_tables_past_a_limit_are_refused(tmp_path: Path, content: bytes, limits: Limits) -> None:
    """One upload would stop the server for everyone."""
    with pytest.raises(SpreadsheetTooLarge):
        open_table(written(tmp_path, content), limits=limits)
