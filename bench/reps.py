"""How many reps two cores hold: simulated people over the websocket, a click every few seconds each.

`python -m bench.reps [--leads 100000] [--database sqlite] [--steps 50,100,200,300] [--seconds 20]`.
One click in ten saves a field, which every open list then shows. Measured from sending the event to its first
answer, by clients that run on the same cores as the server.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.fill import use_workspace

_APP = "reflex___state____state.leadhub___state___base____app_state"
_LIST = f"{_APP}.leadhub___state___lead_list___page____lead_list"
_THINK_SECONDS = (2.0, 6.0)
_TERMS = ("mar", "soft", "gmbh", "anna", "logist", "lee", "north", "zie", "berg", "kow")
_SORTS = ("created_at", "score", "title", "target_amount", "account_name")
_PROMISED_MS = 200
_ON_LIST = ("save", "search", "sort", "next page")


@dataclass
class Tally:
    """What all reps of one step have seen."""

    took_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pushed: int = 0
    faults: int = 0
    bytes_received: int = 0


class Rep:
    """One browser: a websocket, a cookie, and a way of working."""

    def __init__(self, port: int, token: str, lead_ids: list[int], tally: Tally, seed: int) -> None:
        self._port, self._token, self._tally = port, token, tally
        self._leads = lead_ids
        self._random = random.Random(seed)
        self._answered = asyncio.Event()
        self._waiting = ""

    async def work(self, until: float, warm_up: float) -> None:
        client = f"{self._random.getrandbits(128):032x}"
        url = f"ws://127.0.0.1:{self._port}/_event/?token={client}&EIO=4&transport=websocket"
        headers = {"Cookie": f"leadhub_session={self._token}", "Origin": f"http://127.0.0.1:{self._port}"}
        await asyncio.sleep(self._random.random() * warm_up * 0.8)
        try:
            async with connect(url, additional_headers=headers, max_size=None, compression=None) as socket_:
                reader = asyncio.create_task(self._read(socket_))
                await socket_.send(f"40/_event,{json.dumps(self._hydrate('/leads'))}")
                await self._answer("open list", record=False)
                start = time.monotonic() + warm_up * 0.2
                while time.monotonic() < until:
                    await asyncio.sleep(self._random.uniform(*_THINK_SECONDS))
                    await self._click(socket_, record=time.monotonic() > start)
                reader.cancel()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self._tally.faults += 1

    async def _click(self, socket_: ClientConnection, *, record: bool) -> None:
        kind, event = self._next()
        self._waiting = kind
        self._answered.clear()
        started = time.perf_counter()
        await socket_.send(f"42/_event,{json.dumps(['event', event])}")
        await self._answer(kind, record=record, started=started)

    def _next(self) -> tuple[str, dict[str, Any]]:
        dice = self._random.random()
        if dice < 0.1:
            values = {"lead_id": self._random.choice(self._leads), "key": "priority"}
            return "save", self._event(f"{_LIST}.save_cell", **values, value=str(self._random.randint(1, 10)))
        if dice < 0.35:
            path = f"/leads/{self._random.choice(self._leads)}"
            return "lead page", self._hydrate(path)["event"]
        if dice < 0.6:
            return "search", self._event(f"{_LIST}.search_for", text=self._random.choice(_TERMS))
        if dice < 0.8:
            return "sort", self._event(f"{_LIST}.sort_by", key=self._random.choice(_SORTS))
        return "next page", self._event(f"{_LIST}.show_next")

    def _hydrate(self, path: str) -> dict[str, Any]:
        route = "/leads/[lead_id]" if path != "/leads" else path
        query = {"lead_id": path.rpartition("/")[2]} if path != "/leads" else {}
        router = {"pathname": route, "asPath": path, "query": query}
        name = "reflex___state____state.hydrate_and_load"
        return {"event": {"name": name, "payload": {"hashes": []}, "router_data": router}}

    def _event(self, name: str, **payload: Any) -> dict[str, Any]:
        router = {"pathname": "/leads", "asPath": "/leads"}
        return {"name": name, "payload": payload, "router_data": router}

    async def _answer(self, kind: str, *, record: bool = True, started: float = 0.0) -> None:
        try:
            async with asyncio.timeout(15):
                await self._answered.wait()
        except TimeoutError:
            self._tally.faults += 1
            return
        if record:
            self._tally.took_ms[kind].append((time.perf_counter() - started) * 1000)

    async def _read(self, socket_: ClientConnection) -> None:
        async for message in socket_:
            text = message if isinstance(message, str) else message.decode()
            if text == "2":
                await socket_.send("3")
                continue
            self._tally.bytes_received += len(text)
            if not text.startswith("42"):
                continue
            # A page is open when everything it loads has been sent; Reflex says so last.
            wanted = "lead_list___page" if self._waiting in _ON_LIST else '"is_hydrated_rx_state_":true'
            if wanted in text:
                if self._answered.is_set():
                    self._tally.pushed += 1
                self._answered.set()


def make_sessions(count: int) -> tuple[list[str], list[int]]:
    """Cookies of that many signed-in people, and ids of the newest leads."""
    from sqlalchemy import select

    from leadhub.db import derived_session, read_session
    from leadhub.domain.actor import system_actor
    from leadhub.models import Lead, User
    from leadhub.services.shared.web_sessions import open_session

    with read_session() as session:
        users = list(session.scalars(select(User.id).where(User.active, User.role != "partner")))
        leads = list(session.scalars(select(Lead.id).order_by(Lead.id.desc()).limit(2000)))
    with derived_session(system_actor(), "bench") as session:
        tokens = [
            open_session(session, users[n % len(users)], address="127.0.0.1", user_agent="bench").token
            for n in range(count)
        ]
    return tokens, leads


async def _step(port: int, reps: int, tokens: list[str], leads: list[int], seconds: float) -> Tally:
    tally = Tally()
    warm_up = min(10.0, 2 + reps / 40)
    until = time.monotonic() + warm_up + seconds
    people = [Rep(port, tokens[n], leads, tally, n) for n in range(reps)]
    await asyncio.gather(*(person.work(until, warm_up) for person in people))
    return tally


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start_server(port: int) -> subprocess.Popen[bytes]:
    """`leadhub run` on the workspace of this environment, answering."""
    command = [sys.executable, "-m", "leadhub", "run", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "LEADHUB_DEMO": "0"}, stdout=subprocess.DEVNULL)
    for _ in range(3000):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.terminate()
    raise SystemExit("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--steps", default="50,100,200,300")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args(sys.argv[1:] if __name__ == "__main__" else [])
    steps = [int(step) for step in options.steps.split(",")]
    use_workspace(options.database, options.leads)
    tokens, leads = make_sessions(max(steps))
    port = free_port()
    server = start_server(port)
    try:
        time.sleep(2)
        print(f"{options.database}, {options.leads:,} leads, a click every 2 to 6 s each, 1 in 10 a save")
        print(" reps  clicks/s  p50 ms  p95 ms  faults  pushed  p95 by kind")
        for reps in steps:
            tally = asyncio.run(_step(port, reps, tokens, leads, options.seconds))
            every = sorted(ms for some in tally.took_ms.values() for ms in some)
            if not every:
                print(f"{reps:>5} no answers, {tally.faults} faults")
                continue
            p95 = every[int(len(every) * 0.95)]
            kinds = ", ".join(
                f"{kind} {sorted(ms)[int(len(ms) * 0.95)]:.0f}" for kind, ms in sorted(tally.took_ms.items())
            )
            print(
                f"{reps:>5} {len(every) / options.seconds:>9.1f} {statistics.median(every):>7.0f} {p95:>7.0f}"
                f" {tally.faults:>7} {tally.pushed:>7}  {kinds}"
                f"{'' if p95 <= _PROMISED_MS else '  over 200 ms'}",
                flush=True,
            )
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
