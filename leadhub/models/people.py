from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from leadhub.models.base import Derived, JsonColumn, Record, UtcDateTime


class BusinessGroup(Record, table=True):
    """A set of units (CRM.COM's group)."""

    __tablename__ = "business_group"

    name: str = Field(max_length=120, unique=True)


class Unit(Record, table=True):
    """A team that can accept leads."""

    __tablename__ = "unit"

    name: str = Field(max_length=120, unique=True)
    group_id: int | None = Field(default=None, foreign_key="business_group.id", index=True)
    active: bool = Field(default=True)


class User(Record, table=True):
    __tablename__ = "app_user"
    __secret__: ClassVar[frozenset[str]] = frozenset({"password_hash"})

    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    role: str = Field(max_length=30)
    password_hash: str | None = Field(default=None, max_length=200)
    password_changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    active: bool = Field(default=True)
    locale: str = Field(default="en", max_length=10)
    time_zone: str = Field(default="UTC", max_length=60)
    group_id: int | None = Field(default=None, foreign_key="business_group.id", index=True)
    # no foreign key: accounts have owners, and the two tables would stand in a circle
    partner_account_id: int | None = Field(default=None, index=True)
    notify_by_mail: bool = Field(default=True)
    is_demo: bool = Field(default=False)


class UnitMember(Record, table=True):
    __tablename__ = "unit_member"
    __table_args__: Any = (UniqueConstraint("unit_id", "user_id"), {"sqlite_autoincrement": True})

    unit_id: int = Field(foreign_key="unit.id", index=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)


class UserGrant(Record, table=True):
    """A single right granted on top of the role (M-89)."""

    __tablename__ = "user_grant"
    __table_args__: Any = (UniqueConstraint("user_id", "right"), {"sqlite_autoincrement": True})

    user_id: int = Field(foreign_key="app_user.id", index=True)
    right: str = Field(max_length=60)


class WebSession(Derived, table=True):
    """A signed-in browser. Only the hash of the cookie's token is kept."""

    __tablename__ = "web_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    user_agent: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=60)


class AccessLink(Derived, table=True):
    """An invitation or a password reset: a link that works once, kept as a hash."""

    __tablename__ = "access_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    purpose: str = Field(max_length=20)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInFailure(Derived, table=True):
    __tablename__ = "sign_in_failure"

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=300, index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class Notification(Derived, table=True):
    """What the bell shows. A text key with parameters, put into words in the reader's language."""

    __tablename__ = "notification"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    kind: str = Field(max_length=60)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    lead_id: int | None = Field(default=None, index=True)
    url: str = Field(default="", max_length=300)
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Setting(Record, table=True):
    __tablename__ = "setting"

    key: str = Field(max_length=80, unique=True)
    value: Any = Field(default=None, sa_type=JsonColumn)
