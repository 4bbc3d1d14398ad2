from fastapi.testclient import TestClient

from leadhub.api.app import create_api
from leadhub.db import derived_session
from leadhub.domain.actor import Actor, system_actor
from leadhub.domain.sessions import SESSION_COOKIE
from leadhub.services.leads.attachments import add_attachment
from leadhub.services.shared.web_sessions import open_session
from tests.factories import make_actor, make_lead


def client_of(actor: Actor) -> TestClient:
    with derived_session(system_actor(), "sign in") as session:
        opened = open_session(session, actor.user_id or 0, address="127.0.0.1", user_agent="test")
    return TestClient(create_api(), cookies={SESSION_COOKIE: opened.token})


def test_a_file_is_a_download_and_nothing_that_a_browser_runs(database: str) -> None:
    """Guards against an uploaded page that runs as LeadHub."""
    owner = make_actor()
    lead_id = make_lead(owner_id=owner.user_id)
    done = add_attachment(lead_id, "Angebot Ü.html", b"<script>alert(1)</script>", actor=owner)
    answer = client_of(owner).get(f"/files/{done.attachment_id}")
    assert answer.status_code == 200
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client_of(make_actor()).get(f"/files/{done.attachment_id}").status_code == 404
    assert TestClient(create_api()).get(f"/files/{done.attachment_id}").status_code == 401
