"""Keeps the web and the job process running. Standard library only: it stays small in memory."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from leadhub.serving.parent import SUPERVISOR_PID

STOP_SECONDS = 10
# A process that ends sooner than this after its start has a fault that a restart will not cure.
SETTLED_SECONDS = 15
LONGEST_PAUSE_SECONDS = 30
# People wait for the web process; on two cores the other would slow its start.
HEAD_START_SECONDS = 1.5


@dataclass
class Child:
    name: str
    command: list[str]
    needed: bool
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only the supervisor, which then stops each child in order.
        environment = {**os.environ, SUPERVISOR_PID: str(os.getpid())}
        self.process = subprocess.Popen(self.command, start_new_session=True, env=environment)
        self.started_at = time.monotonic()


def supervise(children: list[Child]) -> int:
    """Run the children until a signal comes or a needed one cannot stay up; return the exit code."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    for child in children:
        if child.needed:
            child.start()
        else:
            child.restart_at = time.monotonic() + HEAD_START_SECONDS
    code = 0
    while not stopping:
        code = _look_after(children)
        if code:
            break
        time.sleep(0.2)
    _stop(children)
    return code


def _look_after(children: list[Child]) -> int:
    now = time.monotonic()
    for child in children:
        if child.process is None:
            if now >= child.restart_at:
                child.start()
            continue
        code = child.process.poll()
        if code is None:
            if child.failures and now - child.started_at > SETTLED_SECONDS:
                child.failures = 0
            continue
        settled = now - child.started_at > SETTLED_SECONDS
        if child.needed and not settled:
            _say(f"the {child.name} process could not start (exit code {code})")
            return code if code > 0 else 1
        child.failures = 0 if settled else child.failures + 1
        pause = min(0.2 * 2**child.failures, LONGEST_PAUSE_SECONDS)
        _say(f"the {child.name} process ended (exit code {code}); starting it again")
        child.process, child.restart_at = None, now + pause
    return 0


def _stop(children: list[Child]) -> None:
    running = [c.process for c in children if c.process and c.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say(text: str) -> None:
    print(f"leadhub: {text}", file=sys.stderr, flush=True)


def become_supervisor(children: dict[str, list[str]]) -> None:
    """Replace this process, and all that it has imported, by the supervisor; the first child is needed."""
    os.execv(sys.executable, [sys.executable, "-m", "leadhub.serving.supervisor", json.dumps(children)])


if __name__ == "__main__":
    commands = json.loads(sys.argv[1])
    sys.exit(
        supervise([Child(name, command, needed=i == 0) for i, (name, command) in enumerate(commands.items())])
    )
