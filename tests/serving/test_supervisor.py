import json
import os
import signal
import subprocess
import sys
import time

import pytest

PYTHON = sys.executable
STAYS = "import time; time.sleep(600)"


@pytest.fixture
def supervise(tmp_path):
    """Run a supervisor over small Python programs, by name; the first is the needed one."""
    started = []

    def run(**programs):
        commands = {name: [PYTHON, "-c", program] for name, program in programs.items()}
        command = [PYTHON, "-m", "leadhub.serving.supervisor", json.dumps(commands)]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def note_and(path, rest):
    return f"open({str(path)!r}, 'a').write('x'); {rest}"


def test_a_job_process_that_dies_is_started_again(supervise, tmp_path):
    """Guards against imports that stand still until somebody notices."""
    starts = tmp_path / "starts"
    supervise(web=STAYS, job=note_and(starts, "raise SystemExit(1)"))
    wait_for(lambda: starts.exists() and len(starts.read_text()) >= 3)


def test_a_web_process_that_cannot_start_ends_everything(supervise):
    """Guards against a command that hangs in silence when the port is taken."""
    supervisor = supervise(web="raise SystemExit(3)", job=STAYS)
    assert supervisor.wait(20) == 3
    assert "the web process could not start" in supervisor.stderr.read()


def test_a_signal_stops_the_children_before_the_supervisor(supervise, tmp_path):
    """Guards against children that are killed in the middle of a write."""
    ready, stopped = tmp_path / "ready", tmp_path / "stopped"
    program = (
        "import pathlib, signal, sys, time\n"
        f"signal.signal(15, lambda *_: (pathlib.Path({str(stopped)!r}).touch(), sys.exit()))\n"
        f"pathlib.Path({str(ready)!r}).touch()\n"
        "time.sleep(600)"
    )
    supervisor = supervise(web=program)
    wait_for(ready.exists)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(20) == 0
    assert stopped.exists()


def test_a_child_whose_supervisor_died_before_it_looked_ends_too():
    """Guards against a job process that outlives a crash during its start."""
    program = "from leadhub.serving.parent import die_with_parent; die_with_parent()"
    environment = {**os.environ, "LEADHUB_SUPERVISOR_PID": "999999"}
    assert subprocess.run([PYTHON, "-c", program], env=environment, check=False).returncode != 0
