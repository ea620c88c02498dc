"""Several workers on PostgreSQL: one sum of metrics, one worker that dies, a stop under load."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import httpx
import pytest

from gateway.ledger.verify import verify
from tests.cli.running import SECRET_KEY, Place
from tests.operations.conftest import WEB, Till, seeded
from tests.operations.reading import Page, of, read, total
from tests.support.postgres import PostgresServer

T = TypeVar("T")
CLIENTS = 4


@pytest.fixture
def place(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Place]:
    name = f"workers_{uuid.uuid4().hex}"
    given = {
        "DATABASE_URL": postgres_server.create_database(name),
        "LOYALTY_SECRET_KEY": SECRET_KEY,
        "LOYALTY_METRICS": "on",
        "TMPDIR": str(tmp_path),
    }
    yield Place(tmp_path, given)
    postgres_server.drop_database(name)


def until(look: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + 20
    while (found := look()) is None:
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.05)
    return found


class Scrape:
    """Reads the page, over a new connection each time, so that any worker may answer."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, wanted: Callable[[Page], bool] = lambda _: True) -> Page | None:
        try:
            answer = WEB.get(f"{self.address}/metrics")
        except httpx.TransportError:  # it fell to the worker that was killed
            return None
        page = read(answer.text)
        return page if wanted(page) else None


def applied(page: Page) -> float:
    return page.get(("loyalty_requests_total", ("ApplyRedemption", "OK", "mutation")), 0)


def test_workers_are_summed_and_a_killed_one_is_replaced_without_loss(place: Place, port: int):
    till = Till(f"http://127.0.0.1:{port}", seeded(place))
    with place.serving("serve", "--port", str(port), "--workers", "2", port=port) as running:
        scrape = Scrape(running.address)
        until(lambda: scrape(lambda page: page["loyalty_workers", ()] == 2))
        with ThreadPoolExecutor(8) as pool:
            assert {answer.status_code for answer in pool.map(till.apply, range(24))} == {200}
        page = until(lambda: scrape(lambda page: applied(page) == 24))
        assert total(page, "loyalty_request_seconds_count") == 24
        pids = {int(pid) for (pid,) in of(page, "process_cpu_seconds_total")}
        assert len(pids) == 2
        killed = min(pids)
        os.kill(killed, signal.SIGKILL)

        def replaced(page: Page) -> bool:
            now = {int(pid) for (pid,) in of(page, "process_cpu_seconds_total")}
            assert applied(page) == 24, "a sum fell when a worker died"
            return len(now) == 2 and killed not in now and page["loyalty_workers", ()] == 2

        until(lambda: scrape(replaced))
        assert till.apply(24).json()["data"]["applyRedemption"]["redemption"]["status"] == "HELD"
        until(lambda: scrape(lambda page: applied(page) == 25))
        assert running.end() == 0
        events = [json.loads(line)["event"] for line in running.err.splitlines()]
        assert f"Child process [{killed}] died" in events
    assert list(place.folder.glob("loyalty-metrics-*")) == []


def test_workers_stopped_under_load_answer_all_that_they_accepted(place: Place, port: int):
    """Whoever got no answer was not heard at all: what was heard was carried out and answered."""
    place.settings["LOYALTY_DRAIN_SECONDS"] = "1"
    till = Till(f"http://127.0.0.1:{port}", seeded(place))
    asked: set[str] = set()
    answered: set[str] = set()

    def client(number: int) -> None:
        while True:
            asked.add(f"key-{number}")
            try:
                answer = till.apply(number)
            except httpx.TransportError:
                return
            assert answer.json()["data"]["applyRedemption"]["redemption"]["status"] == "HELD"
            answered.add(f"key-{number}")
            number += CLIENTS

    with (
        ThreadPoolExecutor(CLIENTS) as pool,
        place.serving("serve", "--port", str(port), "--workers", "2", port=port) as running,
    ):
        until(lambda: Scrape(running.address)(lambda page: page["loyalty_workers", ()] == 2))
        clients = [pool.submit(client, first) for first in range(CLIENTS)]
        until(lambda: len(answered) > CLIENTS or None)
        running.process.send_signal(signal.SIGTERM)
        answered_before = len(answered)
        until(lambda: said_no(running.address) or None)
        assert running.process.wait(30) == 0
        for each in clients:
            each.result()
        assert len(answered) > answered_before, "it did not serve while it drained"
        events = [line for line in running.err.splitlines() if '"stopped"' in line]
        assert len(events) == 2
        assert all('"unfinished":0' in line for line in events)
    assert len(asked) == len(answered) + CLIENTS
    assert asyncio.run(carried_out(place.settings["DATABASE_URL"])) == answered


async def carried_out(url: str) -> set[str]:
    """The keys in a ledger that is whole."""
    report = await verify(url, now=time.time_ns() // 1000, sweep_seconds=60)
    assert report.ok
    connection: Any = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT key FROM idempotency WHERE key LIKE 'key-%'")
    await connection.close()
    return {row[0] for row in rows}


def said_no(address: str) -> bool:
    """Whether it says that it is about to stop; one that has just begun may lack more."""
    answer = WEB.get(f"{address}/readyz")
    return answer.status_code == 503 and "shutdown" in answer.json()["failed"]
