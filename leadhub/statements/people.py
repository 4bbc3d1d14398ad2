from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.errors import AssigneeInactive, NotFound
from leadhub.models import User


def get_user(session: Session, user_id: int) -> User:
    """Raises NotFound."""
    user = session.get(User, user_id) if _is_id(user_id) else None
    if user is None:
        raise NotFound("people.user_not_found")
    return user


def active_user(session: Session, user_id: int) -> User:
    """A user who can own things. Raises AssigneeInactive."""
    user = session.get(User, user_id) if _is_id(user_id) else None
    if user is None or not user.active:
        raise AssigneeInactive()
    return user


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.scalars(select(User).where(User.email == email)).one_or_none()


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
