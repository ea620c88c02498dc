"""Several processes of one gateway, over one PostgreSQL: together one limit."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import httpx
import pytest

from gateway.throttling.bucket import SECOND
from gateway.throttling.leases import LEASE, OWN
from tests.cli.running import SECRET_KEY, Place
from tests.conftest import Engine

BURST, PER_SECOND, WORKERS = 160, 1, 2
REQUESTS = 3 * BURST


@pytest.fixture
def engine() -> Engine:
    return "postgres"


async def test_two_workers_together_admit_one_bucket(
    database_url: str, tmp_path: Path, free_port: int
):
    """Each alone would admit a whole one. Every request here costs at least 1."""
    limit = {"LOYALTY_RATE_BACKEND": f"{PER_SECOND},{BURST}"}
    always = {"DATABASE_URL": database_url, "LOYALTY_SECRET_KEY": SECRET_KEY}
    place = Place(tmp_path, {**always, **limit, "LOYALTY_LOG_LEVEL": "error"})
    assert place.run("migrate").returncode == 0
    keys = json.loads(place.run("seed", "--customers", "1", "--json").stdout)
    headers = {"authorization": f"Bearer {keys['secretWebhookId']}"}
    arguments = ("serve", "--port", str(free_port), "--workers", str(WORKERS))
    with place.serving(*arguments, port=free_port) as running:
        began = time.monotonic()

        async def client() -> list[int]:
            # Connections of their own, so that both workers get some.
            async with httpx.AsyncClient(verify=False, timeout=30) as http:  # noqa: S501 - plain http
                return [
                    (
                        await http.post(
                            f"{running.address}/graphql",
                            json={"query": "{ __typename }"},
                            headers=headers,
                        )
                    ).status_code
                    for _ in range(REQUESTS // 20)
                ]

        answers = await asyncio.gather(*(client() for _ in range(20)))
        seconds = time.monotonic() - began
        running.end()
    statuses = [status for some in answers for status in some]
    assert set(statuses) == {200, 429}
    shared = BURST + PER_SECOND * (seconds + LEASE / SECOND)
    own = WORKERS * (BURST // OWN + PER_SECOND * seconds / OWN)
    assert BURST * 0.8 <= statuses.count(200) <= shared + own
