"""The recipe of the guide, as it stands there: the server goes away between apply and capture."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.conftest import Engine
from tests.e2e.caller import Json, cart, money
from tests.house.sources import ROOT
from tests.support import node

GUIDE = (ROOT / "docs" / "guides" / "outages.md").read_text("utf-8")
CUSTOMERS = 6
POINTS = 100
"""Of each redemption: the rule of the seed allows no more."""
DRIVER = """import { Captures } from "./recipe.ts";
const [path, url, secret, orders] = process.argv.slice(2);
const captures = new Captures(path);
for (const [customer, cart, order] of JSON.parse(orders)) captures.put(customer, cart, order);
console.log(await captures.workOff(url, secret));
"""


def snippet(language: str) -> str:
    """The first block of that language in the guide."""
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def recipe() -> Any:
    module = ModuleType("recipe")
    exec(compile(snippet("python"), "outages.md", "exec"), module.__dict__)  # noqa: S102 - our own guide
    return module


@pytest.fixture
def place(engine: Engine, database_url: str, tmp_path: Path) -> Place:
    settings = {"DATABASE_URL": database_url, "LOYALTY_SECRET_KEY": SECRET_KEY}
    return Place(tmp_path, {**settings, "LOYALTY_LOG_LEVEL": "error"})


@pytest.fixture
def secret(place: Place) -> Iterator[str]:
    """The shop's Secret Webhook ID. Afterwards the ledger is sound."""
    seeded = place.run("seed", "--customers", str(CUSTOMERS), "--json")
    yield json.loads(seeded.stdout)["secretWebhookId"]
    assert place.run("verify").returncode == 0


def buyer(number: int) -> Json:
    return {"externalId": f"custom_website-{10_001 + number}"}


def order(number: int) -> Json:
    return {"id": f"order-{number}", "total": money("500.00")}


def hold(recipe: Any, gateway: Any, number: int) -> Json | None:
    return recipe.hold(gateway, buyer(number), cart(cart_id=f"cart-{number}"), f"apply-{number}")


def balances(gateway: Any) -> list[tuple[int, int]]:
    """Available and held of every customer."""
    query = (
        """query ($input: CustomerRef!) { customer(by: $input) { points { available held } } }"""
    )
    seen = [gateway.ask(query, buyer(n), 15)["points"] for n in range(CUSTOMERS)]
    return [(points["available"], points["held"]) for points in seen]


async def run_out(url: str) -> None:
    """Let every hold have ended a moment ago, as if the outage had taken longer."""
    statements = (
        "UPDATE redemption SET expires_at = created_at + 1 WHERE status = 'HELD'",
        "UPDATE account SET next_due_at = 1 WHERE held > 0",
    )
    if url.startswith("sqlite:"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as db:
            for statement in statements:
                db.execute(statement)
        db.close()
        return
    connection: Any = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


@pytest.mark.parametrize(
    ("engine", "long"),
    [("sqlite", False), ("postgres", True)],
    ids=["sqlite, short", "postgres, longer than the holds"],
)
def test_orders_that_are_paid_in_an_outage_are_captured_once_each(
    place: Place, recipe: Any, secret: str, free_port: int, database_url: str, long: bool
):
    paying = range(CUSTOMERS - 1)
    queue = str(place.folder / "queue.db")
    captures = recipe.Captures(queue)
    with place.serving("serve", "--port", str(free_port), port=free_port) as server:
        gateway = recipe.Gateway(server.address, secret)
        assert [
            found["payable"]["amount"] for n in paying if (found := hold(recipe, gateway, n))
        ] == (["400.00"] * len(paying))
        told = {"customer": buyer(0), "cartId": "cart-0", "order": order(0)}
        # The first is captured, but its answer is lost: the queue will send it again.
        gateway.ask(recipe.CAPTURE, {**told, "idempotencyKey": "capture:order-0"}, 15)
    assert hold(recipe, gateway, CUSTOMERS - 1) is None, "sell without points"
    for number in paying:
        captures.put(buyer(number), f"cart-{number}", order(number))
        captures.put(buyer(number), f"cart-{number}", order(number))
    assert captures.work_off(gateway) == len(paying)
    if long:
        asyncio.run(run_out(database_url))
    with place.serving("serve", "--port", str(free_port), port=free_port):
        assert captures.work_off(gateway) == 0
        assert captures.work_off(gateway) == 0
        refused = captures.db.execute("SELECT order_id, refusal FROM capture").fetchall()
        assert refused == []
        assert balances(gateway) == [*((500 - POINTS, 0) for _ in paying), (500, 0)]
        for number in paying:  # from a queue that was restored from a backup
            captures.put(buyer(number), f"cart-{number}", order(number))
        assert captures.work_off(gateway) == 0
        assert balances(gateway) == [*((500 - POINTS, 0) for _ in paying), (500, 0)]


def test_points_that_are_gone_after_a_long_outage_are_left_for_a_person(
    place: Place, recipe: Any, secret: str, free_port: int, database_url: str
):
    captures = recipe.Captures(str(place.folder / "queue.db"))
    with place.serving("serve", "--port", str(free_port), port=free_port) as server:
        gateway = recipe.Gateway(server.address, secret)
        for number in range(6):  # one customer, all of her points
            given = {"customer": buyer(0), "cart": cart(cart_id=f"cart-{number}")}
            gateway.ask(recipe.APPLY, {**given, "idempotencyKey": f"apply-{number}"}, 5)
    asyncio.run(run_out(database_url))
    with place.serving("serve", "--port", str(free_port), port=free_port):
        for number in range(6):
            again = {"customer": buyer(0), "cart": cart(cart_id=f"other-{number}")}
            gateway.ask(recipe.APPLY, {**again, "idempotencyKey": f"other-{number}"}, 5)
        captures.put(buyer(0), "cart-0", order(0))
        assert captures.work_off(gateway) == 0
        assert captures.db.execute("SELECT refusal FROM capture").fetchall() == [("HOLD_EXPIRED",)]
        assert balances(gateway)[0] == (0, 500)


def test_the_recipe_in_typescript_captures_the_same(
    place: Place, recipe: Any, secret: str, free_port: int
):
    (place.folder / "recipe.ts").write_text(snippet("typescript"), "utf-8")
    (place.folder / "driver.mjs").write_text(DRIVER, "utf-8")
    paying = range(3)
    told = json.dumps([[buyer(n), f"cart-{n}", order(n)] for n in paying])
    address = f"http://127.0.0.1:{free_port}"

    def work_off(orders: str) -> str:
        arguments = ("--no-warnings", "driver.mjs", "queue.json", address, secret, orders)
        done = node.run(place.folder, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    with place.serving("serve", "--port", str(free_port), port=free_port):
        gateway = recipe.Gateway(address, secret)
        assert all(hold(recipe, gateway, n) for n in paying)
    assert work_off(told) == "3"
    with place.serving("serve", "--port", str(free_port), port=free_port):
        assert work_off("[]") == "0"
        assert work_off(told) == "0"
        assert balances(gateway)[:3] == [(500 - POINTS, 0)] * 3
