"""From a checkout to a served address: front end, database, demo workspace, processes."""

import os
import socket
import sys
from pathlib import Path

from leadhub.serving.database import first_admin_link, prepare_database
from leadhub.serving.frontend import FrontendBuildFailed, ensure_frontend
from leadhub.serving.supervisor import become_supervisor
from leadhub.serving.web import serve_web
from leadhub.settings import Settings

ADDRESS_LINE = "LeadHub is at {url}"
FIRST_ADMIN_LINE = "Nobody can sign in yet. Set up the first administrator, once, at {url}"


def start_serving(settings: Settings) -> None:
    """Prepare everything, then become the supervisor of a web and a job process."""
    _refuse_a_taken_port(settings.host, settings.port)
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    # The children change their working folder.
    os.environ["LEADHUB_DATA_DIR"] = str(data_dir)
    try:
        web_dir = ensure_frontend(say=_say)
    except FrontendBuildFailed as failure:
        raise SystemExit(f"The front end could not be built:\n{failure}") from None
    prepare_database(settings)
    leadhub = [sys.executable, "-m", "leadhub"]
    children = {
        "web": [*leadhub, "web", str(web_dir)],
        "job": [*leadhub, "worker", "--executor", "local", "--child"],
    }
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{settings.port}"
    _say(ADDRESS_LINE.format(url=address))
    if not settings.demo and (path := first_admin_link(settings.sqlalchemy_url)):
        _say(FIRST_ADMIN_LINE.format(url=f"{settings.public_url.rstrip('/') or address}{path}"))
    become_supervisor(children)


def serve_only(settings: Settings, web_dir: str) -> None:
    """Serve what `start_serving` prepared."""
    serve_web(
        settings.host,
        settings.port,
        workers=settings.web_workers,
        web_dir=Path(web_dir),
        data_dir=settings.data_dir,
    )


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"leadhub: {host}:{port} cannot be used: {error.strerror}. Try PORT=8001."
            ) from None


def _say(text: str) -> None:
    print(text, flush=True)
