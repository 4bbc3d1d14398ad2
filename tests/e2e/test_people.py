"""Signing in and out, letting people in, and settings that everybody sees at once."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.server import Server

PASSWORD = "correct horse 42"
OpenPage = Callable[..., Page]


def _link(server: Server, text: str) -> str:
    found = re.search(r"/accept/[\w-]+", text)
    assert found is not None, text
    return server.url + found[0]


def _accept(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url(lambda url: "/accept/" not in url)


@pytest.fixture(scope="module")
def people(server: Server) -> dict[str, str]:
    """An administrator, a rep and a marketer who know their passwords; e-mail by role."""
    emails = {}
    for role in ("admin", "sales", "marketer"):
        emails[role] = f"{role}-{server.port}@example.com"
        server.run("user", "add", emails[role], "--name", f"Person {role}", "--role", role)
    return emails


@pytest.fixture
def enter(server: Server, people: dict[str, str], open_page: OpenPage) -> Callable[..., Page]:
    """Open a page of a person of that role, signed in."""

    def as_role(role: str, path: str = "/profile", **options: object) -> Page:
        page = open_page(**options)
        if role in known:
            page.goto(f"{server.url}/sign-in?next={path}")
            page.get_by_label("Email").fill(people[role])
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
        else:
            _accept(page, _link(server, server.run("user", "invite", people[role])))
            known.add(role)
            page.goto(server.url + path)
        page.wait_for_url(lambda url: urlsplit(url).path.startswith(path))
        return page

    known = _known.setdefault(server.url, set())
    return as_role


_known: dict[str, set[str]] = {}


def test_a_person_is_invited_and_comes_in(enter, server: Server, open_page: OpenPage) -> None:
    """Nobody could be let in without the command line."""
    admin = enter("admin", "/settings/users")
    admin.get_by_role("button", name="Invite user").click()
    dialog = admin.get_by_role("dialog", name="Invite user")
    dialog.get_by_label("Name").fill("Nina New")
    dialog.get_by_label("Email").fill("nonsense")
    dialog.get_by_role("button", name="Invite").click()
    expect(dialog.get_by_text("This is not an email address.")).to_be_visible()
    dialog.get_by_label("Email").fill(f"nina-{server.port}@example.com")
    dialog.get_by_role("button", name="Invite").click()
    shown = admin.get_by_role("dialog", name="One-time link").get_by_label("One-time link")
    link = shown.input_value()
    assert link.startswith(server.url)
    nina = open_page()
    _accept(nina, link)
    nina.goto(server.url + "/profile")
    expect(nina.get_by_label("Name")).to_have_value("Nina New")
    again = open_page()
    again.goto(link)
    expect(again.get_by_text("not valid any more")).to_be_visible()


def test_a_wrong_password_is_told_and_the_address_kept(people, enter, server: Server, page: Page) -> None:
    """People would type their address again, or see nothing at all."""
    enter("sales")
    page.goto(server.url + "/leads?q=abc")
    page.wait_for_url("**/sign-in**")
    page.get_by_label("Email").fill(people["sales"])
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    expect(page.get_by_label("Email")).to_have_value(people["sales"])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: urlsplit(url).path.startswith("/leads"))
    assert "q=abc" in page.url


def test_signing_out_shuts_every_tab(enter, server: Server) -> None:
    """A tab left open would go on working for whoever sits down."""
    page = enter("sales")
    other = page.context.new_page()
    other.goto(server.url + "/profile")
    expect(other.get_by_label("Name")).to_have_value("Person sales")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    other.get_by_role("button", name="Save").click()
    other.wait_for_url("**/sign-in**")


def test_the_next_person_in_a_tab_finds_nothing_of_the_last(people, enter, server: Server) -> None:
    """The first person's rows would flash up for the second."""
    enter("marketer")
    page = enter("sales")
    expect(page.get_by_label("Name")).to_have_value("Person sales")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    page.goto(f"{server.url}/sign-in?next=/profile")
    page.get_by_label("Email").fill(people["marketer"])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: urlsplit(url).path.startswith("/profile"))
    expect(page.get_by_label("Name")).to_have_value("Person marketer")
    assert frames
    assert not [frame for frame in frames if "Person sales" in frame]


def test_a_revoked_session_is_out_at_the_next_click(enter, server: Server) -> None:
    """A lost laptop could not be locked out from afar."""
    lost, mine = enter("sales"), enter("sales")
    mine.get_by_role("button", name="Revoke all others").click()
    expect(mine.get_by_role("status").filter(has_text="revoked")).to_be_visible()
    lost.get_by_role("button", name="Save").click()
    lost.wait_for_url("**/sign-in**")


def test_a_lookup_changed_by_one_shows_to_another(enter, server: Server) -> None:
    """Two administrators would work on different lists."""
    one, two = enter("admin", "/settings/lookups"), enter("admin", "/settings/lookups")
    expect(two.get_by_role("cell", name="Software", exact=True)).to_be_visible()
    one.get_by_label("New entry").fill("Drones")
    one.get_by_role("button", name="Add", exact=True).click()
    expect(two.get_by_role("cell", name="Drones", exact=True)).to_be_visible(timeout=3000)
    one.get_by_role("button", name="Delete Drones").click()
    expect(two.get_by_role("cell", name="Drones", exact=True)).to_have_count(0, timeout=3000)
    one.get_by_role("button", name="Undo").last.click()
    expect(two.get_by_role("cell", name="Drones", exact=True)).to_be_visible(timeout=3000)
    one.get_by_role("button", name="Delete Drones").click()
    expect(two.get_by_role("cell", name="Drones", exact=True)).to_have_count(0, timeout=3000)


def test_settings_and_audit_are_for_administrators(enter, server: Server, page_errors) -> None:
    """A rep could read what every colleague does."""
    page = enter("sales")
    for path in ("/audit", "/settings/users", "/settings/units", "/settings/lookups", "/settings/roles"):
        page.goto(server.url + path)
        expect(page.get_by_text("Your role does not allow this page.")).to_be_visible()
    expect(page.get_by_role("link", name="Audit log")).to_have_count(0)


def test_the_first_administrator_sets_up_a_fresh_installation(start_server, open_page: OpenPage) -> None:
    """A fresh installation would have no way in, or stand open."""
    server = start_server("sqlite", demo="0")
    page = open_page()
    page.goto(_link(server, server.log()))
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url(lambda url: "/accept/" not in url)
    page.goto(server.url + "/settings/users")
    expect(page.get_by_role("cell", name="ada@example.com")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_axe_finds_nothing_on_these_pages(enter, server: Server, open_page: OpenPage, look: str) -> None:
    """People who do not see, or see little, could not come in."""
    options: dict[str, object] = {"color_scheme": "dark" if look == "dark" else "light"}
    if look == "narrow":
        options["viewport"] = {"width": 390, "height": 844}
    gate = open_page(**options)
    gate.goto(server.url + "/sign-in")
    expect(gate.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    _axe(gate)
    page = enter("admin", **options)
    for path, heading in (
        ("/profile", "Your details"),
        ("/settings", "Users"),
        ("/settings/users", "Invite user"),
        ("/settings/units", "New unit"),
        ("/settings/roles", "Audit log"),
        ("/settings/lookups", "New entry"),
        ("/audit", "Changes"),
    ):
        page.goto(server.url + path)
        expect(page.get_by_role("main").get_by_text(heading, exact=True).first).to_be_visible()
        _axe(page)


def _axe(page: Page) -> None:
    page.wait_for_timeout(250)  # what fades in has no contrast yet
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
