from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from leadhub.models.base import BigId, Derived, JsonColumn, UtcDateTime


class MatchKey(Derived, table=True):
    """Hashed blocking keys: which records could be the same person or company."""

    __tablename__ = "match_key"
    __table_args__: Any = (
        Index("ix_match_key_record", "record_type", "record_id"),
        {"sqlite_with_rowid": False},
    )

    key: int = Field(primary_key=True, sa_type=BigId)
    record_type: int = Field(primary_key=True)
    record_id: int = Field(primary_key=True, sa_type=BigId)


class LeadCounter(Derived, table=True):
    """How many leads there are, and their target amounts, by everything that totals and access ask for.

    Kept by triggers (`statements/lead_counter`). The rows of a combination add up: on SQLite there is one, on
    PostgreSQL each statement adds its own, so that two transactions never wait for each other.
    """

    __tablename__ = "lead_counter"
    __table_args__: Any = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True, max_length=200)
    part: int = Field(primary_key=True, sa_type=BigId)
    lead_type_id: int
    process_version_id: int
    stage_key: str = Field(max_length=40)
    state: str = Field(max_length=20)
    owner_id: int | None = None
    unit_id: int | None = None
    group_id: int | None = None
    partner_account_id: int | None = Field(default=None, sa_type=BigId)
    score_band: str = Field(max_length=10)
    lead_count: int = Field(sa_type=BigId)
    amount_minor: int = Field(sa_type=BigId)


class LeadScore(Derived, table=True):
    """Every score a lead has had, with its reasons."""

    __tablename__ = "lead_score"
    __table_args__: Any = (Index("ix_lead_score_lead_id_at", "lead_id", "at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    lead_id: int = Field(sa_type=BigId)
    score: int
    band: str = Field(max_length=10)
    provisional: bool = Field(default=True)
    model: str = Field(default="rules", max_length=60)
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonColumn)
    at: datetime = Field(sa_type=UtcDateTime)


class ImportRun(Derived, table=True):
    """An import: its file, mapping, progress and the action that can undo it."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    entity: str = Field(max_length=20)
    file_name: str = Field(max_length=250)
    storage_key: str = Field(max_length=120)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    status: str = Field(default="uploaded", max_length=20)
    rows_total: int = Field(default=0)
    rows_done: int = Field(default=0)
    rows_created: int = Field(default=0)
    rows_updated: int = Field(default=0)
    rows_skipped: int = Field(default=0)
    rows_failed: int = Field(default=0)
    cancel_requested: bool = Field(default=False)
    message: str = Field(default="", max_length=500)
    action_id: int | None = Field(default=None, foreign_key="change_action.id", sa_type=BigId)
    created_by_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportRow(Derived, table=True):
    """What became of one row; the primary key makes a chunk safe to run twice."""

    __tablename__ = "import_row"

    import_id: int = Field(primary_key=True, foreign_key="import_run.id")
    row_number: int = Field(primary_key=True)
    outcome: str = Field(max_length=10)
    record_id: int | None = Field(default=None, sa_type=BigId)
    problems: list[dict[str, Any]] | None = Field(default=None, sa_type=JsonColumn)
    external_id: str | None = Field(default=None, max_length=120, index=True)
    """By which a later file may mean this record, though it was known and has another or none."""


class ImportMapping(Derived, table=True):
    """The mapping somebody last used for files with these headers."""

    __tablename__ = "import_mapping"

    signature: str = Field(primary_key=True, max_length=64)
    entity: str = Field(primary_key=True, max_length=20)
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    used_at: datetime = Field(sa_type=UtcDateTime)


class OutboxMail(Derived, table=True):
    """Mail waiting for, or given to, the mail server."""

    __tablename__ = "outbox_mail"

    id: int | None = Field(default=None, primary_key=True)
    to_address: str = Field(max_length=254)
    subject: str = Field(max_length=300)
    body: str
    status: str = Field(default="waiting", max_length=20)
    attempts: int = Field(default=0)
    error: str = Field(default="", max_length=500)
    lead_id: int | None = Field(default=None, index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
