import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.headers import Cell, name_columns
from leadhub.domain.importing.mapping import guess_mapping
from leadhub.domain.importing.parsed import ExtraWay, ImportContext, ParsedRow
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.rows import RowChecker, check_row
from leadhub.domain.importing.values import Label, Reference
from leadhub.domain.lookups import Lookup
from tests.domain.importing.test_mapping import LEAD_STAGES, SALE_STAGES


def context(**changes: Any) -> ImportContext:
    settings = {
        "lookups": {
            Lookup.SOURCE: {"cold call": 5, "website form": 2},
            Lookup.COUNTRY: {"united states": 1},
            Lookup.CUSTOMER_NEED: {"software": 9},
        },
        "users": {"jane doe": 7, "jane@b.example": 7, "1001": 7},
        "stages": LEAD_STAGES,
        "defaults": {"customer_need": 9},
    }
    return ImportContext(**(settings | changes))


def parse(headers: str, *rows: list[Cell], entity: str = "lead", **changes: Any) -> list[ParsedRow]:
    columns = name_columns(headers.split("|"), len(headers.split("|")))
    mapping = guess_mapping(headers.split("|"), rows, entity).targets
    if entity != "lead":
        changes = {"defaults": {}} | changes
    checker = RowChecker(entity, columns, mapping, context(**changes), rows)
    return [checker.check(number, row) for number, row in enumerate(rows, 2)]


def test_a_row_becomes_values_as_the_fields_keep_them() -> None:
    """The service would have to parse again."""
    (row,) = parse(
        "LEADID|First Name|Last Name|Lead Source|Lead Status|Created Time|Amount|Owner|Country",
        [
            "4563",
            "Ann",
            "Lee",
            "cold  call",
            "Contacted",
            "15 Apr, 2021 00:03:00",
            "$1.5K",
            "Jane Doe",
            "USA",
        ],
    )
    assert row.problems == ()
    assert row.values == {
        "external_id": "4563",
        "contact_name": "Ann Lee",
        "source": 5,
        "stage": "qualification",
        "created_at": dt.datetime(2021, 4, 15, 0, 3, tzinfo=dt.UTC),
        "target_amount": 150_000,
        "owner": 7,
        "country": 1,
        "customer_need": 9,
    }


def test_every_problem_is_named_by_its_cell_and_the_rest_is_kept() -> None:
    """One bad date would hide the bad e-mail beside it, or cost the row its good values."""
    (row,) = parse("Email|Created Time|Company", ["not an address", "someday", "Acme"])
    assert {(found.column, found.target, found.text, found.problem.key) for found in row.problems} == {
        ("Email", "email", "not an address", "errors.value_not_email"),
        ("Created Time", "created_at", "someday", "import.not_a_date"),
    }
    assert row.values["account_name"] == "Acme"
    assert not row.is_good


def test_a_required_value_is_missed_once() -> None:
    """An unreadable amount would also be reported as missing."""
    bare, bad = parse(
        "Deal Name|Amount", ["", "5"], ["x" * 400, "5"], entity="opportunity", stages=SALE_STAGES
    )
    assert [found.problem.key for found in bare.problems] == ["import.required_missing"]
    assert [found.problem.key for found in bad.problems] == ["errors.value_too_long"]


def test_required_fields_without_a_column_are_known_before_the_first_row() -> None:
    """A hundred thousand rows would fail one by one for the same reason."""
    columns = name_columns(["Company"], 1)
    assert RowChecker("lead", columns, {0: "account_name"}, context(defaults={})).missing_required == (
        "customer_need",
    )
    assert RowChecker("contact", columns, {0: "last_name"}, context(defaults={})).missing_required == ()


def test_further_emails_and_phones_are_kept_and_the_first_is_promoted() -> None:
    """The only e-mail of a contact would be hidden among the further ones."""
    first, second = parse(
        "Name|email_work|email_home|phone_work|phone_other",
        ["A", "a@b.example", "c@d.example", "030 1234", "030 9876"],
        ["B", "", "c@d.example; e@f.example", "", "030 9876"],
        entity="contact",
    )
    assert (first.values["email"], first.values["business_phone"]) == ("a@b.example", "030 1234")
    assert first.more == (
        ExtraWay("email", "email_home", "c@d.example"),
        ExtraWay("phone", "phone_other", "030 9876"),
    )
    assert (second.values["email"], second.values["business_phone"]) == ("c@d.example", "030 9876")
    assert second.more == (ExtraWay("email", "email_home", "e@f.example"),)


def test_records_are_named_by_id_and_name_together() -> None:
    """A contact whose company has an id and a name would be joined by one of them only."""
    first, second = parse(
        "Last Name|Account Id|Company Name", ["Lee", 386, "Acme"], ["Poe", "0", "Acme"], entity="contact"
    )
    assert first.references["account"] == Reference(FieldKind.ACCOUNT, external_id="386", name="Acme")
    assert second.references["account"] == Reference(FieldKind.ACCOUNT, name="Acme")


