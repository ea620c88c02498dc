"""PostgreSQL goes to each customer's rows by their key, whatever a table held when it planned that.

Its plans are kept. One that was made for three rows would otherwise read a hundred thousand.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import asyncpg
import pytest

from gateway.ledger import order_loading, order_writing, postgres_sql, searching
from gateway.ledger.postgres import SETTINGS
from models.migrate import migrate
from tests.ledger.filling import filled
from tests.support.postgres import PostgresServer

BY_KEY = {
    "open": (postgres_sql.OPEN_ACCOUNTS, 2),
    "lock": (postgres_sql.LOCK, 2),
    "locked": (postgres_sql.LOCKED, 2),
    "programs": (postgres_sql.PROGRAMS, 2),
    "load": (postgres_sql.load(), 12),
    "search": (searching.POSTGRES, 6),
    "orders": (order_loading.POSTGRES, 17),
    "read": (postgres_sql.read(), 4),
}
BY_AGE = {"due": postgres_sql.DUE, "purge": postgres_sql.PURGE}
CUSTOMERS_ROWS = {"merchant_id", "customer_id"}
KEYS = {
    "merchant": [{"id"}],
    "program": [{"merchant_id", "version"}],
    "customer": [{"merchant_id", "id"}, {"merchant_id", "external_id"}],
    "account": [CUSTOMERS_ROWS],
    "lot": [CUSTOMERS_ROWS],
    "redemption": [CUSTOMERS_ROWS],
    "redemption_lot": [{*CUSTOMERS_ROWS, "redemption_id"}],
    "idempotency": [{"merchant_id", "caller", "key"}],
    "customer_order": [{"merchant_id", "order_id"}],
    "customer_day": [CUSTOMERS_ROWS],
    "award": [{*CUSTOMERS_ROWS, "occasion"}],
}
"""By which columns the rows of a table are found: one of these sets, or more than it."""


@pytest.fixture(params=[0, 3], ids=["empty", "three rows"])
async def connection(
    postgres_server: PostgresServer, request: pytest.FixtureRequest
) -> AsyncGenerator[Any]:
    """A connection of the ledger's, to a database that was analysed with so many customers."""
    name = f"plans_{request.param}"
    url = postgres_server.create_database(name)
    await migrate(url)
    connection: Any = await asyncpg.connect(url, server_settings=SETTINGS)
    if request.param:
        await filled(connection, request.param)
        await connection.execute("ANALYZE")
    yield connection
    await connection.close()
    postgres_server.drop_database(name)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


async def planned(connection: Any, name: str, sql: str, count: int) -> dict[str, Any]:
    await connection.execute(f"PREPARE {name}_q AS {sql}")
    nulls = ", ".join(["NULL"] * count)
    (text,) = await connection.fetchrow(f"EXPLAIN (FORMAT JSON) EXECUTE {name}_q({nulls})")
    return json.loads(text)[0]["Plan"]


def scans(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """Each table that is read, and by what; nothing where that is all of it."""
    return [
        (
            node["Relation Name"],
            next((node[by] for by in ("Index Cond", "Recheck Cond", "TID Cond") if by in node), ""),
        )
        for node in nodes(plan)
        if "Relation Name" in node and node["Node Type"] != "ModifyTable"
    ]


async def test_every_row_is_found_by_its_key(connection: Any):
    for name, (sql, count) in BY_KEY.items():
        found = scans(await planned(connection, name, sql, count))
        assert found
        for table, condition in found:
            columns = set(re.findall(r"\(\(?(\w+) = ", condition))
            assert any(key <= columns for key in KEYS[table]), (name, table, condition)


async def test_tiers_are_written_by_key(connection: Any):
    """Of what is written of orders, only the tiers are rows that must be found first."""
    sql = postgres_sql.write(order_writing.postgres)
    count = max(int(number) for number in re.findall(r"\$(\d+)", sql))
    [(table, condition)] = scans(await planned(connection, "write_orders", sql, count))
    assert table == "customer"
    assert set(re.findall(r"\(\(?(\w+) = ", condition)) == {"merchant_id", "id"}


async def test_what_is_due_or_too_old_is_found_without_reading_the_rest(connection: Any):
    for name, sql in BY_AGE.items():
        found = scans(await planned(connection, name, sql, 2))
        assert found
        assert [each for each in found if not each[1]] == [], name
