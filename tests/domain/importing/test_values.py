import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.dates import DateOrder, decide_date_order, parse_moment
from leadhub.domain.importing.hints import guess_hints, is_date_order_open
from leadhub.domain.importing.numbers import decide_decimal_mark, parse_number
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.targets import targets_of
from leadhub.domain.importing.values import Hints, Label, Reference, parse_external_id, parse_value

K = FieldKind
cells = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(),
    st.from_regex(r"[$€(]?[\d.,]{1,12}[)KM%€]?", fullmatch=True),
    st.from_regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( \d{1,2}:\d{2})?", fullmatch=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("$22,700.00", 2_270_000),
        ("$342.09K", 34_209_000),
        ("$1,117.10K", 111_710_000),
        ("1.234,56 €", 123_456),
        ("(500)", -50_000),
        ("CHF 1'234.50", 123_450),
        ("1.234", 123_400),
        ("1,234", 123_400),
        ("3 Mio. €", 300_000_000),
        ("€ 1.000.000", 100_000_000),
        ("−12,5", -1_250),
        ("0", 0),
    ],
)
def test_money_is_read_in_minor_units(text: str, minor: int) -> None:
    """A budget would arrive a hundred or a thousand times too large."""
    assert parse_value(K.MONEY, text) == minor


@pytest.mark.parametrize("text", ["abc", "50-200", "12 apples", "$", "1..2", "NaN€", "ten"])
def test_what_is_no_number_is_a_problem_with_its_text(text: str) -> None:
    """A wrong amount would be read as zero."""
    found = parse_value(K.MONEY, text)
    assert isinstance(found, Problem)
    assert found.params["value"] == text


def test_a_column_decides_what_its_marks_mean() -> None:
    """One cell 1.234 alone says neither 1234 nor 1.234."""
    assert decide_decimal_mark(["1.234", "1.234,50"]) == ","
    assert decide_decimal_mark(["1,234", "12.5"]) == "."
    assert decide_decimal_mark(["1,234", "5"]) == ""
    number = parse_number("1.234", decimal_mark=",")
    assert number is not None
    assert number.value == 1234


def test_an_amount_in_another_currency_is_named() -> None:
    """Euros would be added to dollars."""
    found = parse_value(K.MONEY, "5 €", hints=Hints(currency="USD"))
    assert found == Problem("import.other_currency", {"currency": "EUR", "base": "USD"})
    assert parse_value(K.MONEY, "5 €", hints=Hints(currency="EUR")) == 500


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15 Apr, 2021 00:03:00", "2021-04-15T00:03:00+00:00"),
        ("2021-04-15 23:03:00", "2021-04-15T23:03:00+00:00"),
        ("2024-08-14T11:37:45.65+02:00", "2024-08-14T09:37:45+00:00"),
        ("2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00+00:00"),
        ("31.12.2024 14:30 Uhr", "2024-12-31T14:30:00+00:00"),
        ("Apr 15, 2021 3:04 PM", "2021-04-15T15:04:00+00:00"),
        ("12. März 2021", "2021-03-12T00:00:00+00:00"),
        ("15-Apr-21", "2021-04-15T00:00:00+00:00"),
        ("Mon, 15 Apr 2021 10:00:00 +0200", "2021-04-15T08:00:00+00:00"),
        ("Thu Apr 15 2021 00:03:00 GMT+0200 (Central European Summer Time)", "2021-04-14T22:03:00+00:00"),
        ("1618444800000", "2021-04-15T00:00:00+00:00"),
        ("44301.5", "2021-04-15T12:00:00+00:00"),
        ("15/01/2025", "2025-01-15T00:00:00+00:00"),
    ],
)
def test_moments_are_read_in_the_forms_that_exports_have(text: str, moment: str) -> None:
    """Imported leads would lose when they were created."""
    assert parse_value(K.DATETIME, text) == dt.datetime.fromisoformat(moment)


def test_a_moment_without_a_zone_happened_in_the_workspace_zone() -> None:
    """Everything imported in Berlin would be two hours late."""
    found = parse_value(K.DATETIME, "2024-07-01 10:00", hints=Hints(time_zone=ZoneInfo("Europe/Berlin")))
    assert found == dt.datetime(2024, 7, 1, 8, tzinfo=dt.UTC)


def test_day_and_month_are_decided_by_the_column() -> None:
    """03/04/2024 would be March in one row and April in the next."""
    assert decide_date_order(["03/04/2024", "31/12/2024"]) is DateOrder.DAY_FIRST
    assert decide_date_order(["03/04/2024", "12/31/2024"]) is DateOrder.MONTH_FIRST
    assert decide_date_order(["03/04/2024"]) is None
    assert decide_date_order(["31/12/2024", "12/31/2024"]) is None
    assert is_date_order_open(["03/04/2024"])
    assert not is_date_order_open(["03/04/2024", "31/12/2024"])
    assert not is_date_order_open(["03.04.2024", "2024-03-04"])
    target = targets_of("lead")["created_at"]
    hints = guess_hints(target, "Created", ["03/04/2024", "12/31/2024"])
    assert parse_value(K.DATE, "03/04/2024", hints=hints) == dt.date(2024, 3, 4)
    assert parse_value(K.DATE, "31/12/2024", hints=hints) == Problem(
        "import.date_in_other_order", {"value": "31/12/2024"}
    )


