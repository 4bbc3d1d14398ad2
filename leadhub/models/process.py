from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from leadhub.models.base import JsonColumn, Record, UtcDateTime


class ProcessVersion(Record, table=True):
    """A process as data; leads keep the version they started under."""

    __tablename__ = "process_version"
    __table_args__: Any = (UniqueConstraint("process_key", "number"), {"sqlite_autoincrement": True})

    process_key: str = Field(max_length=60)
    number: int = Field(default=1)
    label: str = Field(max_length=150)
    subject: str = Field(default="lead", max_length=20)
    status: str = Field(default="draft", max_length=20)
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class LeadType(Record, table=True):
    """Which process, fields and defaults a lead has."""

    __tablename__ = "lead_type"

    key: str = Field(max_length=40, unique=True)
    label: str = Field(max_length=120)
    process_version_id: int = Field(foreign_key="process_version.id")
    position: int = Field(default=0)
    active: bool = Field(default=True)
    converts_automatically: bool = Field(default=False)
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class StageVisit(Record, table=True):
    """When a lead (or an opportunity) entered and left a stage, and by whom."""

    __tablename__ = "stage_visit"
    __table_args__: Any = (
        Index("ix_stage_visit_lead_id_entered_at", "lead_id", "entered_at"),
        Index("ix_stage_visit_opportunity_id_entered_at", "opportunity_id", "entered_at"),
        Index("ix_stage_visit_stage_key_entered_at", "stage_key", "entered_at"),
        {"sqlite_autoincrement": True},
    )

    lead_id: int | None = Field(default=None, foreign_key="lead.id")
    opportunity_id: int | None = Field(default=None, foreign_key="opportunity.id")
    stage_key: str = Field(max_length=40)
    state: str = Field(max_length=20)
    entered_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    entered_by_id: int | None = Field(default=None, foreign_key="app_user.id")
    skipped: bool = Field(default=False)
