"""A reconciliation goes by indexes on both engines: a piece of time is read, never everything."""

from __future__ import annotations

import re

import pytest

from gateway.services.database import statement
from gateway.services.finding_queries import (
    ALIASES_NAMED,
    CAPTURED_FOR,
    CUSTOMERS_NAMED,
    LEFT_OPEN,
    ORDERS_NAMED,
    QUERIES,
)
from gateway.services.findings import FindingKind
from tests.conftest import Engine

NAMED = {
    "customer_order_by_id": ORDERS_NAMED,
    "redemption_by_order": CAPTURED_FOR,
    "PRIMARY KEY": ALIASES_NAMED.replace("a.kind = ?", "a.kind = 'email'"),
    **{f"customer_by_{column}": sql for column, sql in CUSTOMERS_NAMED.items()},
}
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


@pytest.mark.parametrize("kind", list(PIECES))
@pytest.mark.usefixtures("database")
async def test_a_kind_is_cut_out_of_its_index_and_looked_up_by_key(
    engine: Engine, kind: FindingKind
):
    query = QUERIES[kind]
    given = query.arguments(1, (1, 2), (3, 4))
    page = await plan(engine, query.page, *given, 10)
    edge = await plan(engine, query.edge, *given)
    assert PIECES[kind] in page
    assert PIECES[kind] in edge
    if engine == "postgres":
        conditions = re.findall(r"Index Cond: (.+)", page)
        assert "Seq Scan" not in page
        assert [each for each in conditions if each.count("=") < 2] == [], page
    else:
        read = re.findall(r"^SCAN (\w+)", page, re.MULTILINE)
        assert set(read) <= {"r", "o"}, "only the piece itself, which is bounded"
        keys = re.findall(r"^SEARCH [xcr] .*\((.*)\)", page, re.MULTILINE)
        assert [each for each in keys if each.count("=?") < 2] == [], page
        assert "USE TEMP B-TREE" not in edge


@pytest.mark.parametrize("index", list(NAMED))
@pytest.mark.usefixtures("database")
async def test_what_a_list_names_is_looked_up_name_by_name(engine: Engine, index: str):
    sql = NAMED[index].replace("{marks}", ", ".join(["(?)"] * 500))
    told = await plan(engine, sql, *(f"a-{number}" for number in range(500)), 1)
    if engine == "sqlite":
        by_name = rf"USING (COVERING )?(INDEX )?({index}) \(merchant_id=.( AND kind=.)? AND \w+=.\)"
        assert re.search(by_name, told), told
    assert "Seq Scan" not in told


@pytest.mark.usefixtures("database")
async def test_a_hold_of_a_cart_is_looked_up_by_the_cart(engine: Engine):
    told = await plan(engine, LEFT_OPEN, 1, 2, "cart")
    by_cart, by_customer = r"cart_id = |cart_id=\?", r"PRIMARY KEY \(merchant_id=\? AND customer_id"
    assert len(re.findall(f"{by_cart}|{by_customer}", told)) == 2, told
