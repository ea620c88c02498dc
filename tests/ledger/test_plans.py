"""PostgreSQL goes to each customer's rows by an index, also by a plan made while all was empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from gateway.ledger import postgres_sql, searching
from gateway.ledger.postgres import SETTINGS

QUERIES = {
    "load": (postgres_sql.load(), 12),
    "search": (searching.POSTGRES, 6),
}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


@pytest.mark.parametrize("name", QUERIES)
async def test_every_scan_of_a_table_is_bound_to_a_key(migrated_postgres: str, name: str):
    sql, count = QUERIES[name]
    connection: Any = await asyncpg.connect(migrated_postgres, server_settings=SETTINGS)
    try:
        await connection.execute(f"PREPARE q AS {sql}")
        nulls = ", ".join(["NULL"] * count)
        (text,) = await connection.fetchrow(f"EXPLAIN (FORMAT JSON) EXECUTE q({nulls})")
    finally:
        await connection.close()
    found = [node for node in nodes(json.loads(text)[0]["Plan"]) if "Relation Name" in node]
    assert found
    unbound = [node for node in found if "= k" not in node.get("Index Cond", "")]
    unbound = [node for node in unbound if "= r" not in node.get("Index Cond", "")]
    assert unbound == []
