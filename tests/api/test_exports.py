from fastapi.testclient import TestClient

from leadhub.api.app import create_api
from leadhub.api.current import current_actor
from leadhub.domain.actor import Role
from tests.factories import make_actor, make_lead


def test_the_lists_address_is_the_exports_address(database):
    """A download with other rows than the list in the address bar."""
    actor = make_actor(Role.MARKETER)
    make_lead(title="Roof", city="Oslo")
    make_lead(title="Wall", city="Rome")
    api = create_api()
    client = TestClient(api, raise_server_exceptions=False)
    assert client.get("/export/leads.csv").status_code == 401
    api.dependency_overrides[current_actor] = lambda: actor
    answer = client.get("/export/leads.csv?f=city:is:Oslo&cols=title,city")
    assert answer.status_code == 200
    assert answer.content.decode("utf-8-sig").splitlines()[1:] == ["Roof,Oslo"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get("/export/leads.xlsx?cols=title").content[:2] == b"PK"
    assert client.get("/export/leads.exe").status_code == 404
    api.dependency_overrides[current_actor] = lambda: make_actor(Role.PARTNER)
    assert client.get("/export/leads.csv").status_code == 403
