from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from leadhub.models.base import BigId, BinaryText, JsonColumn, Record, UtcDateTime

PLANNED = text("status = 'planned'")


class Activity(Record, table=True):
    """Task, call, email, meeting, appointment."""

    __tablename__ = "activity"
    __table_args__: Any = (
        Index("ix_activity_lead_id_status", "lead_id", "status"),
        Index("ix_activity_owner_id_status_due_at", "owner_id", "status", "due_at"),
        Index("ix_activity_due_at_id", "due_at", "id"),
        Index(
            "ix_activity_planned_due_at_id", "due_at", "id",
            sqlite_where=PLANNED, postgresql_where=PLANNED,
        ),
        Index("ix_activity_created_at_id", "created_at", "id"),
        Index("ix_activity_title_sort_id", "title_sort", "id"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {"title_sort"}

    kind: str = Field(max_length=20)
    title: str = Field(max_length=300)
    body: str = Field(default="")
    status: str = Field(default="planned", max_length=20)
    direction: str = Field(default="", max_length=10)
    lead_id: int | None = Field(default=None, foreign_key="lead.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    opportunity_id: int | None = Field(default=None, foreign_key="opportunity.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="app_user.id")
    author_id: int | None = Field(default=None, foreign_key="app_user.id")
    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    duration_minutes: int | None = None
    priority: str = Field(default="medium", max_length=10)
    by_process: bool = Field(default=False)
    template_key: str | None = Field(default=None, max_length=60)
    result_key: str | None = Field(default=None, max_length=60)
    result_details: str = Field(default="")
    external_id: str | None = Field(default=None, max_length=120, index=True)
    title_sort: str = Field(default="", sa_type=BinaryText)


class Opportunity(Record, table=True):
    """What a sales-ready lead becomes."""

    __tablename__ = "opportunity"
    __table_args__: Any = (
        *(
            Index(f"ix_opportunity_{name}_id", name, "id")
            for name in ("title_sort", "created_at", "stage_position", "amount_minor", "expected_close_on")
        ),
        {"sqlite_autoincrement": True},
    )
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {
        "title_sort",
        "stage_position",
        "search_text",
    }

    title: str = Field(max_length=250)
    kind: str = Field(default="sale", max_length=10)
    lead_id: int | None = Field(default=None, foreign_key="lead.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    process_version_id: int = Field(foreign_key="process_version.id")
    stage_key: str = Field(max_length=40)
    state: str = Field(max_length=20)
    stage_entered_at: datetime = Field(sa_type=UtcDateTime)
    customer_need_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    source_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    channel_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    sales_division_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    amount_minor: int | None = Field(default=None, sa_type=BigId)
    win_probability: int | None = None
    meeting_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expected_close_on: date | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lost_reason_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    description: str = Field(default="")
    external_id: str | None = Field(default=None, max_length=120, index=True)
    custom: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    title_sort: str = Field(default="", sa_type=BinaryText)
    stage_position: int = Field(default=0)
    search_text: str = Field(default="")


class Post(Record, table=True):
    """A comment, note or handoff note in a feed."""

    __tablename__ = "post"

    lead_id: int | None = Field(default=None, foreign_key="lead.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    opportunity_id: int | None = Field(default=None, foreign_key="opportunity.id", index=True)
    kind: str = Field(default="comment", max_length=20)
    body: str
    author_id: int | None = Field(default=None, foreign_key="app_user.id")
    mentions: list[int] = Field(default_factory=list, sa_type=JsonColumn)


class Attachment(Record, table=True):
    """A file; its bytes lie under the data folder, named by `storage_key`."""

    __tablename__ = "attachment"

    lead_id: int | None = Field(default=None, foreign_key="lead.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    opportunity_id: int | None = Field(default=None, foreign_key="opportunity.id", index=True)
    file_name: str = Field(max_length=250)
    content_type: str = Field(default="application/octet-stream", max_length=120)
    size_bytes: int = Field(default=0)
    sha256: str = Field(default="", max_length=64)
    storage_key: str = Field(max_length=80)
    uploaded_by_id: int | None = Field(default=None, foreign_key="app_user.id")


class SavedView(Record, table=True):
    """A "folder": search, filters, sort and columns of a list under a name."""

    __tablename__ = "saved_view"

    section: str = Field(max_length=20, index=True)
    name: str = Field(max_length=120)
    owner_id: int = Field(foreign_key="app_user.id", index=True)
    shared: bool = Field(default=False)
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
