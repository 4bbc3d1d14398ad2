"""The web process: the compiled pages, the websocket and the HTTP side on one port."""

import gc
import multiprocessing
import os
import signal
import sys
from pathlib import Path

from leadhub.serving.parent import die_with_parent


def serve_web(host: str, port: int, *, workers: int, web_dir: Path, data_dir: Path) -> None:
    """Serve the built front end and the app until SIGTERM; neither compiles nor needs Node."""
    use_frontend(web_dir, data_dir)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from reflex.utils import prerequisites

    die_with_parent()
    os.register_at_fork(after_in_child=die_with_parent)
    # Import once, then fork: the workers share these pages of memory.
    multiprocessing.set_start_method("fork", force=True)
    prerequisites.get_app()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    Granian(
        target="leadhub.leadhub:app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=3,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def use_frontend(web_dir: Path, data_dir: Path) -> None:
    """Point Reflex at a built front end and its own folders; before reflex is imported."""
    os.environ["REFLEX_WEB_WORKDIR"] = str(web_dir)
    os.environ["REFLEX_STATES_WORKDIR"] = str(data_dir.resolve() / "states")
    os.environ["REFLEX_UPLOADED_FILES_DIR"] = str(data_dir.resolve() / "uploads")
    root = str(Path(__file__).resolve().parents[2])
    os.chdir(root)
    if root not in sys.path:
        sys.path.insert(0, root)
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
