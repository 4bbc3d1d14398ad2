"""The state of a list in the address bar."""

import json


def write_address(path: str, address: str, *, push: bool = False) -> str:
    """Return the script that puts `address` into the bar, unless the person has left `path` meanwhile.

    `push` makes it a step that Back returns from.
    """
    written = json.dumps(address).replace("<", "\\u003c")
    entry = "{...history.state, idx: (history.state?.idx ?? 0) + 1, key: Math.random().toString(36).slice(2)}"
    change = (
        f"history.pushState({entry}, '', {written})"
        if push
        else f"history.replaceState(history.state, '', {written})"
    )
    return f"location.pathname.replace(/\\/+$/, '') === {json.dumps(path)} && {change}"
