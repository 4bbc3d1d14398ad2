from sqlalchemy import func, select

from leadhub.db import write_session
from leadhub.domain.actor import Role, system_actor
from leadhub.models import User
from leadhub.routes import accept_url
from leadhub.services.shared.access_links import SETUP, make_link

PLACEHOLDER_EMAIL = "admin@localhost"


def invite_first_admin() -> str | None:
    """Return the path of a one-time link for the first administrator; None once anybody can sign in.

    Whoever opens it gives their own name, e-mail and password. Each start makes a new link.
    """
    with write_session(system_actor(), "invite first administrator") as session:
        able = session.scalar(
            select(func.count())
            .select_from(User)
            .where(User.active.is_(True), User.password_hash.is_not(None) | User.is_demo.is_(True))
        )
        if able:
            return None
        admin = session.scalars(select(User).where(User.email == PLACEHOLDER_EMAIL)).one_or_none()
        if admin is None:
            if session.scalar(select(func.count()).select_from(User).where(User.role == Role.ADMIN.value)):
                return None
            admin = User(email=PLACEHOLDER_EMAIL, name="Administrator", role=Role.ADMIN.value)
            session.add(admin)
            session.flush()
        return accept_url(make_link(session, admin.id or 0, SETUP))
