import hashlib
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from leadhub.adapters.passwords import hash_password, is_outdated, password_matches
from leadhub.db import derived_session, now, read_session, write_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import InvalidInput, NotFound, NotPermitted, TooManyAttempts
from leadhub.models import SignInFailure, User
from leadhub.services.shared.web_sessions import NewSession, open_session
from leadhub.settings import get_settings
from leadhub.statements.people import find_user_by_email

WINDOW = timedelta(minutes=15)
MOST_PER_EMAIL = 5
MOST_PER_ADDRESS = 20


def sign_in(email: str, password: str, *, address: str, user_agent: str = "") -> NewSession:
    """Open a session for whoever knows the password.

    Raises InvalidInput (wrong pair or no such user: the two are not told apart), TooManyAttempts.
    """
    email = email.strip().casefold()[:320]
    subjects = {_subject("email", email): MOST_PER_EMAIL, _subject("address", address): MOST_PER_ADDRESS}
    _count_attempt(subjects)
    with read_session() as session:
        user = find_user_by_email(session, email) if email.isprintable() else None
    known_hash = user.password_hash if user and user.active else None
    if not password_matches(known_hash, password) or user is None or user.id is None or known_hash is None:
        raise InvalidInput("people.sign_in_failed")
    with derived_session(_themselves(user), "sign in") as session:
        _forget_attempts(session, subjects)
        opened = open_session(session, user.id, address=address, user_agent=user_agent)
    if is_outdated(known_hash):
        _renew_hash(user.id, password)
    return opened


def sign_in_as_demo(user_id: int, *, address: str, user_agent: str = "") -> NewSession:
    """Open a session for a demo user by one click; only in demo mode.

    Raises NotPermitted, NotFound.
    """
    if not get_settings().demo:
        raise NotPermitted("people.demo_off")
    with derived_session(system_actor(), "sign in to the demo") as session:
        user = session.get(User, user_id) if 0 < user_id < 2**31 else None
        if user is None or not user.active or not user.is_demo:
            raise NotFound("people.user_not_found")
        return open_session(session, user_id, address=address, user_agent=user_agent)


def _count_attempt(subjects: dict[str, int]) -> None:
    """Write the attempt down before it is tried: many at once must not outrun the limit.

    Raises TooManyAttempts.
    """
    at = now()
    with derived_session(system_actor(), "count sign-in attempt") as session:
        session.execute(delete(SignInFailure).where(SignInFailure.at < at - timedelta(days=1)))
        recent = {
            subject: (count, oldest)
            for subject, count, oldest in session.execute(
                select(SignInFailure.subject, func.count(), func.min(SignInFailure.at))
                .where(SignInFailure.subject.in_(subjects), SignInFailure.at > at - WINDOW)
                .group_by(SignInFailure.subject)
            )
        }
        for subject, most in subjects.items():
            count, oldest = recent.get(subject, (0, at))
            if count >= most:
                raise TooManyAttempts(minutes=max(1, ceil((oldest + WINDOW - at).total_seconds() / 60)))
        session.add_all(SignInFailure(subject=subject, at=at) for subject in subjects)


def _forget_attempts(session: Session, subjects: dict[str, int]) -> None:
    """A success clears its e-mail's count and takes its own attempt off the address's."""
    for subject, most in subjects.items():
        if most == MOST_PER_EMAIL:
            session.execute(delete(SignInFailure).where(SignInFailure.subject == subject))
            continue
        latest = session.scalar(select(func.max(SignInFailure.id)).where(SignInFailure.subject == subject))
        session.execute(delete(SignInFailure).where(SignInFailure.id == latest))


def _renew_hash(user_id: int, password: str) -> None:
    renewed = hash_password(password)
    with write_session(system_actor(), "renew password hash") as session:
        session.get_one(User, user_id).password_hash = renewed


def _subject(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


def _themselves(user: User) -> Actor:
    return Actor(user_id=user.id, role=Role(user.role), name=user.name)
