from typing import Any


class LeadhubError(Exception):
    """What a person did cannot be done; `key` and `params` name the sentence that says why.

    `field` names the form field that the sentence belongs beside, if one.
    """

    key = "errors.unexpected"

    def __init__(self, key: str | None = None, *, field: str | None = None, **params: Any) -> None:
        self.key = key or type(self).key
        self.field = field
        self.params = params
        super().__init__(f"{self.key} {params}" if params else self.key)


class NotSignedIn(LeadhubError):
    key = "errors.not_signed_in"


class NotPermitted(LeadhubError):
    key = "errors.not_permitted"


class NotFound(LeadhubError):
    """The record is not there, or this actor may not see it: the two are not told apart."""

    key = "errors.not_found"


class LeadNotFound(NotFound):
    key = "errors.lead_not_found"


class InvalidInput(LeadhubError):
    """A value breaks a rule of its field."""

    key = "errors.invalid_input"


class InvalidFields(LeadhubError):
    """Several values break rules; `problems` has one InvalidInput for each."""

    key = "errors.invalid_fields"

    def __init__(self, problems: list[InvalidInput]) -> None:
        super().__init__()
        self.problems = problems


class StaleRecord(LeadhubError):
    """Somebody else saved since this form was loaded.

    `changes` maps each field that both touched to (value when loaded, their value, my value).
    """

    key = "errors.stale_record"

    def __init__(self, changes: dict[str, tuple[Any, Any, Any]], *, version: int, by: str) -> None:
        super().__init__(by=by)
        self.changes = changes
        self.version = version


class TransitionNotAllowed(LeadhubError):
    key = "errors.transition_not_allowed"


class ActivitiesOpen(LeadhubError):
    """Open activities that people planned stand in the way of finishing the lead."""

    key = "errors.activities_open"


class AssigneeInactive(LeadhubError):
    key = "errors.assignee_inactive"


class UndoRefused(LeadhubError):
    """Something changed since; `obstacles` says what stands in the way."""

    key = "errors.undo_refused"

    def __init__(self, obstacles: list["Obstacle"]) -> None:  # noqa: F821
        super().__init__(count=len(obstacles))
        self.obstacles = obstacles


class InvalidProcess(LeadhubError):
    key = "errors.invalid_process"


class TooManyAttempts(LeadhubError):
    key = "errors.too_many_attempts"


class RecordInUse(LeadhubError):
    """Other records point at this one; the parameters count them."""

    key = "errors.record_in_use"
