"""What a person waits for: the list in the browser, cold and warm, the script it takes, and the memory of the
app: `python -m bench.browser [--leads 100000] [--database sqlite]`."""

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.fill import use_workspace
from bench.reps import free_port, make_sessions, start_server
from tests.e2e.chromium import FLAGS

ROUNDS = 5


def _context(browser: Browser, port: int, token: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "leadhub_session", "value": token, "url": f"http://127.0.0.1:{port}"}])
    return context


def _open_list(context: BrowserContext, port: int) -> tuple[float, int]:
    """Milliseconds until the first row is there, and bytes of script over the wire."""
    page = context.new_page()
    started = time.perf_counter()
    page.goto(f"http://127.0.0.1:{port}/leads", wait_until="commit")
    page.get_by_role("table").get_by_role("link").first.wait_for()
    took = (time.perf_counter() - started) * 1000
    script = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.split('?')[0].endsWith('.js'))"
        ".reduce((sum, e) => sum + e.transferSize, 0)"
    )
    page.close()
    return took, script


def _memory_mib(pid: int) -> float:
    """Proportional set size of a process and all below it."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/smaps_rollup"):
        chain, current = [], int(status.parent.name)
        while current > 1:
            chain.append(current)
            try:
                stat = Path(f"/proc/{current}/stat").read_text()
            except OSError:
                break
            current = int(stat.rpartition(")")[2].split()[1])
        if pid in chain:
            try:
                rows = status.read_text().splitlines()
            except OSError:
                continue
            total += next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args(sys.argv[1:] if __name__ == "__main__" else [])
    use_workspace(options.database, options.leads)
    tokens, _ = make_sessions(1)
    port = free_port()
    server = start_server(port)
    try:
        time.sleep(3)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=list(FLAGS)
            )
            cold, warm, script = [], [], 0
            for _ in range(ROUNDS):
                context = _context(browser, port, tokens[0])
                took, script = _open_list(context, port)
                cold.append(took)
                warm.append(_open_list(context, port)[0])
                context.close()
            browser.close()
        print(f"{options.database}, {options.leads:,} leads")
        print(f"list visible, cold   p50 {statistics.median(cold):6.0f} ms   reach 1,300")
        print(f"list visible, warm   p50 {statistics.median(warm):6.0f} ms   reach 700")
        print(f"script on first load {script / 1000:9.0f} kB   reach 400")
        print(f"memory of the app    {_memory_mib(server.pid):9.0f} MiB  reach 250")
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
