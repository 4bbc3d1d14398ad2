"""The outermost ASGI layer: who may connect, what screens see of a cookie, what browsers may do with a page.

A screen reads `self.router.headers.cookie`, which is "leadhub_session_hash=<hex>" or "": the token itself
would be pickled into the state store.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from leadhub.domain.sessions import SESSION_COOKIE, SESSION_HASH_COOKIE, find_cookie, hash_session_token

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

# Other people's pages may post here; what they post never carries one of our cookies.
CROSS_ORIGIN_PREFIXES = ("/f/", "/api/v1/")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# The build names these files by their content.
HASHED_FILE = re.compile(r"^/assets/[^/]+-[\w-]{8}\.\w+$")
FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")

EVERY_RESPONSE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
PAGES_ONLY = (
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class Gate:
    """Refuses foreign origins, hides the session token from the screens, and sends the security headers."""

    def __init__(self, app: Callable, *, script_hashes: dict[str, list[str]], public_url: str = ""):
        self._app = app
        self._script_hashes = script_hashes
        self._public_host = urlsplit(public_url).netloc if public_url else None

    async def __call__(self, scope: Scope, receive: Callable, send: Callable) -> None:
        if scope["type"] == "websocket":
            if not self._same_origin(scope["headers"]):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app({**scope, "headers": without_session_token(scope["headers"])}, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Callable, send: Callable) -> None:
        if scope["method"] not in SAFE_METHODS and not self._same_origin(scope["headers"]):
            if not scope["path"].startswith(CROSS_ORIGIN_PREFIXES):
                await _refuse(send)
                return
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"cookie"]}
        elif scope["path"] != "/" and scope["path"] in self._script_hashes:
            # The static server would redirect /leads to /leads/: a round trip, to http behind a TLS proxy.
            scope = {**scope, "path": scope["path"] + "/", "raw_path": scope["path"].encode() + b"/"}
        policy = self._policy(scope["path"], _header(scope["headers"], b"host"))
        hashed = HASHED_FILE.match(scope["path"]) is not None

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = with_security(message.get("headers", []), policy)
                if hashed and message["status"] == 200:
                    headers.append(FOREVER)
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _same_origin(self, headers: Headers) -> bool:
        """Tell whether the request came from our own page, or from no page at all."""
        origin = _header(headers, b"origin")
        if not origin:
            return True
        return urlsplit(origin).netloc in {_header(headers, b"host"), self._public_host} - {None, ""}

    def _policy(self, path: str, host: str) -> str:
        # A path without a page of its own (/leads/42) gets the fallback page.
        own = self._script_hashes.get(path.rstrip("/") or "/", ())
        hashes = {*own, *self._script_hashes.get("/404", ()), *self._script_hashes.get("/__spa-fallback", ())}
        # Reflex runs rx.call_script by eval; its style sheets and Radix write inline styles.
        return "; ".join(
            (
                "default-src 'self'",
                " ".join(["script-src 'self' 'unsafe-eval'", *sorted(hashes)]),
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self' ws://{host} wss://{host}",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )


def with_security(headers: Headers, policy: str) -> Headers:
    """Return a response's headers with those that it did not set by itself."""
    present = {name.lower() for name, _ in headers}
    wanted = list(EVERY_RESPONSE)
    if any(n.lower() == b"content-type" and v.startswith(b"text/html") for n, v in headers):
        wanted += [(b"content-security-policy", policy.encode()), (b"cache-control", b"no-cache")]
        # A page that brings its own policy, such as an embeddable form, decides by itself who may frame it.
        if b"content-security-policy" not in present:
            wanted += PAGES_ONLY
    return [*headers, *((name, value) for name, value in wanted if name not in present)]


def without_session_token(headers: Headers) -> Headers:
    """Return the handshake's headers with all cookies replaced by the hash of the session token."""
    token = find_cookie(_header(headers, b"cookie"), SESSION_COOKIE)
    kept = [(name, value) for name, value in headers if name not in {b"cookie", b"authorization"}]
    if token:
        kept.append((b"cookie", f"{SESSION_HASH_COOKIE}={hash_session_token(token)}".encode()))
    return kept


def _header(headers: Headers, name: bytes) -> str:
    return b"; ".join(v for k, v in headers if k.lower() == name).decode("latin-1")


async def _refuse(send: Callable) -> None:
    body = b'{"type":"about:blank","title":"Foreign origin","status":403}'
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