@pytest.mark.parametrize(
    "text", ["May", "50-200", "1-2", "01-May", "32.01.2024", "2024-02-30", "soon", "12:30"]
)
def test_what_is_no_date_is_a_problem(text: str) -> None:
    """A stock range 50-200 or a bare month would become a day."""
    assert isinstance(parse_value(K.DATE, text), Problem)


@given(st.dates(min_value=dt.date(1971, 1, 1), max_value=dt.date(2069, 12, 31)))
def test_every_form_of_a_day_reads_as_that_day(day: dt.date) -> None:
    """One of the forms would exchange day and month."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b, %Y 00:00:00", "%B %d, %Y", "%d-%b-%y", "%Y%m%d"):
        found = parse_moment(day.strftime(form))
        assert found is not None
        assert (found.year, found.month, found.day) == (day.year, day.month, day.day), form
    assert parse_moment(day.strftime("%m/%d/%Y"), DateOrder.MONTH_FIRST) == day
    assert parse_moment(day.strftime("%d/%m/%Y"), DateOrder.DAY_FIRST) == day
    serial = (day - dt.date(1899, 12, 30)).days
    assert parse_value(K.DATE, serial) == day


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("Yes", True),
        ("ja", True),
        ("x", True),
        ("1", True),
        ("No", False),
        ("Nein", False),
        ("0", False),
        (1, True),
    ],
)
def test_yes_and_no_in_several_languages(word: str, value: bool) -> None:
    """CONVERTED = Yes would be lost."""
    assert parse_value(K.BOOLEAN, word) is value


def test_percent_typed_as_a_fraction_is_a_percent() -> None:
    """Excel keeps 45 % as 0.45."""
    target = targets_of("lead")["win_probability"]
    assert parse_value(K.PERCENT, 0.45, hints=guess_hints(target, "P", [0.45, 1.0, 0.1])) == 45
    assert parse_value(K.PERCENT, 45, hints=guess_hints(target, "P", [45, 100, 0])) == 45
    assert parse_value(K.PERCENT, "45 %") == 45


def test_phones_stay_as_typed_and_numbers_lose_no_digit() -> None:
    """A phone number would arrive as 4.9301234E9."""
    assert parse_value(K.PHONE, " 001-672-799-2170x5610 ") == "001-672-799-2170x5610"
    assert parse_value(K.PHONE, "p:+33612345678") == "+33612345678"
    assert parse_value(K.PHONE, 2754733370.0) == "2754733370"
    assert parse_value(K.TEXT, 94106) == "94106"


def test_emails_are_taken_out_of_what_surrounds_them() -> None:
    """Outlook's form of an address would be refused."""
    assert parse_value(K.EMAIL, "Ann Lee <ann@b.example>") == "ann@b.example"
    assert parse_value(K.EMAIL, "ann@b.example; bob@b.example") == "ann@b.example"
    assert parse_value(K.EMAIL, "mailto:ann@b.example") == "ann@b.example"


def test_references_and_labels_are_left_to_be_looked_up() -> None:
    """A name would be stored where an id belongs."""
    assert parse_value(K.USER, "jane@b.example") == Reference(K.USER, email="jane@b.example")
    assert parse_value(K.ACCOUNT, "Acme") == Reference(K.ACCOUNT, name="Acme")
    assert parse_value(K.LOOKUP, "Cold Call") == Label("Cold Call")
    assert parse_external_id("l:1000000000000001") == "1000000000000001"
    assert parse_external_id("a:b") == "a:b"


def test_seconds_become_minutes() -> None:
    """A call of seven minutes would last seven hours."""
    target = targets_of("activity")["duration_minutes"]
    assert (
        parse_value(K.INTEGER, "420", hints=guess_hints(target, "Call Duration (in seconds)", ["420"])) == 7
    )
    assert parse_value(K.INTEGER, "7", hints=guess_hints(target, "Duration", ["7"])) == 7


@settings(max_examples=300)
@given(st.sampled_from(list(FieldKind)), cells)
def test_any_cell_gives_a_value_or_a_problem(kind: FieldKind, cell: object) -> None:
    """One strange cell would stop the import of a whole file."""
    parse_value(kind, cell)  # type: ignore[arg-type]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_amounts_written_in_english_and_german_are_the_same(amount: Decimal) -> None:
    """A thousands mark would be taken for the decimal mark."""
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans({",": ".", ".": ","}))
    assert parse_value(K.MONEY, f"${english}") == parse_value(K.MONEY, f"{german} €") == int(amount * 100)
