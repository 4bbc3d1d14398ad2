import pytest

from leadhub.domain.sessions import hash_session_token
from leadhub.serving.gate import Gate

OURS = (b"host", b"crm.example:8000")


async def call(scope_type, headers, *, method="GET", path="/leads", response_headers=(), **gate):
    """Send one request through a gate; return what the app saw and what was sent."""
    seen, sent = [], []

    async def app(scope, receive, send):
        seen.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": list(response_headers)})

    async def receive():
        return {"type": f"{scope_type}.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": scope_type, "method": method, "path": path, "headers": [OURS, *headers]}
    await Gate(app, **{"script_hashes": {}, **gate})(scope, receive, send)
    return seen, sent


async def test_screens_see_the_hash_of_the_session_and_no_other_cookie():
    """Guards against session tokens in the state store."""
    cookie = (b"cookie", b"x=1; leadhub_session=to.ken; y=2")
    seen, _ = await call("websocket", [cookie, (b"authorization", b"Bearer key")])
    headers = dict(seen[0]["headers"])
    assert headers[b"cookie"].decode() == f"leadhub_session_hash={hash_session_token('to.ken')}"
    assert b"authorization" not in headers


async def test_nobody_brings_a_session_hash_of_their_own():
    """Guards against signing in with a hash read from the database or a log."""
    seen, _ = await call("websocket", [(b"cookie", b"leadhub_session_hash=abc")])
    assert b"cookie" not in dict(seen[0]["headers"])


@pytest.mark.parametrize("origin", [b"http://evil.example", b"null", b"http://crm.example.evil.example:8000"])
async def test_foreign_pages_may_neither_connect_nor_post(origin):
    """Guards against cross-site requests."""
    seen, sent = await call("websocket", [(b"origin", origin)])
    assert not seen
    assert sent[0]["type"] == "websocket.close"
    seen, sent = await call("http", [(b"origin", origin)], method="POST", path="/auth/sign-in")
    assert not seen
    assert sent[0]["status"] == 403


async def test_a_foreign_page_may_fill_in_a_landing_form_but_brings_no_cookie():
    """Guards against forms that work on our own site only, and against riding on a session."""
    headers = [(b"origin", b"http://shop.example"), (b"cookie", b"leadhub_session=t")]
    seen, _ = await call("http", headers, method="POST", path="/f/spring")
    assert b"cookie" not in dict(seen[0]["headers"])


async def test_the_public_address_counts_as_ours_behind_a_proxy():
    """Guards against a proxy that changes the Host header."""
    headers = [(b"origin", b"https://leads.example")]
    seen, _ = await call("http", headers, method="POST", public_url="https://leads.example")
    assert seen


async def test_a_page_that_brings_its_own_policy_keeps_it():
    """Guards against embeddable forms that cannot be embedded."""
    own = [(b"content-type", b"text/html"), (b"content-security-policy", b"frame-ancestors *")]
    _, sent = await call("http", [], response_headers=own)
    names = [name for name, _ in sent[0]["headers"]]
    assert names.count(b"content-security-policy") == 1
    assert b"x-frame-options" not in names


async def test_files_named_by_their_content_are_kept_and_pages_are_asked_for_again():
    """Guards against a first load of 400 kB on each visit, and against pages of an older version."""
    _, sent = await call("http", [], path="/assets/entry.client-BcBPaK_9.js")
    assert b"immutable" in dict(sent[0]["headers"])[b"cache-control"]
    _, sent = await call("http", [], path="/assets/logo.svg")
    assert b"cache-control" not in dict(sent[0]["headers"])
    _, sent = await call("http", [], response_headers=[(b"content-type", b"text/html")])
    assert dict(sent[0]["headers"])[b"cache-control"] == b"no-cache"


async def test_a_page_is_served_where_it_was_asked_for():
    """Guards against a redirect before every page, which behind a TLS proxy leads to plain http."""
    seen, _ = await call("http", [], path="/leads", script_hashes={"/leads": []})
    assert seen[0]["path"] == "/leads/"
    seen, _ = await call("http", [], path="/leads/42", script_hashes={"/leads": []})
    assert seen[0]["path"] == "/leads/42"
