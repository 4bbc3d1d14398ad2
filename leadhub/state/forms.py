"""What is wrong with a form, shown beside the fields."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol

from leadhub.domain.errors import InvalidFields, InvalidInput


@dataclass(frozen=True)
class FieldError:
    """A text key with its parameters: `ui.tr_key(error.key, error.params)`."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)


class HasErrors(Protocol):
    errors: dict[str, FieldError]


def shows_field_errors(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Put errors that name a field into `self.errors` by that name; any other goes on to the toast."""

    @wraps(handler)
    async def guarded(self: HasErrors, *args: Any, **kwargs: Any) -> Any:
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


def plain(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the browser can take them, none endless."""
    return {
        name: value if isinstance(value, int | float | bool) else str(value)[:300]
        for name, value in params.items()
    }
