"""What the rollups look for is found by indexes on both engines; nothing is read as a whole."""

from __future__ import annotations

import re

import pytest

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
