"""A reconciliation goes by indexes on both engines: it reads a piece of time, never all there is."""

from __future__ import annotations

import re

import pytest

from gateway.ledger import order_rows
from gateway.services.database import statement
from gateway.services.finding_queries import (
    CAPTURED_FOR,
    LEFT_OPEN,
    ORDERS_NAMED,
    QUERIES,
)
from gateway.services.findings import FindingKind
from tests.conftest import Engine

NAMED = (
    ORDERS_NAMED.replace("{columns}", ", ".join(order_rows.ORDER)).replace("{marks}", "?, ?"),
    CAPTURED_FOR.replace("{marks}", "?, ?"),
)
PIECES = {
    FindingKind.CAPTURED_WITHOUT_ORDER: "redemption_captured_at",
    FindingKind.CAPTURED_BUT_CANCELLED: "redemption_captured_at",
    FindingKind.CAPTURE_REFUSED: "customer_order_refused",
    FindingKind.HOLD_NOT_CAPTURED: "customer_order_by_time",
    FindingKind.HOLD_ENDED_UNPAID: "redemption_expired_at",
}
"""The index that each kind is cut out of."""


async def plan(engine: Engine, sql: str, *values: object) -> str:
    if engine == "sqlite":
        return "\n".join(r["detail"] for r in await statement(f"EXPLAIN QUERY PLAN {sql}", *values))
    return "\n".join(r["QUERY PLAN"] for r in await statement(f"EXPLAIN {sql}", *values))


def scanned(engine: Engine, told: str) -> list[str]:
    """Tables that are read from end to end, by no index or by the whole of one."""
    if engine == "sqlite":
        found = re.findall(r"SCAN (\w+)(?! ?USING INTEGER)", told)
        return [name for name in found if name not in {"r", "o", "CONSTANT"} or "USING" in told]
    return re.findall(r"Seq Scan on (\w+)", told)


@pytest.mark.parametrize("kind", list(PIECES))
@pytest.mark.usefixtures("database")
async def test_a_kind_is_cut_out_of_its_index_and_looked_up_by_key(
    engine: Engine, kind: FindingKind
):
    query = QUERIES[kind]
    given = query.arguments(1, (1, 2), (3, 4))
    page = await plan(engine, query.page, *given, 10)
    edge = await plan(engine, query.edge, *given)
    for told in (page, edge):
        assert PIECES[kind] in told, told
    if engine == "postgres":
        assert scanned(engine, page) == []
        assert "Index Cond: ((merchant_id = '1'::bigint)" in page
        return
    read = re.findall(r"^SCAN (\w+)", page, re.MULTILINE)
    assert set(read) <= {"r", "o"}, page  # the piece itself, which is bounded
    assert "USE TEMP B-TREE" not in edge


@pytest.mark.parametrize("sql", NAMED, ids=["orders", "captured"])
@pytest.mark.usefixtures("database")
async def test_orders_of_a_list_are_looked_up_by_their_ids(engine: Engine, sql: str):
    told = await plan(engine, sql, 1, "a", "b")
    assert "customer_order_by_id" in told or "redemption_by_order" in told
    assert "SCAN" not in told
    assert scanned(engine, told) == []


@pytest.mark.usefixtures("database")
async def test_a_hold_of_a_cart_is_looked_up_by_the_cart(engine: Engine):
    told = await plan(engine, LEFT_OPEN, 1, 2, "cart")
    assert "redemption_held_by_cart" in told
    assert "redemption_expired_by_cart" in told
