from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from leadhub.models.base import BigId, Derived, JsonColumn, UtcDateTime


class ChangeAction(Derived, table=True):
    """What somebody did: one click, one import, one bulk edit. Holds one change set or many."""

    __tablename__ = "change_action"
    __table_args__: Any = (
        Index("ix_change_action_at", "at"),
        Index("ix_change_action_actor_id_at", "actor_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    name: str = Field(max_length=80)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    actor_id: int | None = Field(default=None, foreign_key="app_user.id")
    actor_name: str = Field(default="", max_length=120)
    at: datetime = Field(sa_type=UtcDateTime)
    bulk: bool = Field(default=False)
    undoes_action_id: int | None = Field(default=None, foreign_key="change_action.id")
    undone_by_action_id: int | None = Field(default=None, foreign_key="change_action.id")


class ChangeSet(Derived, table=True):
    """What one transaction changed."""

    __tablename__ = "change_set"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    action_id: int = Field(foreign_key="change_action.id", index=True, sa_type=BigId)
    at: datetime = Field(sa_type=UtcDateTime)


class ChangeRow(Derived, table=True):
    """One record's change. `values` is {field: new} for insert, {field: [old, new]} for update,
    {field: old} for delete."""

    __tablename__ = "change_row"
    __table_args__: Any = (
        Index("ix_change_row_record", "table_name", "record_id", "id"),
        Index("ix_change_row_lead_id_id", "lead_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    change_set_id: int = Field(foreign_key="change_set.id", index=True, sa_type=BigId)
    table_name: str = Field(max_length=40)
    record_id: int = Field(sa_type=BigId)
    operation: str = Field(max_length=6)
    values: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    lead_id: int | None = Field(default=None, sa_type=BigId)
