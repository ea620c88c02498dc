"""Plans of the tables off the ledger, made while a table was small, serve it when it is large."""

from __future__ import annotations

import asyncpg
import pytest

from gateway.services.database import statement
from tests.conftest import Engine
from tests.ledger.filling import filled

FIND = "EXPLAIN SELECT id FROM customer WHERE merchant_id = ? AND external_id = ?"


@pytest.fixture
def engine() -> Engine:
    return "postgres"


async def test_a_customer_is_found_by_an_index_also_where_there_are_three(database: str):
    connection = await asyncpg.connect(database)
    await filled(connection, 3)
    await connection.execute("ANALYZE")
    await connection.close()
    plan = "\n".join(row["QUERY PLAN"] for row in await statement(FIND, 1, "customer-2"))
    assert "using customer_by_external_id" in plan
