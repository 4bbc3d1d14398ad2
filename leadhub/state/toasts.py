import json
from typing import Any, Literal

import reflex as rx
from reflex.event import EventSpec

from leadhub.texts import placeholders


def show_toast(
    key: str,
    *,
    tone: Literal["neutral", "success", "warning", "danger"] = "success",
    undo: str | int | None = None,
    link: tuple[str, str] | None = None,
    **params: Any,
) -> EventSpec:
    """Return the event that shows a text of the catalogue as a toast.

    `undo` is the action's id, which the toast's Undo gives to ShellState.undo; `link` is an address and the
    key of its text. A parameter `x_label` is the key of the text that stands for `{x}`.
    Raises TextMissing, and ValueError for wrong parameters.
    """
    if placeholders(key) != {
        name if name in placeholders(key) else name.removesuffix("_label") for name in params
    }:
        raise ValueError(f"text {key!r} takes {sorted(placeholders(key))}, got {sorted(params)}")
    message: dict[str, Any] = {"key": key, "params": params, "tone": tone}
    if undo is not None:
        message["undo"] = str(undo)
    if link is not None:
        message["link"] = {"href": link[0], "key": link[1]}
    return rx.call_script(f"window.leadhub.toast({_for_script(message)})")


def _for_script(message: dict[str, Any]) -> str:
    return json.dumps(message).replace("<", "\\u003c")
