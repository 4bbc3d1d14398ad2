from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table
from sqlmodel import SQLModel

from leadhub.models import Record
from leadhub.models.base import UtcDateTime


def encode(value: Any) -> Any:
    """A column's value as the log keeps it: JSON, moments and days as ISO text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def decode(model: type[Record], column: str, value: Any) -> Any:
    """The inverse of `encode` for that column."""
    if value is None or not isinstance(value, str):
        return value
    kind = table_of(model).columns[column].type
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def table_of(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined]


def logged_columns(model: type[Record]) -> tuple[str, ...]:
    """The columns that the log keeps: neither id, nor derived, nor secret."""
    cached = _COLUMNS.get(model)
    if cached is None:
        left_out = model.__derived__ | model.__secret__ | {"id"}
        cached = _COLUMNS[model] = tuple(c.name for c in table_of(model).columns if c.name not in left_out)
    return cached


_COLUMNS: dict[type[Record], tuple[str, ...]] = {}


def logged_models() -> dict[str, type[Record]]:
    """Table name → model, for every logged table."""
    found: dict[str, type[Record]] = {}
    waiting = list(Record.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if hasattr(model, "__table__"):
            found[table_of(model).name] = model
    return found


def lead_of(table: str, record_id: int, values: dict[str, Any]) -> int | None:
    """Which lead's history a row belongs to."""
    return record_id if table == "lead" else values.get("lead_id")


def default_values(table: str) -> dict[str, Any]:
    """Column → the value that a row gets when none is given, for the columns that have one."""
    cached = _DEFAULTS.get(table)
    if cached is None:
        cached = _DEFAULTS[table] = {}
        for name, info in logged_models()[table].model_fields.items():
            if info.default_factory is not None:
                cached[name] = info.default_factory()  # type: ignore[call-arg]
            elif not info.is_required():
                cached[name] = info.default
    return cached


_DEFAULTS: dict[str, dict[str, Any]] = {}
