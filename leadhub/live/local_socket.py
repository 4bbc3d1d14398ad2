"""Events between the processes of one machine: each listener binds a datagram socket in a shared folder.

Linux holds ten datagrams per socket by default. A sender that finds one full leaves a mark beside the socket,
and its listener, once it has read what was there, treats everything as changed.
"""

import asyncio
import contextlib
import errno
import hashlib
import os
import secrets
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from leadhub.live.events import MISSED, LiveEvent, decode, encode, without_details

# A socket's path has about 104 bytes on some systems.
LONGEST_PATH_BYTES = 100
LONGEST_DATAGRAM_BYTES = 32_000
GONE = frozenset({errno.ECONNREFUSED, errno.ENOENT})
FULL = frozenset({errno.EAGAIN, errno.ENOBUFS})
WAKE = b""


def socket_folder(data_dir: Path) -> Path:
    """Return the folder of the sockets, made if need be; a short one if the data folder's path is long."""
    data_dir = data_dir.absolute()
    folder = data_dir / "live"
    if len(os.fsencode(folder)) + 24 > LONGEST_PATH_BYTES:
        name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"leadhub-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def send(data_dir: Path, event: LiveEvent) -> None:
    """Hand the event to every listening process, without waiting for any."""
    folder = socket_folder(data_dir)
    message = encode(event)
    if len(message) > LONGEST_DATAGRAM_BYTES:
        message = encode(without_details(event))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        for path in _sockets_in(folder):
            _send_one(sender, path, message)


def _sockets_in(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (entry.path for entry in entries if entry.name.endswith(".sock"))


def _send_one(sender: socket.socket, path: str, message: bytes) -> None:
    try:
        sender.sendto(message, path)
    except OSError as error:
        if error.errno in GONE:
            with contextlib.suppress(OSError):
                os.unlink(path)
        elif error.errno in FULL or error.errno == errno.EMSGSIZE:
            with contextlib.suppress(OSError):
                os.close(os.open(path + ".missed", os.O_CREAT | os.O_WRONLY, 0o600))
            # Its listener may have emptied the socket in between and never look again.
            with contextlib.suppress(OSError):
                sender.sendto(WAKE, path)


async def listen(data_dir: Path, deliver: Callable[[LiveEvent], None]) -> None:
    """Receive until cancelled. A thread empties the socket, so that a busy event loop does not fill it."""
    loop = asyncio.get_running_loop()

    def hand_over(event: LiveEvent) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed
            loop.call_soon_threadsafe(deliver, event)

    with _bound_socket(socket_folder(data_dir)) as (receiver, path):
        stopping = threading.Event()
        thread = threading.Thread(
            target=_receive, args=(receiver, path, hand_over, stopping), name="live receiver", daemon=True
        )
        thread.start()
        try:
            await asyncio.Event().wait()
        finally:
            stopping.set()
            with contextlib.suppress(OSError):
                receiver.shutdown(socket.SHUT_RDWR)
            thread.join(2)


@contextmanager
def _bound_socket(folder: Path) -> Iterator[tuple[socket.socket, str]]:
    path = str(folder / f"{os.getpid()}-{secrets.token_hex(3)}.sock")
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        receiver.bind(path)
        receiver.settimeout(1.0)
        yield receiver, path
    finally:
        receiver.close()
        for leftover in (path, path + ".missed"):
            with contextlib.suppress(OSError):
                os.unlink(leftover)


def _receive(
    receiver: socket.socket,
    path: str,
    hand_over: Callable[[LiveEvent], None],
    stopping: threading.Event,
) -> None:
    mark = path + ".missed"
    while not stopping.is_set():
        try:
            message = receiver.recv(LONGEST_DATAGRAM_BYTES + 1)
        except TimeoutError:
            message = WAKE
        except OSError:
            return
        if message != WAKE:
            hand_over(decode(message))
        if os.path.exists(mark):
            with contextlib.suppress(OSError):
                os.unlink(mark)
            hand_over(MISSED)
