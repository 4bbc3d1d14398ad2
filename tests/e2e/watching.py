"""How long another person's open screen takes to follow, measured in the pages themselves."""

from playwright.sync_api import Page

_WATCH = """([key, kind, title, stage]) => {
    const shown = {
        page: () => document.querySelector('[role=group] [aria-current=step]')?.textContent.includes(stage)
            && document.querySelector('h1')?.textContent.includes(title),
        list: () => [...document.querySelectorAll('main tr')]
            .some((row) => row.textContent.includes(title) && row.textContent.includes(stage)),
        board: () => [...document.querySelectorAll('main section[aria-labelledby]')]
            .some((column) => document.getElementById(column.getAttribute('aria-labelledby'))
                .textContent.startsWith(stage) && column.textContent.includes(title)),
    }[kind];
    window.seenAt ??= {};
    delete window.seenAt[key];
    const look = () => {
        if (!shown()) return;
        window.seenAt[key] = Date.now();
        observer.disconnect();
    };
    const observer = new MutationObserver(look);
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(document.body, all);
    look();
}"""


def watch_for(page: Page, kind: str, title: str, stage: str) -> None:
    """Note in the page when a lead page, a list or a board ("page", "list", "board") shows the stage."""
    page.evaluate(_WATCH, ["stage", kind, title, stage])


def seen_at(page: Page) -> int:
    """Return when it was shown, in milliseconds; waits for it."""
    page.wait_for_function("() => window.seenAt?.stage > 0", timeout=10_000)
    return page.evaluate("() => window.seenAt.stage")
