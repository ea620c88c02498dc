"""Several workers on PostgreSQL: one sum of metrics, one worker that dies, a stop under load."""

from __future__ import annotations

import json
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.operations.conftest import WEB, Till, seeded
from tests.operations.reading import Page, of, read, total
from tests.support.postgres import PostgresServer

T = TypeVar("T")


@pytest.fixture
def place(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Place]:
    name = f"workers_{uuid.uuid4().hex}"
    given = {
        "DATABASE_URL": postgres_server.create_database(name),
        "LOYALTY_SECRET_KEY": SECRET_KEY,
        "LOYALTY_METRICS": "on",
        "LOYALTY_DRAIN_SECONDS": "1",
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
            assert {answer.status_code for answer in pool.map(till.apply, range(60))} == {200}
        page = until(lambda: scrape(lambda page: applied(page) == 60))
        assert total(page, "loyalty_request_seconds_count") == 60
        pids = {int(pid) for (pid,) in of(page, "process_cpu_seconds_total")}
        assert len(pids) == 2
        killed = min(pids)
        os.kill(killed, signal.SIGKILL)

        def replaced(page: Page) -> bool:
            now = {int(pid) for (pid,) in of(page, "process_cpu_seconds_total")}
            assert applied(page) == 60, "a sum fell when a worker died"
            return len(now) == 2 and killed not in now and page["loyalty_workers", ()] == 2

        until(lambda: scrape(replaced))
        assert till.apply(60).json()["data"]["applyRedemption"]["redemption"]["status"] == "HELD"
        until(lambda: scrape(lambda page: applied(page) == 61))
        assert running.end() == 0
        events = [json.loads(line)["event"] for line in running.err.splitlines()]
        assert f"Child process [{killed}] died" in events
    assert list(place.folder.glob("loyalty-metrics-*")) == []


def test_workers_stopped_under_load_answer_all_that_they_accepted(place: Place, port: int):
    """Whoever got no answer was not heard at all: what was heard was carried out and answered."""
    till = Till(f"http://127.0.0.1:{port}", seeded(place))
    outcomes: dict[int, str | None] = {}

    def client(number: int) -> None:
        while True:
            outcomes[number] = None
            try:
                answer = till.apply(number)
            except httpx.TransportError:
                return
            outcomes[number] = redemption_in(answer)[0]
            number += 8

    with (
        ThreadPoolExecutor(8) as pool,
        place.serving("serve", "--port", str(port), "--workers", "2", port=port) as running,
    ):
        clients = [pool.submit(client, first) for first in range(8)]
        until(lambda: len(outcomes) > 50 or None)
        running.process.send_signal(signal.SIGTERM)
        asked_at = len(outcomes)
        until(lambda: said_no(running.address) or None)
        assert running.process.wait(30) == 0
        for each in clients:
            each.result()
        assert len(outcomes) > asked_at, "it did not serve while it drained"
        events = [line for line in running.err.splitlines() if '"stopped"' in line]
        assert len(events) == 2
        assert all('"unfinished":0' in line for line in events)
    with place.serving("serve", "--port", str(port), port=port):
        for number, first in outcomes.items():
            again, replayed = redemption_in(till.apply(number))
            assert replayed is (first is not None)
            assert again == (first or again)
    assert place.run("verify").returncode == 0


def redemption_in(answer: httpx.Response) -> tuple[str, bool]:
    payload = answer.json()["data"]["applyRedemption"]
    return payload["redemption"]["id"], payload["replayed"]


def said_no(address: str) -> bool:
    answer = WEB.get(f"{address}/readyz")
    if answer.status_code == 200:
        return False
    assert answer.json() == {"status": "unavailable", "failed": ["shutdown"]}
    return True
