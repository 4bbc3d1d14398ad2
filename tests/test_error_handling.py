"""What a person sees when something is refused or breaks."""

import pytest

from leadhub.domain.errors import InvalidInput, LeadhubError, NotPermitted, TooManyAttempts
from leadhub.error_handling import explain_exception
from leadhub.texts import keys


def _script(exception: Exception) -> str:
    return explain_exception(exception).args[0][1]._var_value


def test_a_refusal_that_knows_more_than_its_sentence_is_still_said() -> None:
    """Guards against a click without a right that crashes the handler of errors and shows nothing."""
    assert "errors.not_permitted" in _script(NotPermitted(right="manage_users"))


def test_a_fault_of_a_field_without_a_form_names_the_field() -> None:
    """Guards against a toast that fails because the field is given by the key of its label."""
    fault = InvalidInput("errors.value_required", field="owner", field_label="fields.lead.owner")
    assert '"field_label": "fields.lead.owner"' in _script(fault)


def test_a_parameter_that_nobody_gave_does_not_silence_the_sentence() -> None:
    """Guards against a refusal that nobody sees."""
    assert "errors.too_many_attempts" in _script(TooManyAttempts())


@pytest.mark.parametrize("key", sorted(key for key in keys() if key.startswith("errors.")))
def test_every_error_text_can_be_a_toast(key: str) -> None:
    """Guards against an error whose text the toast refuses."""
    assert key in _script(LeadhubError(key, right="x", surplus=1))
