"""Who is asking over HTTP."""

from fastapi import Request

from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotSignedIn
from leadhub.domain.sessions import SESSION_COOKIE, hash_session_token
from leadhub.queries.actors import find_actor


def current_actor(request: Request) -> Actor:
    """For `Depends`: who the session cookie belongs to. Raises NotSignedIn."""
    token = request.cookies.get(SESSION_COOKIE)
    actor = find_actor(hash_session_token(token)) if token else None
    if actor is None:
        raise NotSignedIn()
    return actor


def address_of(request: Request) -> str:
    """The client's address; a proxy on this machine is believed about whom it asks for."""
    peer = request.client.host if request.client else ""
    if peer in ("127.0.0.1", "::1"):
        return request.headers.get("x-forwarded-for", peer).rpartition(",")[2].strip() or peer
    return peer
