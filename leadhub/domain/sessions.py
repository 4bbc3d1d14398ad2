"""The session cookie, and what of it the screens may know."""

import hashlib

SESSION_COOKIE = "leadhub_session"
SESSION_HASH_COOKIE = "leadhub_session_hash"


def hash_session_token(token: str) -> str:
    """Return what the database keeps of a session token (hex SHA-256)."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_cookie(header: str, name: str) -> str | None:
    """Return the named cookie of a Cookie header, whatever stands in its neighbours."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value.strip('"')
    return None
