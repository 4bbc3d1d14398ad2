"""Composition root: pages, HTTP side, gate, lifespan. No logic."""

import reflex as rx
from reflex.utils.prerequisites import get_web_dir

from leadhub.api.app import create_api
from leadhub.serving.frontend import script_hashes
from leadhub.serving.gate import Gate
from leadhub.settings import get_settings


def _home() -> rx.Component:
    return rx.el.main(rx.el.h1("LeadHub"))


app = rx.App(
    api_transformer=[
        create_api(),
        lambda inner: Gate(
            inner, script_hashes=script_hashes(get_web_dir()), public_url=get_settings().public_url or None
        ),
    ],
)
app.add_page(_home, route="/", title="LeadHub")
