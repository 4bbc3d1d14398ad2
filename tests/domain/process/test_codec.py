import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadhub.domain.process.codec import (
    ProcessTextInvalid,
    parse_process,
    parse_process_data,
    to_data,
    to_json,
)
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.shipped import CUSTOMER_LEAD, SHIPPED_PROCESSES
from tests.strategies import processes

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(processes() | st.sampled_from(SHIPPED_PROCESSES))
@settings(max_examples=40, deadline=None)
def test_a_process_survives_being_written_and_read(process: ProcessDefinition):
    """Guards stored versions: leads depend on every detail of theirs."""
    assert parse_process(to_json(process)) == process
    assert parse_process_data(to_data(process)) == process


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_spoiled_process_is_refused_or_read_but_never_crashes(data: st.DataObject):
    """Guards the import of a process file against junk in any place."""
    process = to_data(CUSTOMER_LEAD)
    target = process
    while True:
        at = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
        if isinstance(target[at], dict | list) and target[at] and data.draw(st.booleans()):
            target = target[at]
            continue
        target[at] = data.draw(json_values)
        break
    with suppress(ProcessTextInvalid):
        assert isinstance(parse_process_data(process), ProcessDefinition)


@pytest.mark.parametrize(
    ("spoil", "key", "place"),
    [
        (lambda p: p.pop("label"), "process.parse.missing_field", "label"),
        (lambda p: p.update(colour="red"), "process.parse.unknown_field", "colour"),
        (lambda p: p.update(stages={}), "process.parse.wrong_kind", "stages"),
        (lambda p: p["stages"][2].update(state="done"), "process.parse.not_one_of", "stages[2].state"),
        (
            lambda p: p["activity_templates"][1].update(due_after_hours=True),
            "process.parse.wrong_kind",
            "activity_templates[1].due_after_hours",
        ),
        (
            lambda p: p["activity_templates"][2]["results"][0].pop("label"),
            "process.parse.missing_field",
            "activity_templates[2].results[0].label",
        ),
        (lambda p: p.update(format=99), "process.parse.unknown_format", "format"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(spoil, key: str, place: str):
    """Guards against 'invalid process' without saying where."""
    process = json.loads(to_json(CUSTOMER_LEAD))
    spoil(process)
    with pytest.raises(ProcessTextInvalid) as caught:
        parse_process(json.dumps(process))
    assert (caught.value.key, caught.value.params["place"]) == (key, place)


@pytest.mark.parametrize("text", ["", "[", "[]", "null", "7", '"x"', "{}", "[" * 100_000])
def test_text_that_is_no_process_is_refused(text: str):
    """Guards the upload against any other file."""
    with pytest.raises(ProcessTextInvalid):
        parse_process(text)
