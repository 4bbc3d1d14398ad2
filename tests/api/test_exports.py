from fastapi.testclient import TestClient

from leadhub.api.app import create_api
from leadhub.api.current import current_actor
from leadhub.domain.actor import Role
from tests.factories import make_account, make_actor, make_contact, make_lead


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


def test_every_list_can_be_taken_along(database):
    """A list of contacts that only leads could be exported from."""
    api = create_api()
    api.dependency_overrides[current_actor] = lambda: make_actor(Role.SALES)
    client = TestClient(api, raise_server_exceptions=False)
    account = make_account(name="Acme", annual_revenue_minor=123_450)
    for n in range(3):
        make_contact(name=f"Person {n}", account_id=account, city="Oslo" if n else "Rome")
    answer = client.get("/export/contacts.csv?f=city:is:Oslo&cols=name,account")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["Person 1,Acme", "Person 2,Acme"]
    assert "1234.5" in client.get("/export/accounts.csv?cols=name,annual_revenue").text
    for plural in ("accounts", "opportunities", "activities", "campaigns"):
        assert client.get(f"/export/{plural}.xlsx").content[:2] == b"PK"
    assert client.get("/export/users.csv").status_code == 404
    api.dependency_overrides[current_actor] = lambda: make_actor(Role.PARTNER)
    assert client.get("/export/contacts.csv").status_code == 403
