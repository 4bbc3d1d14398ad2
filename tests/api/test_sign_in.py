from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from leadhub.adapters import passwords
from leadhub.db import read_session
from leadhub.domain.sessions import hash_session_token
from leadhub.models import WebSession
from leadhub.queries.actors import find_actor, forget_actors
from leadhub.services.sessions.sign_in import MOST_PER_ADDRESS, MOST_PER_EMAIL
from leadhub.settings import get_settings
from tests.api.conftest import PASSWORD, deactivate
from tests.factories import make_user

SAME_SITE = {"origin": "http://leadhub.test", "sec-fetch-site": "same-origin"}


def _sign_in(client: TestClient, email: str = "rep@example.com", password: str = PASSWORD, **more: str):
    return client.post(
        "/auth/sign-in", data={"email": email, "password": password, **more}, headers=SAME_SITE
    )


def test_the_right_password_opens_a_session(client: TestClient, rep: int) -> None:
    """Nobody could get in."""
    answer = _sign_in(client, email="  Rep@Example.com ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    actor = find_actor(hash_session_token(client.cookies["leadhub_session"]))
    assert actor is not None
    assert actor.user_id == rep


def test_the_cookie_is_for_the_server_alone(client: TestClient, rep: int) -> None:
    """A script, or a foreign post, could use the session."""
    flags = _sign_in(client).headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags
    assert "path=/" in flags
    assert "secure" not in flags


def test_the_cookie_is_secure_where_the_public_address_is(
    client: TestClient, rep: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token would travel in clear text."""
    monkeypatch.setenv("LEADHUB_PUBLIC_URL", "https://crm.example.com")
    get_settings.cache_clear()
    assert "secure" in _sign_in(client).headers["set-cookie"].lower()


def test_the_database_never_holds_the_token(client: TestClient, rep: int) -> None:
    """A stolen backup would open every session."""
    _sign_in(client)
    with read_session() as session:
        kept = session.scalars(select(WebSession.token_hash)).all()
    assert kept == [hash_session_token(client.cookies["leadhub_session"])]


@pytest.mark.parametrize("password", ["", "wrong", "x" * 1999, "\ud83d", "' OR 1=1 --"])
def test_a_wrong_password_opens_nothing(client: TestClient, rep: int, password: str) -> None:
    """Anybody could get in."""
    answer = _sign_in(client, password=password.encode("utf-8", "replace").decode())
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?error=people.sign_in_failed"
    assert "set-cookie" not in answer.headers


def test_unknown_wrong_inactive_and_uninvited_look_alike(
    client: TestClient, rep: int, password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sign-in would tell strangers who works here, by its words or by its time."""
    gone = make_user(email="gone@example.com", password_hash=password_hash)
    deactivate(gone)
    make_user(email="invited@example.com")
    tried: list[str | None] = []
    real = passwords.PasswordHasher.verify
    monkeypatch.setattr(
        passwords.PasswordHasher, "verify", lambda self, h, p: (tried.append(h), real(self, h, p))[1]
    )
    emails = ("rep@example.com", "nobody@example.com", "gone@example.com", "invited@example.com", "\x00", "")
    answers = {
        _sign_in(client, email=email, password="not it at all").headers["location"] for email in emails
    }
    assert answers == {"/sign-in?error=people.sign_in_failed"}
    assert len(tried) == len(emails)


def test_repeated_failures_for_one_email_are_held_up(new_client: Callable[..., TestClient], rep: int) -> None:
    """Passwords could be tried by the million."""
    for _ in range(MOST_PER_EMAIL):
        _sign_in(new_client(client=("10.0.0.1", 1)), password="wrong")
    answer = _sign_in(new_client(client=("10.9.9.9", 1)))
    assert answer.headers["location"].startswith("/sign-in?error=errors.too_many_attempts&minutes=")
    assert "set-cookie" not in answer.headers


def test_repeated_failures_from_one_address_are_held_up(
    new_client: Callable[..., TestClient], rep: int
) -> None:
    """One machine could try one password on every user."""
    stranger = new_client(client=("10.0.0.1", 1))
    for number in range(MOST_PER_ADDRESS):
        _sign_in(stranger, email=f"user{number}@example.com", password="wrong")
    assert "too_many_attempts" in _sign_in(stranger).headers["location"]
    assert _sign_in(new_client(client=("10.0.0.2", 1))).headers["location"] == "/"


def test_a_success_clears_the_count(client: TestClient, rep: int) -> None:
    """People who mistype now and then would be locked out."""
    for _ in range(3):
        for _ in range(MOST_PER_EMAIL - 1):
            _sign_in(client, password="wrong")
        assert _sign_in(client).headers["location"] == "/"


@pytest.mark.parametrize(
    ("next_path", "target"),
    [
        ("/leads?q=a&sort=-score", "/leads?q=a&sort=-score"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nset-cookie: a=b", "/"),
    ],
)
def test_next_stays_on_this_site(client: TestClient, rep: int, next_path: str, target: str) -> None:
    """A link in a mail could send people from our sign-in to somebody else's."""
    assert _sign_in(client, next=next_path).headers["location"] == target


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/sign-out", "/auth/demo", "/auth/accept"])
def test_a_foreign_page_cannot_post(client: TestClient, rep: int, path: str, headers: dict[str, str]) -> None:
    """Another site could sign people in or out."""
    _sign_in(client)
    token = client.cookies["leadhub_session"]
    answer = client.post(path, data={"email": "rep@example.com", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert find_actor(hash_session_token(token)) is not None


def test_signing_out_ends_the_session_for_good(client: TestClient, rep: int) -> None:
    """A copied cookie would go on working."""
    _sign_in(client)
    token = client.cookies["leadhub_session"]
    answer = client.post("/auth/sign-out", headers=SAME_SITE)
    assert answer.headers["location"] == "/sign-in"
    assert "leadhub_session" not in client.cookies
    assert find_actor(hash_session_token(token)) is None


def test_signing_out_twice_is_harmless(client: TestClient, rep: int) -> None:
    """A second tab's click would end in an error page."""
    assert client.post("/auth/sign-out", headers=SAME_SITE).status_code == 303


def test_the_demo_sign_in_needs_demo_mode_and_a_demo_user(
    client: TestClient, rep: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody could become anybody."""
    star = make_user(email="demo@example.com", is_demo=True)

    def ask(user_id: object):
        return client.post("/auth/demo", data={"user_id": str(user_id)}, headers=SAME_SITE)

    assert ask(star).status_code == 403
    monkeypatch.setenv("LEADHUB_DEMO", "true")
    get_settings.cache_clear()
    for junk in (rep, 0, -1, "", "1 OR 1=1", "9" * 40, "²"):
        assert "error=people.user_not_found" in ask(junk).headers["location"]
    assert ask(star).headers["location"] == "/"


def test_a_script_gets_the_reason_as_problem_details(client: TestClient, rep: int) -> None:
    """The form could not say what is wrong without loading the page again."""
    answer = client.post(
        "/auth/sign-in",
        data={"email": "rep@example.com", "password": "no"},
        headers={**SAME_SITE, "accept": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["key"] == "people.sign_in_failed"


def test_a_deactivated_user_is_out_at_once(client: TestClient, rep: int) -> None:
    """Somebody who left could go on reading."""
    _sign_in(client)
    deactivate(rep)
    forget_actors()
    assert find_actor(hash_session_token(client.cookies["leadhub_session"])) is None


def test_failures_leave_no_session(client: TestClient, rep: int) -> None:
    """Refused attempts would fill the list of sessions."""
    _sign_in(client, password="wrong")
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(WebSession)) == 0
