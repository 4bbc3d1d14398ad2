from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    MANAGER = "manager"
    SALES = "sales"
    MARKETER = "marketer"
    PARTNER_SUPERVISOR = "partner_supervisor"
    PARTNER = "partner"


@dataclass(frozen=True)
class Actor:
    """Who asks: everything that a permission rule or an access scope needs, read once per request."""

    user_id: int | None
    role: Role | None
    name: str = ""
    unit_ids: frozenset[int] = frozenset()
    group_ids: frozenset[int] = frozenset()
    group_unit_ids: frozenset[int] = frozenset()
    partner_account_id: int | None = None
    rights: frozenset[str] = field(default_factory=frozenset)
    locale: str = "en"
    time_zone: str = "UTC"

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.role is Role.ADMIN


def system_actor(name: str = "LeadHub") -> Actor:
    """The engine itself: jobs, imports resumed after a crash, command-line tools."""
    return Actor(user_id=None, role=Role.ADMIN, name=name)
