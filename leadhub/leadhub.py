"""Composition root: pages, HTTP side, gate, lifespan. No logic."""

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from starlette.types import ASGIApp

from leadhub.api.app import create_api
from leadhub.components import theme
from leadhub.error_handling import explain_exception
from leadhub.live import hub
from leadhub.pages.table import PAGES
from leadhub.serving.frontend import script_hashes
from leadhub.serving.gate import Gate
from leadhub.settings import get_settings
from leadhub.state.one_owner import OneOwner
from leadhub.state.watching import keep_actors_fresh


def _behind_the_gate(inner: ASGIApp) -> ASGIApp:
    return Gate(inner, script_hashes=script_hashes(get_web_dir()), public_url=get_settings().public_url)


app = rx.App(
    **theme.app_options(),
    api_transformer=[create_api(), _behind_the_gate],
    backend_exception_handler=explain_exception,
)
app.add_middleware(OneOwner())
app.register_lifespan_task(hub.running)
app.register_lifespan_task(keep_actors_fresh)
for page in PAGES:
    app.add_page(page.build, route=page.route, title=page.title, on_load=page.loaders())
