from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from leadhub.models.base import BigId, BinaryText, JsonColumn, Record, UtcDateTime


def _lookup() -> Any:
    return Field(default=None, foreign_key="lookup_value.id")


OPEN = text("state IN ('pending', 'in_progress')")


def _sorted_by(column: str) -> Index:
    """A sort of the list. What access and the commonest filter need stands in it too, so that walking it past
    rows that somebody may not see never touches the table."""
    columns = dict.fromkeys((column, "id", "owner_id", "unit_id", "state"))
    return Index(f"ix_lead_{column}_id", *columns)


def _open_by(column: str) -> Index:
    """The same for open leads alone, most of what is asked for and the smaller part of what is kept."""
    return Index(
        f"ix_lead_open_{column}_id", column, "id", "owner_id", "unit_id",
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip


class Lead(Record, table=True):
    """One need of one customer. Field meanings: `domain/fields`."""

    __tablename__ = "lead"
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {
        "display_title", "title_sort", "account_sort", "contact_sort", "stage_position",
        "email_normal", "phone_normal", "search_text", "score", "score_band", "last_activity_at",
    }  # fmt: skip

    __table_args__: Any = (
        *map(
            _sorted_by,
            (
                "title_sort", "stage_position", "score", "contact_sort", "account_sort", "owner_id",
                "priority", "target_amount_minor", "created_at", "expected_completion_at",
                "next_follow_up_on",
                "last_activity_at", "updated_at", "actual_completion_at",
            ),
        ),
        *map(_open_by, ("created_at", "expected_completion_at", "next_follow_up_on", "last_activity_at")),
        Index("ix_lead_unit_id_id", "unit_id", "id"),
        # My day: everything it asks of somebody's open leads, without touching the table.
        Index(
            "ix_lead_open_day", "owner_id", "unit_id", "next_follow_up_on", "score", "assigned_at",
            "last_activity_at", "created_at", "id", sqlite_where=OPEN, postgresql_where=OPEN,
        ),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    # identity and process
    title: str = Field(default="", max_length=250)
    lead_type_id: int = Field(foreign_key="lead_type.id")
    process_version_id: int = Field(foreign_key="process_version.id")
    stage_key: str = Field(max_length=40)
    state: str = Field(max_length=20)
    stage_entered_at: datetime = Field(sa_type=UtcDateTime)
    previous_stage_key: str | None = Field(default=None, max_length=40)
    skipped_stages: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    need_maturity: str = Field(default="suspected", max_length=20)
    qualified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disqualify_reason_id: int | None = _lookup()
    lost_reason_id: int | None = _lookup()
    reason_note: str = Field(default="")

    # who works on it
    owner_id: int | None = Field(default=None, foreign_key="app_user.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    group_id: int | None = Field(default=None, foreign_key="business_group.id")
    created_by_id: int | None = Field(default=None, foreign_key="app_user.id")
    assigned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    partner_account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    partner_user_id: int | None = Field(default=None, foreign_key="app_user.id")

    # the customer, as given and as linked
    account_name: str = Field(default="", max_length=250)
    contact_name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    mobile_phone: str = Field(default="", max_length=60)
    business_phone: str = Field(default="", max_length=60)
    website: str = Field(default="", max_length=250)
    job_title: str = Field(default="", max_length=150)
    department: str = Field(default="", max_length=120)
    country_id: int | None = _lookup()
    city: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=400)
    industry_id: int | None = _lookup()
    category_id: int | None = _lookup()
    employees: int | None = None
    annual_revenue_minor: int | None = Field(default=None, sa_type=BigId)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    registration: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    extended: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)

    # the need
    customer_need_id: int | None = _lookup()
    notes: str = Field(default="")
    source_id: int | None = _lookup()
    channel_id: int | None = _lookup()
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    priority: int | None = None
    importance: int | None = None
    win_probability: int | None = None
    target_amount_minor: int | None = Field(default=None, sa_type=BigId)
    sales_direction_id: int | None = _lookup()

    # qualification questionnaire (S-34 to S-50)
    requirements: str = Field(default="")
    goal: str = Field(default="")
    implementation_options: str = Field(default="")
    budget_is_set: bool = Field(default=False)
    estimated_amount_minor: int | None = Field(default=None, sa_type=BigId)
    budget_minor: int | None = Field(default=None, sa_type=BigId)
    procurement_id: int | None = _lookup()
    decision_level_id: int | None = _lookup()
    terms_id: int | None = _lookup()
    terms_comment: str = Field(default="")
    estimated_close_on: date | None = None
    contact_level_id: int | None = _lookup()
    decision_maker: str = Field(default="", max_length=200)
    decision_influence: str = Field(default="")
    selection_criteria: str = Field(default="")
    criteria_compliance: str = Field(default="")
    search_keywords: str = Field(default="", max_length=250)

    # handoff (C-50 to C-54)
    sales_division_id: int | None = _lookup()
    meeting_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handoff_assignee_id: int | None = Field(default=None, foreign_key="app_user.id")
    handoff_notes: str = Field(default="")

    # key dates
    expected_completion_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    actual_completion_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_follow_up_on: date | None = None
    last_activity_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    external_id: str | None = Field(default=None, max_length=120, index=True)
    custom: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)

    # derived
    display_title: str = Field(default="")
    title_sort: str = Field(default="", sa_type=BinaryText)
    account_sort: str = Field(default="", sa_type=BinaryText)
    contact_sort: str = Field(default="", sa_type=BinaryText)
    stage_position: int = Field(default=0)
    email_normal: str = Field(default="", max_length=254)
    phone_normal: str = Field(default="", max_length=30)
    search_text: str = Field(default="")
    score: int = Field(default=0)
    score_band: str = Field(default="none", max_length=10)


class LeadDistribution(Record, table=True):
    """One pass through distribution: owner, strategy, outcome (C-38 to C-44, C-96)."""

    __tablename__ = "lead_distribution"

    lead_id: int = Field(foreign_key="lead.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="app_user.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    remind_owner: bool = Field(default=False)
    strategy: str = Field(default="")
    next_on: date | None = None
    outcome: str = Field(default="", max_length=40)
    by_id: int | None = Field(default=None, foreign_key="app_user.id")


class Campaign(Record, table=True):
    __tablename__ = "campaign"
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {"name_sort"}

    name: str = Field(max_length=200)
    kind: str = Field(default="", max_length=60)
    status: str = Field(default="", max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None
    budget_minor: int | None = Field(default=None, sa_type=BigId)
    cost_minor: int | None = Field(default=None, sa_type=BigId)
    expected_revenue_minor: int | None = Field(default=None, sa_type=BigId)
    description: str = Field(default="")
    external_id: str | None = Field(default=None, max_length=120, index=True)
    name_sort: str = Field(default="", sa_type=BinaryText)
