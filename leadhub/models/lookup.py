from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from leadhub.models.base import JsonColumn, Record


class LookupValue(Record, table=True):
    """One entry of an editable list: customer need, source, channel, reason, country …"""

    __tablename__ = "lookup_value"
    __table_args__: Any = (
        UniqueConstraint("lookup", "key"),
        Index("ix_lookup_value_lookup_position", "lookup", "position", "id"),
        {"sqlite_autoincrement": True},
    )

    lookup: str = Field(max_length=40)
    key: str | None = Field(default=None, max_length=60)
    label: str = Field(max_length=200)
    position: int = Field(default=0)
    retired: bool = Field(default=False)
    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
