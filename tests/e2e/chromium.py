"""The journeys' browser: an installed Chromium or Chrome, else Playwright's, else the system's package.

`python -m tests.e2e.chromium` brings one and says which.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of a browser that is there."""
    given = os.environ.get("LEADHUB_TEST_CHROMIUM")
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return given or installed or _playwrights_own()


def bring_chromium() -> str:
    """Return the path of a browser, fetching one if need be; exits when none can be had."""
    if found := find_chromium():
        return found
    print("No Chromium or Chrome here; asking Playwright for its own ...", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := _playwrights_own():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Playwright could not fetch one; installing the system's chromium package ...", flush=True)
        subprocess.run(["apt-get", "update", "-q"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=False, stdout=subprocess.DEVNULL)
        if found := find_chromium():
            return found
    raise SystemExit("No browser: install chromium or Chrome, or set LEADHUB_TEST_CHROMIUM to its path.")


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


if __name__ == "__main__":
    print(f"Browser for the tests: {bring_chromium()}")
