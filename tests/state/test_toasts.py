import pytest
from reflex.event import EventSpec

from leadhub.state.toasts import show_toast
from leadhub.texts import TextMissing


def _script(event: EventSpec) -> str:
    return event.args[0][1]._var_value


def test_a_toast_carries_the_action_that_undo_takes_back() -> None:
    """Guards against an Undo that does not know what to undo."""
    assert '"undo": "42"' in _script(show_toast("ui.selected_count", undo=42, count=3))


def test_a_toast_cannot_end_its_own_script() -> None:
    """Guards against a lead's title that runs as code."""
    assert "</script>" not in _script(show_toast("ui.changed_by_other", who="</script><b>"))


def test_a_toast_needs_its_text_and_parameters() -> None:
    """Guards against a message with holes."""
    with pytest.raises(TextMissing):
        show_toast("ui.no_such_text")
    with pytest.raises(ValueError, match="count"):
        show_toast("ui.selected_count")
