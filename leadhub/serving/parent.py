"""Children that do not outlive their parent, however it died."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
SUPERVISOR_PID = "LEADHUB_SUPERVISOR_PID"


def die_with_parent(*, poll_seconds: float = 0.5) -> None:
    """End this process when its parent ends, also by kill -9: a left-over one would hold port and queue."""
    # A parent that died before this line has been replaced by another: the supervisor says who it was.
    parent = int(os.environ.pop(SUPERVISOR_PID, 0)) or os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(poll_seconds)
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()
