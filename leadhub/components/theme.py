"""What the whole app needs for its looks: one stylesheet, and the colour mode before first paint."""

import reflex as rx

STYLESHEETS = ["/leadhub.css"]

_COLOUR_MODE_BEFORE_PAINT = """
try {
  const saved = localStorage.getItem("theme") || "system";
  const dark = saved === "dark" || (saved === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.add(dark ? "dark" : "light");
} catch {}
"""


def head_components() -> list[rx.Component]:
    """Return what belongs in the document's head."""
    return [
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1"),
        rx.el.meta(name="referrer", content="same-origin"),
        rx.el.script(_COLOUR_MODE_BEFORE_PAINT),
    ]
