"""Records for a journey, written by the test's own process into the database of a running server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from leadhub import db
from leadhub.settings import get_settings
from tests.e2e.server import Server


@contextmanager
def inside(server: Server) -> Iterator[None]:
    """Let factories and services work on the server's workspace; what they do is live there."""
    before = {name: value for name, value in os.environ.items() if name.startswith("LEADHUB_")}
    wanted = {name: value for name, value in server.environment.items() if name.startswith("LEADHUB_")}
    _use(wanted)
    try:
        yield
    finally:
        db.get_engine().dispose()
        _use(before)


def _use(settings: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("LEADHUB_")]:
        del os.environ[name]
    os.environ.update(settings)
    get_settings.cache_clear()
    db.get_engine.cache_clear()


def sign_in_to_demo(page: Page, server: Server, name: str, path: str) -> Page:
    """Enter as a demo user at a page."""
    page.goto(f"{server.url}/sign-in?next={path}")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: url.removeprefix(server.url).rstrip("/").startswith(path.rstrip("/")))
    return page
