"""A database that goes away under load: clear errors, and one outcome under each key afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.e2e import documents as d
from tests.e2e.caller import Answer, Caller, cart, code
from tests.support.postgres import PostgresServer

CUSTOMERS = 200
CLIENTS = 10


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    with PostgresServer(durable=True) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, database: PostgresServer) -> Place:
    settings = {"DATABASE_URL": database.url(), "LOYALTY_SECRET_KEY": SECRET_KEY}
    settings["LOYALTY_REDEMPTIONS_PER_HOUR"] = "0"  # a few customers bear all of the load
    return Place(tmp_path, {**settings, "LOYALTY_LOG_LEVEL": "error"})


class Load:
    """Applies one point at a time on carts without number, each under a key of its own."""

    def __init__(self, backend: Caller) -> None:
        self.backend = backend
        self.sent: list[dict[str, Any]] = []
        self.answers: dict[str, Answer] = {}
        self.stopping = False

    async def client(self) -> None:
        while not self.stopping:
            number = len(self.sent)
            given = {
                "customer": {"externalId": f"custom_website-{10_001 + number % CUSTOMERS}"},
                "cart": cart(cart_id=f"cart-{number}"),
                "points": 1,
                "idempotencyKey": f"key-{number}",
            }
            self.sent.append(given)
            self.answers[f"key-{number}"] = await self.backend.send(d.APPLY, input=given)

    def failed(self) -> list[Answer]:
        return [answer for answer in self.answers.values() if "errors" in answer.body]

    def held(self) -> dict[str, str]:
        """The redemption that each key was answered with, where it was."""
        fine = {k: a for k, a in self.answers.items() if "errors" not in a.body}
        return {k: a.data["applyRedemption"]["redemption"]["id"] for k, a in fine.items()}


async def until(condition: Any) -> None:
    """Let the load run until there is something to see."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - many clients change what is looked at
            await asyncio.sleep(0.01)


async def test_the_database_is_killed_under_load_and_comes_back(
    place: Place, database: PostgresServer, free_port: int
):
    keys = json.loads(place.run("seed", "--customers", str(CUSTOMERS), "--json").stdout)
    with place.serving("serve", "--port", str(free_port), port=free_port) as running:
        address = running.address
        async with httpx.AsyncClient(base_url=address, timeout=30, verify=False) as http:  # noqa: S501 - plain http
            backend = Caller(http, {"authorization": f"Bearer {keys['secretWebhookId']}"})
            load = Load(backend)
            async with asyncio.TaskGroup() as clients:
                for _ in range(CLIENTS):
                    clients.create_task(load.client())
                await until(lambda: len(load.answers) > 100)
                await asyncio.to_thread(database.stop, immediate=True)
                await until(lambda: len(load.failed()) >= CLIENTS)
                ready = await http.get("/readyz")
                assert (ready.status_code, (await http.get("/healthz")).status_code) == (503, 200)
                await asyncio.to_thread(database.start)
                before = len(load.held())
                await until(lambda: len(load.held()) > before + 50)
                load.stopping = True
            assert_told_plainly(load)
            acknowledged = load.held()
            again = [await backend.ask(d.APPLY, input=given) for given in load.sent]
            assert [code(each) for each in again] == [None] * len(load.sent)
            found = {
                g["idempotencyKey"]: a["redemption"]["id"]
                for g, a in zip(load.sent, again, strict=True)
            }
            assert len(set(found.values())) == len(load.sent)
            assert found | acknowledged == found, "an acknowledged redemption is another now"
            held = [
                (await backend.balance(f"custom_website-{10_001 + n}"))["held"]
                for n in range(CUSTOMERS)
            ]
            assert sum(held) == len(load.sent)
    assert place.run("verify").returncode == 0


def assert_told_plainly(load: Load) -> None:
    """Nobody was told of a database, an address or a line of code."""
    failed = load.failed()
    assert len(failed) >= CLIENTS
    for answer in failed:
        (error,) = answer.body["errors"]
        assert error["extensions"]["code"] in {"OVERLOADED", "INTERNAL_SERVER_ERROR"}
        if error["extensions"]["code"] == "OVERLOADED":
            assert error["extensions"]["retryAfterSeconds"] == 1
            assert "again" in error["message"]
        else:
            assert error["message"] == "Internal server error"
            assert error["extensions"]["requestId"]
        assert not any((answer.body.get("data") or {}).values())
