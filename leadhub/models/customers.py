from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from leadhub.models.base import BigId, BinaryText, JsonColumn, Record


class Account(Record, table=True):
    """A company."""

    __tablename__ = "account"
    __table_args__: Any = (
        Index("ix_account_name_sort_id", "name_sort", "id"),
        Index("ix_account_created_at_id", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {
        "name_sort",
        "name_core",
        "host",
        "search_text",
    }

    name: str = Field(max_length=250)
    website: str = Field(default="", max_length=250)
    tin: str = Field(default="", max_length=12, index=True)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=60)
    country_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    city: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=400)
    industry_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    category_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    account_type_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    employees: int | None = None
    annual_revenue_minor: int | None = Field(default=None, sa_type=BigId)
    description: str = Field(default="")
    owner_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    external_id: str | None = Field(default=None, max_length=120, index=True)
    is_partner: bool = Field(default=False)
    custom: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)

    name_sort: str = Field(default="", sa_type=BinaryText)
    name_core: str = Field(default="", max_length=250, index=True)
    host: str = Field(default="", max_length=250, index=True)
    search_text: str = Field(default="")


class Contact(Record, table=True):
    """A person, usually at an account."""

    __tablename__ = "contact"
    __table_args__: Any = (
        Index("ix_contact_name_sort_id", "name_sort", "id"),
        Index("ix_contact_created_at_id", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )
    __derived__: ClassVar[frozenset[str]] = Record.__derived__ | {
        "name_sort", "email_normal", "phone_normal", "search_text",
    }  # fmt: skip

    name: str = Field(max_length=200)
    first_name: str = Field(default="", max_length=100)
    middle_name: str = Field(default="", max_length=100)
    last_name: str = Field(default="", max_length=100)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    email: str = Field(default="", max_length=254)
    mobile_phone: str = Field(default="", max_length=60)
    business_phone: str = Field(default="", max_length=60)
    job_title: str = Field(default="", max_length=150)
    department: str = Field(default="", max_length=120)
    contact_role: str = Field(default="", max_length=120)
    country_id: int | None = Field(default=None, foreign_key="lookup_value.id")
    city: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=400)
    description: str = Field(default="")
    owner_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    external_id: str | None = Field(default=None, max_length=120, index=True)
    custom: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)

    name_sort: str = Field(default="", sa_type=BinaryText)
    email_normal: str = Field(default="", max_length=254, index=True)
    phone_normal: str = Field(default="", max_length=30, index=True)
    search_text: str = Field(default="")


class CommunicationOption(Record, table=True):
    """One more phone, email, address or link beside the main one on the record."""

    __tablename__ = "communication_option"

    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    kind: str = Field(max_length=20)
    label: str = Field(default="", max_length=60)
    value: str = Field(max_length=400)
    position: int = Field(default=0)
