import csv
import io

import pytest
from openpyxl import load_workbook

from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import InvalidInput, NotPermitted
from leadhub.domain.list_query import parse_list_query
from leadhub.queries import export
from leadhub.queries.export import export_columns, export_leads
from leadhub.services.exports.write_export import write_export
from tests.factories import make_actor, make_lead

ADMIN = system_actor()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_has_every_matching_row_and_no_formula(database, monkeypatch, tmp_path, kind):
    """A page instead of all rows, rows lost between chunks, or a cell that a spreadsheet runs."""
    monkeypatch.setattr(export, "_CHUNK", 3)
    for n in range(10):
        make_lead(title=f"=1+{n}", target_amount_minor=1050, city="Oslo")
    make_lead(title="other", city="Rome")
    query = parse_list_query("f=city:is:Oslo&cols=number,title,target_amount,created_at,owner&sort=title")
    columns = export_columns(query)
    rows = list(export_leads(query, actor=ADMIN))
    assert [row[1] for row in rows] == [f"=1+{n}" for n in range(10)]
    path = tmp_path / f"out.{kind}"
    kinds = [column.kind for column in columns]
    headers = [column.key for column in columns]
    assert write_export(
        path, headers=headers, column_kinds=kinds, rows=iter(rows), kind=kind, actor=ADMIN
    ) == len(rows)
    if kind == "csv":
        read = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        assert read[1][1:3] == ["'=1+0", "10.5"]
    else:
        sheet = load_workbook(path).active
        assert sheet.cell(2, 2).data_type == "s"
        assert sheet.cell(2, 3).value == 10.5
        assert sheet.max_row == 11


def test_an_export_keeps_to_what_one_may_see_and_do(database):
    """A download that the list would not show."""
    rep, other = make_actor(), make_actor()
    make_lead(owner_id=rep.user_id, title="mine")
    make_lead(owner_id=other.user_id, title="theirs")
    query = parse_list_query("cols=title")
    assert list(export_leads(query, actor=rep)) == [("mine",)]
    for nobody in (Actor(user_id=None, role=None), make_actor(Role.PARTNER)):
        with pytest.raises(NotPermitted):
            export_leads(query, actor=nobody)


def test_only_known_file_kinds_are_written(tmp_path):
    """A kind taken from the address as it is."""
    with pytest.raises(InvalidInput):
        write_export(tmp_path / "x", headers=[], column_kinds=[], rows=[], kind="exe", actor=ADMIN)
