from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leadhub.live.events import MOST_IDS, LiveEvent, capped, decode, encode

tables = st.dictionaries(
    st.sampled_from(["lead", "contact", "activity"]), st.lists(st.integers(1, 500), max_size=300).map(tuple)
)
events = st.builds(
    LiveEvent,
    tables=tables,
    fields=st.frozensets(st.sampled_from(["lead.title", "lead.stage_id"])),
    actor_id=st.none() | st.integers(1, 5),
    action=st.sampled_from(["", "qualify"]),
    topics=st.frozensets(st.sampled_from(["notification:user:7"])),
    missed=st.booleans(),
).map(capped)


@given(events)
def test_an_event_survives_the_wire(event):
    """Guards against a listener that sees less than was sent."""
    assert decode(encode(event)) == event


@given(events, events, st.integers(1, 500))
def test_a_merged_event_touches_whatever_either_touched(left, right, record_id):
    """Guards against a screen that stays old because two changes were merged."""
    merged = left.merged_with(right)
    for table in ("lead", "contact"):
        for part in (left, right):
            if part.touches(table, ids=[record_id]):
                assert merged.touches(table, ids=[record_id])
    assert all(len(ids) <= MOST_IDS for ids in merged.tables.values())


def test_many_ids_become_the_word_many():
    """Guards against datagrams that grow with an import."""
    assert capped(LiveEvent(tables={"lead": tuple(range(1, MOST_IDS + 2))})).is_many("lead")


def test_junk_on_the_wire_counts_as_a_missed_event():
    """Guards against a listener that dies of a message from another version."""
    assert decode(b"\xff{").missed
    assert decode(b'{"tables": 3}').missed


def test_a_field_of_another_row_touches_a_screen_that_sorts_by_it():
    """Guards against a list that ignores a row about to enter it."""
    event = LiveEvent(tables={"lead": (9,)}, fields=frozenset({"lead.score"}))
    assert event.touches("lead", ids=[1], fields={"lead.score"})
    assert not event.touches("lead", ids=[1], fields={"lead.title"})
    assert not replace(event, tables={"contact": (9,)}).touches("lead", ids=[9])
