"""The one place where what went wrong on a screen becomes what a person sees."""

import logging
import secrets

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.errors import LeadhubError, NotSignedIn
from leadhub.state.forms import plain
from leadhub.state.toasts import show_toast
from leadhub.texts import keys

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
            return show_toast(exception.key, tone="danger", **plain(exception.params))
        _log.error("no text for the error %s", exception.key)
    reference = secrets.token_hex(4)
    _log.error("error %s", reference, exc_info=exception)
    return show_toast("errors.unexpected", tone="danger", id=reference)
