"""The one place where what went wrong on a screen becomes what a person sees."""

import logging
import secrets
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.errors import LeadhubError, NotSignedIn
from leadhub.state.forms import plain
from leadhub.state.toasts import show_toast
from leadhub.texts import keys, placeholders

_log = logging.getLogger("leadhub.errors")
_TO_SIGN_IN = (
    f"if (!location.pathname.startsWith('{routes.SIGN_IN}')) location.assign('{routes.SIGN_IN}?next=' + "
    "encodeURIComponent(location.pathname + location.search))"
)


def explain_exception(exception: Exception) -> EventSpec:
    """Turn what a handler did not catch into a redirect or a toast; what nobody foresaw is logged."""
    if isinstance(exception, NotSignedIn):
        return rx.call_script(_TO_SIGN_IN)
    if isinstance(exception, LeadhubError):
        if exception.key in keys():
            return show_toast(exception.key, tone="danger", **_named_in(exception))
        _log.error("no text for the error %s", exception.key)
    reference = secrets.token_hex(4)
    _log.error("error %s", reference, exc_info=exception)
    return show_toast("errors.unexpected", tone="danger", id=reference)


def _named_in(error: LeadhubError) -> dict[str, Any]:
    """The parameters that the sentence names; an error knows more, for its handlers and for the log.

    What it names and nobody gave is an ellipsis: a refusal is said in any case.
    """
    given = plain(error.params)
    shown: dict[str, Any] = {}
    for name in placeholders(error.key):
        label = f"{name}_label"
        if label in given and name not in given:
            shown[label] = given[label]
        else:
            shown[name] = given.get(name, 0 if name == "count" else "…")
    return shown
