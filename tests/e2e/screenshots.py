"""The pictures in the docs, from a running demo: `python -m tests.e2e.screenshots http://127.0.0.1:8000`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.chromium import FLAGS

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


def _sign_in(browser: Browser, address: str, name: str, scheme: str, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", name="My day").first.wait_for()
    return page


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")


def _tour(page: Page, address: str, suffix: str) -> None:
    _shoot(page, f"my-day{suffix}")
    page.goto(f"{address}/leads")
    page.get_by_role("table").get_by_role("link").first.wait_for()
    _shoot(page, f"leads{suffix}")
    page.goto(f"{address}/leads?mode=board")
    _shoot(page, f"board{suffix}")
    page.goto(f"{address}/leads?sort=-score")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("group", name="Stages").wait_for()
    _shoot(page, f"lead{suffix}")


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        _tour(_sign_in(browser, address, "Marco Manager", "light", WIDE), address, "")
        _tour(_sign_in(browser, address, "Marco Manager", "dark", WIDE), address, "-dark")
        _tour(_sign_in(browser, address, "Sally Sales", "light", NARROW), address, "-narrow")
        page = _sign_in(browser, address, "Ada Admin", "light", WIDE)
        for name in ("imports", "contacts", "audit", "settings/users"):
            page.goto(f"{address}/{name}")
            _shoot(page, name.replace("/", "-"))
        browser.close()


if __name__ == "__main__":
    main()
