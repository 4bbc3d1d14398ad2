from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.fields import Entity, FieldKind, fields_of
from leadhub.domain.list_query import (
    SHIPPED_VIEWS,
    FilterGroup,
    LeadSort,
    Operator,
    arity_of,
    clean_filter,
    format_list_query,
    list_query,
    operators_of,
    parse_list_query,
    parse_search,
    sort_keys,
)
from leadhub.domain.list_query.dates import day_range, start_of
from leadhub.domain.list_query.operators import DAYS, KEY_KINDS, REFERENCE_KINDS, TEXT_KINDS
from leadhub.domain.list_query.search import fold_search, search_document
from leadhub.texts import keys

TEXTS = st.text(min_size=1, max_size=30) | st.sampled_from(["a:b", "x;y", "1,2", "50%", "any", "~|&=#?+ "])


@st.composite
def filters(draw, entity):
    spec = draw(st.sampled_from(list(fields_of(entity).values())))
    operator = draw(st.sampled_from(operators_of(spec.kind)))
    least, most = arity_of(operator)
    if operator in DAYS:
        one = st.integers(0, 9999)
    elif spec.kind in TEXT_KINDS:
        one = TEXTS
    elif spec.kind in (FieldKind.DATE, FieldKind.DATETIME):
        one = st.dates(date(1900, 1, 1), date(2200, 12, 31))
    elif spec.kind in REFERENCE_KINDS:
        one = st.integers(1, 10**15) | st.sampled_from(["me", "mine"])
    elif spec.kind is FieldKind.CHOICE:
        one = st.sampled_from(spec.choices)
    elif spec.kind in KEY_KINDS:
        one = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
    elif spec.kind is FieldKind.BOOLEAN:
        one = st.sampled_from(["true", "false"])
    else:
        one = st.integers(-(10**15), 10**15)
    values = draw(st.lists(one, min_size=least, max_size=min(most, 5)))
    return clean_filter(entity, spec.key, operator, values)


@st.composite
def queries(draw):
    entity = draw(st.sampled_from([Entity.LEAD, Entity.CONTACT, Entity.OPPORTUNITY]))
    group = st.builds(
        FilterGroup,
        st.lists(filters(entity).filter(lambda f: f is not None), min_size=1, max_size=4).map(tuple),
        any=st.booleans(),
    )
    return list_query(
        entity,
        search=draw(st.text(max_size=40)),
        groups=draw(st.lists(group, max_size=4)),
        any=draw(st.booleans()),
        sort=draw(st.sampled_from(sort_keys(entity))),
        descending=draw(st.booleans()),
        columns=draw(st.lists(st.sampled_from(list(fields_of(entity))), max_size=6)),
        view=draw(st.sampled_from(["", "mine", "42"])),
    )


@given(queries())
def test_a_query_survives_the_address_bar(query):
    """A reload or a shared link that shows another list."""
    assert parse_list_query(format_list_query(query), query.entity) == query


@given(st.text(max_size=200) | st.from_regex(r"(f|q|sort|cols|match|view)=[^&]{0,40}(&f=[a-z_:;,%]{0,40})*"))
def test_junk_in_the_address_bar_is_left_out(text):
    """A mistyped address that raises, or text that grows with each reload."""
    query = parse_list_query(text)
    assert parse_list_query(format_list_query(query)) == query


def test_sorts_are_the_registrys():
    """A column that offers a sort without an index, or an index without a column."""
    assert {sort.value for sort in LeadSort} == set(sort_keys(Entity.LEAD))


def test_every_operator_and_view_has_a_text():
    """A filter builder that shows keys."""
    known = keys()
    assert all(f"filters.operator.{operator.value}" in known for operator in Operator)
    assert all(view.label_key in known for view in SHIPPED_VIEWS)


def test_shipped_views_are_what_they_say_in_the_address_bar():
    """A shipped view whose filters the cleaner throws away."""
    for view in SHIPPED_VIEWS:
        assert parse_list_query(format_list_query(view.query)) == view.query


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        (Operator.THIS_WEEK, (), (date(2026, 11, 16), date(2026, 11, 23))),
        (Operator.LAST_WEEK, (), (date(2026, 11, 9), date(2026, 11, 16))),
        (Operator.THIS_QUARTER, (), (date(2026, 10, 1), date(2027, 1, 1))),
        (Operator.LAST_MONTH, (), (date(2026, 10, 1), date(2026, 11, 1))),
        (Operator.LAST_DAYS, ("7",), (date(2026, 11, 15), date(2026, 11, 23))),
        (Operator.OLDER_THAN_DAYS, ("14",), (None, date(2026, 11, 8))),
        (Operator.BETWEEN, ("2026-03-02", "2026-03-01"), (date(2026, 3, 1), date(2026, 3, 3))),
    ],
)
def test_relative_dates(operator, values, expected):
    """A week that begins on Sunday, a range that loses its last day."""
    assert day_range(operator, values, date(2026, 11, 22)) == expected


def test_a_day_begins_where_its_reader_is():
    """Yesterday's leads under today for somebody far from Greenwich."""
    assert start_of(date(2026, 7, 1), "Europe/Berlin") == datetime(2026, 7, 1, tzinfo=UTC) - timedelta(
        hours=2
    )
    assert start_of(date(2026, 7, 1), "No/Where") == datetime(2026, 7, 1, tzinfo=UTC)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    """A term folded otherwise than the text it is looked for in."""
    assert fold_search(fold_search(text)) == fold_search(text)


@pytest.mark.parametrize(
    "typed", ["+49 (30) 123 456", "030 123456", "0049 30 123456", "MÜLLER", "muller straße", "anna@", "#4711"]
)
def test_what_is_typed_is_found_in_the_document(typed):
    """A phone in another notation, or a name with accents, that is not found."""
    document = "4711\n" + search_document(
        texts=("Anna Müller, Straße 1", "anna@example.com"), phones=("+49 30 123456",)
    )
    assert all(word in document for word in parse_search(typed).words)
