"""What the rollups look for is found by indexes on both engines; nothing is read as a whole."""

from __future__ import annotations

import re

import pytest

from gateway.services import whatif_reading, whatif_window
from gateway.services.counted import COUNTED
from gateway.services.database import statement
from gateway.services.figure_changes import CHANGED_SINCE
from tests.conftest import Engine
from tests.e2e.serving import Served


@pytest.mark.usefixtures("served")
async def test_what_has_changed_is_found_by_time(served: Served):
    engine: Engine = "sqlite" if served.gateway.settings.sqlite_path else "postgres"
    if engine == "sqlite":
        rows = await statement(f"EXPLAIN QUERY PLAN {CHANGED_SINCE}", 1, 1, 1)
        told = "\n".join(row["detail"] for row in rows)
        assert re.findall(r"^SCAN (outbox|customer_order|customer|c)\b", told, re.MULTILINE) == []
    else:
        rows = await statement(f"EXPLAIN {CHANGED_SINCE}", 1, 1, 1)
        told = "\n".join(row["QUERY PLAN"] for row in rows)
        assert "Seq Scan" not in told
    for index in ("outbox_waiting", "outbox_delivered", "customer_order_changed"):
        assert index in told, told


@pytest.mark.usefixtures("served")
async def test_carts_to_replay_are_found_by_day_and_by_customer(served: Served):
    reading = {"counted": COUNTED, "lines": "s.lines", "ids": "(?, ?)"}
    for sql, values, index in (
        (whatif_window.COUNTS, (1, 1, 9), "checkout_seen_kept"),
        (whatif_window.WHO, (1, 1, 1, 5), "checkout_seen_kept"),
        (whatif_window.FIRST, (1,), "checkout_seen_kept"),
        (whatif_reading.CARTS.format(**reading), (1, 1, 9, 5, 6), "s USING PRIMARY KEY"),
        (whatif_reading.ORDERS.format(ids="(?, ?)"), (1, 1, 5, 6), "customer_id="),
        (whatif_reading.PAID.format(ids="(?, ?)"), (1, 1, 5, 6), "customer_id="),
    ):
        if served.gateway.settings.sqlite_path:
            rows = await statement(f"EXPLAIN QUERY PLAN {sql}", *values)
            told = "\n".join(row["detail"] for row in rows)
            assert "SCAN" not in told, told
            assert index in told, told
        else:
            rows = await statement(f"EXPLAIN {sql}", *values)
            told = "\n".join(row["QUERY PLAN"] for row in rows)
            assert "Seq Scan" not in told, told
            assert (index in told) == index.startswith("checkout"), told
