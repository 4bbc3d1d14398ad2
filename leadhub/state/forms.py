"""What is wrong with a form, shown beside the fields."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import reflex as rx

from leadhub.domain.errors import InvalidFields, InvalidInput


@dataclass(frozen=True)
class FieldError:
    """A text key with its parameters: `ui.tr_key(error.key, error.params)`."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)


class FormErrors(rx.State, mixin=True):
    """For states with a form: `class X(FormErrors, AppState)`."""

    errors: dict[str, FieldError] = {}


def shows_field_errors(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Put errors that name a field into `self.errors` by that name; any other goes on to the toast."""

    @wraps(handler)
    async def guarded(self: FormErrors, *args: Any, **kwargs: Any) -> Any:
        self.errors = {}
        try:
            return await handler(self, *args, **kwargs)
        except InvalidFields as fault:
            self.errors = {
                problem.field: FieldError(problem.key, plain(problem.params))
                for problem in reversed(fault.problems)
                if problem.field
            }
            if not self.errors:
                raise
        except InvalidInput as fault:
            if not fault.field:
                raise
            self.errors = {fault.field: FieldError(fault.key, plain(fault.params))}
        return None

    return guarded


def text_of(form: object, name: str, *, longest: int = 10_000) -> str:
    """One text of what a form sent; "" for whatever is not text. The service judges it."""
    value = form.get(name) if isinstance(form, dict) else None
    return value[:longest] if isinstance(value, str) else ""


def id_of(value: object) -> int:
    """An id as a client sent it; 0, which no record has, for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value < 2**31 else 0
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    return 0


def ids_of(form: object, name: str) -> list[int]:
    """The ids that a lookup of several values sent, joined by commas."""
    return [found for part in text_of(form, name).split(",")[:500] if (found := id_of(part))]


def plain(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the browser can take them, none endless."""
    return {
        name: value if isinstance(value, int | float | bool) else str(value)[:300]
        for name, value in params.items()
    }