def test_an_unknown_owner_is_a_warning_and_the_name_is_kept() -> None:
    """A file of a team that has left could not be imported, or its owners would be forgotten."""
    (row,) = parse("Company|Lead Owner", ["Acme", "Bob Gone"])
    assert row.is_good
    assert [found.problem for found in row.warnings] == [
        Problem("import.user_unknown", {"value": "Bob Gone"})
    ]
    assert row.extra == {"Lead Owner": "Bob Gone"}


def test_labels_not_in_the_list_are_added_or_refused_as_chosen() -> None:
    """A typing error would silently become a lead source."""
    (added,) = parse("Company|Lead Source", ["Acme", "Billboard"])
    assert added.values["source"] == Label("Billboard")
    assert added.warnings[0].problem.key == "import.will_be_added"
    (refused,) = parse("Company|Lead Source", ["Acme", "Billboard"], add_missing_labels=False)
    assert refused.problems[0].problem.key == "import.not_in_list"
    (usual,) = parse("Company|Country", ["Acme", "Deutschland"])
    assert usual.values["country"] == Label("Germany")


def test_a_converted_lead_stands_where_converted_leads_stand() -> None:
    """Leads that are deals already would be qualified again."""
    rows = parse(
        "Company|Lead Status|CONVERTED",
        ["A", "Contacted", "Yes"], ["B", "Contacted", "No"],
        ["C", "Junk Lead", "Yes"], ["D", "Closed Won", "Yes"],
    )  # fmt: skip
    assert [row.values["stage"] for row in rows] == [
        "awaiting_sale", "qualification", "awaiting_sale", "need_satisfied",
    ]  # fmt: skip
    assert [len(row.warnings) for row in rows] == [0, 0, 1, 0]
    assert all("converted" not in row.values for row in rows)


def test_what_no_column_takes_is_kept_word_for_word() -> None:
    """Columns that LeadHub does not know would be lost with the old system."""
    (row,) = parse("Company|Shoe size", ["Acme", " 46 ½ "])
    assert row.extra == {"Shoe size": " 46 ½ "}
    (row,) = parse("Company|Shoe size", ["Acme", "46"], keep_unmapped=False)
    assert row.extra == {}


def test_address_parts_are_joined_in_the_order_of_the_file() -> None:
    """Only the postal code would be kept."""
    (row,) = parse("Company|Street|Postal Code|State|City", ["Acme", "1 Main St", 78701, "TX", "Austin"])
    assert row.values["address"] == "1 Main St, 78701, TX"
    assert row.values["city"] == "Austin"


def test_a_row_in_which_no_mapped_column_has_a_value_is_no_record() -> None:
    """Footers would be imported as empty leads."""
    (row,) = parse("Company|Foo", ["", "Total: 17"])
    assert [found.problem.key for found in row.problems] == ["import.row_without_values"]


def test_the_shape_of_a_row_is_reported_with_its_cells() -> None:
    """A row cut in the wrong place would be saved."""
    columns = name_columns(["Company"], 1)
    checker = RowChecker("lead", columns, {0: "account_name"}, context())
    fault = Problem("import.row_too_long", {"columns": 1, "cells": 2})
    assert checker.check(5, ["Acme"], fault).problems[0].problem == fault


def test_one_row_can_be_checked_alone() -> None:
    """Correcting a cell in the preview would need the whole file."""
    columns = name_columns(["Company", "Email"], 2)
    row = check_row(
        {0: "account_name", 1: "email"}, (2, ["Acme", "x"]), context(), entity="lead", columns=columns
    )
    assert [found.column for found in row.problems] == ["Email"]


def test_calls_are_done_calls() -> None:
    """The required kind has no column in a file of calls."""
    headers = "Subject|Call Type|Call Duration (in seconds)|LEADID|Call Start Time"
    (row,) = parse(
        headers, ["Hello", "Outbound", "420", "77", "2021-04-15 23:03"],
        entity="activity", defaults=guess_mapping(headers.split("|"), [], "activity").defaults,
    )  # fmt: skip
    assert row.problems == ()
    assert row.values["kind"] == "call"
    assert row.values["status"] == "done"
    assert row.values["direction"] == "outbound"
    assert row.values["duration_minutes"] == 7
    assert row.references["lead"].external_id == "77"


cells = st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates())


@given(
    st.sampled_from(["lead", "contact", "account", "opportunity", "activity", "campaign", "user"]), st.data()
)
def test_any_row_under_any_mapping_is_parsed_or_named(entity: str, data: st.DataObject) -> None:
    """One strange cell would end the import job."""
    from leadhub.domain.importing.targets import targets_of

    keys = data.draw(st.lists(st.sampled_from(sorted(targets_of(entity))), min_size=1, max_size=8))
    rows = data.draw(
        st.lists(st.lists(cells, min_size=len(keys), max_size=len(keys)), min_size=1, max_size=3)
    )
    columns = name_columns([f"c{i}" for i in range(len(keys))], len(keys))
    checker = RowChecker(entity, columns, dict(enumerate(keys)), context(), rows)
    for number, row in enumerate(rows):
        parsed = checker.check(number, row)
        assert parsed.problems or parsed.values or parsed.references or parsed.more
