from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python, whatever the database keeps; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, got {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonColumn = JSON().with_variant(JSONB(), "postgresql")
BigId = BigInteger().with_variant(Integer(), "sqlite")
#: Sorts by code point on both databases: PostgreSQL's "C" is SQLite's BINARY.
BinaryText = Text().with_variant(Text(collation="C"), "postgresql")


class Record(SQLModel):
    """What every business record has. Logged: each change of a subclass is in the change log."""

    __logged__: ClassVar[bool] = True
    #: Columns computed from the others: not logged, computed again by undo.
    __derived__: ClassVar[frozenset[str]] = frozenset({"version", "updated_at"})
    #: Columns that never enter the log.
    __secret__: ClassVar[frozenset[str]] = frozenset()
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class Derived(SQLModel):
    """Sessions, progress, keys, counters: never in the change log, never undone."""

    __logged__: ClassVar[bool] = False
    __table_args__: Any = {"sqlite_autoincrement": True}
