"""Every screen of the foundation under axe, light and dark, as people find it with the demo's data."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.server import Server
from tests.e2e.workspace import sign_in_to_demo

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TABS = ("Lead info", "Customer need details", "Timeline", "History", "Attachments and notes", "Feed")
PAGES = (
    ("/contacts", "Search contacts"),
    ("/accounts", "Search accounts"),
    ("/opportunities", "Search opportunities"),
    ("/activities", "Search activities"),
)


def _faults(page: Page, what: str) -> list[str]:
    page.wait_for_timeout(250)  # what fades in has no contrast yet
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{what}: {fault['id']} ({fault['impact']}) {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_on_the_screens_of_a_working_day(open_page, server: Server, look: str) -> None:
    """Guards against screens that only people with sharp eyes and a mouse can use."""
    page = open_page(color_scheme=look)
    page.goto(server.url + "/sign-in")
    expect(page.get_by_role("button", name="Ada Admin")).to_be_visible()
    faults = _faults(page, "sign-in")
    sign_in_to_demo(page, server, "Sally Sales", "/")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    faults += _faults(page, "My day")

    page.goto(server.url + "/leads")
    row = page.get_by_role("row").nth(1)
    expect(row).to_be_visible()
    row.click()
    expect(page.get_by_role("group", name="Selected lead")).to_be_visible()
    faults += _faults(page, "list")
    page.get_by_role("radio", name="Board").check()
    expect(page.get_by_role("region", name="Nurturing").get_by_role("group").first).to_be_visible()
    faults += _faults(page, "board")
    page.get_by_role("button", name="New lead").click()
    expect(page.get_by_role("dialog", name="New lead")).to_be_visible()
    faults += _faults(page, "New lead")
    page.keyboard.press("Escape")

    page.goto(server.url + "/leads?f=stage:is:handoff")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("group", name="Stages")).to_be_visible()
    for tab in TABS:
        page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        expect(page.get_by_role("tab", name=re.compile(f"^{tab}"))).to_have_attribute("aria-selected", "true")
        faults += _faults(page, tab)
    page.get_by_role("button", name="Complete", exact=True).or_(
        page.get_by_role("button", name="Execute", exact=True)
    ).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    faults += _faults(page, "task dialog")

    for path, search in PAGES:
        page.goto(server.url + path)
        expect(page.get_by_role("searchbox", name=search)).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        faults += _faults(page, path)
    page.goto(server.url + "/imports/new")
    expect(page.get_by_role("region", name="Upload")).to_be_visible()
    faults += _faults(page, "import")
    page.goto(server.url + "/imports")
    expect(page.get_by_role("link", name="New import").first).to_be_visible()
    faults += _faults(page, "imports")
    page = open_page(color_scheme=look)
    sign_in_to_demo(page, server, "Ada Admin", "/settings/users")
    expect(page.get_by_role("button", name="Invite user")).to_be_visible()
    faults += _faults(page, "settings")
    assert not faults, "\n".join(dict.fromkeys(faults))
