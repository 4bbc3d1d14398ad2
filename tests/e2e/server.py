"""A real server for a test: `leadhub run` on a free port with a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.external import new_postgres_database

PROJECT_ROOT = Path(__file__).resolve().parents[2]
LONGEST_START_SECONDS = 180


@dataclass
class Server:
    """`leadhub run` with its web and job process; `kind` is "sqlite" or "postgresql+redis"."""

    kind: str
    data_dir: Path
    environment: dict[str, str]
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        command = [sys.executable, "-m", "leadhub", "run", "--port", str(self.port)]
        with open(self.data_dir / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT_ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.log()[-4000:]}")
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/healthz", timeout=2).status == 200
        except OSError:
            return False

    def stop(self) -> int:
        """Stop as Ctrl-C does; return the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def kill(self) -> None:
        """Kill the supervisor with -9, as a crash would; the other processes must follow it."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def run(self, *arguments: str) -> str:
        """Run a `leadhub` command against this server's database; return what it printed."""
        command = [sys.executable, "-m", "leadhub", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT_ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self) -> str:
        return (self.data_dir / "server.log").read_text(errors="replace")


@contextmanager
def running_server(kind: str, folder: Path, *, redis_url: str = "", **settings: str) -> Iterator[Server]:
    """Yield a started server; `settings` are LEADHUB_ variables in lower case without the prefix."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEADHUB_", "REFLEX_"))}
    wanted = {"data_dir": str(folder), "demo": "1", **settings}
    with ExitStack() as stack:
        if kind == "postgresql+redis":
            wanted["database_url"] = stack.enter_context(new_postgres_database())
            wanted |= {"redis_url": redis_url, "web_workers": "2"}
        environment |= {f"LEADHUB_{name.upper()}": value for name, value in wanted.items()}
        server = Server(kind, folder, environment)
        try:
            yield server.start()
        finally:
            if server.process and server.process.poll() is None:
                server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
