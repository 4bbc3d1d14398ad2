"""Journeys in Chromium against a real server.

    def test_a_lead_is_qualified(page, server):     on SQLite, and on PostgreSQL + Redis with 2 workers
        page.goto(server.url + "/leads")

`open_page()` opens a page of another person (own cookies). A console error or an exception in any page fails
the test, unless `page_errors.expect("part of it")` announced it. `start_server("sqlite")` starts another.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from leadhub.serving.frontend import ensure_frontend
from tests.e2e.chromium import FLAGS, find_chromium
from tests.e2e.server import Server, running_server
from tests.external import require_server

KINDS = ["sqlite", "postgresql+redis"]
WIDE = {"width": 1440, "height": 900}
expect.set_options(timeout=15_000)


@dataclass
class PageErrors:
    """What the browser complained about during a test."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        return [text for text in self.seen if not any(part in text for part in self.expected)]

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.seen.append(f"exception: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.seen.append(f"console: {message.text} {where}")


@pytest.fixture(scope="session")
def frontend() -> None:
    ensure_frontend()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium or Chrome", pytrace=False)
        pytest.skip("Chromium is not at hand: python -m tests.e2e.chromium brings one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=KINDS)
def server(
    request: pytest.FixtureRequest, frontend: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One server for all journeys of a kind; a journey makes the records it needs."""
    kind: str = request.param
    with running_server(
        kind, tmp_path_factory.mktemp("server"), redis_url=_redis_for(kind, request)
    ) as server:
        yield server


@pytest.fixture
def start_server(
    request: pytest.FixtureRequest, frontend: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Start a server of this test's own: `start_server("sqlite", demo="0")`."""
    with ExitStack() as stack:

        def start(kind: str = "sqlite", **settings: str) -> Server:
            folder = tmp_path_factory.mktemp("own")
            redis_url = _redis_for(kind, request)
            return stack.enter_context(running_server(kind, folder, redis_url=redis_url, **settings))

        yield start


def _redis_for(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "sqlite":
        return ""
    require_server("PostgreSQL")
    return request.getfixturevalue("redis_url")


@pytest.fixture
def page_errors() -> Iterator[PageErrors]:
    errors = PageErrors()
    yield errors
    assert not errors.unexpected()


@pytest.fixture
def open_page(browser: Browser, page_errors: PageErrors) -> Iterator[Callable[..., Page]]:
    """Open a page of a new person, with cookies of their own."""
    with ExitStack() as stack:

        def open_one(**options: object) -> Page:
            context = browser.new_context(**{"viewport": WIDE, **options})
            stack.callback(context.close)
            page = context.new_page()
            page_errors.watch(page)
            return page

        yield open_one


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()
