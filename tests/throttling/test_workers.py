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
from tests.cli.running import SECRET_KEY, Place, Running
from tests.conftest import Engine

BURST, PER_SECOND, CLIENTS = 80, 1, 4


@pytest.fixture
def engine() -> Engine:
    return "postgres"


async def test_three_workers_on_two_machines_together_admit_one_bucket(
    database_url: str, tmp_path: Path, free_port: int, other_port: int
):
    """Each alone would admit a whole one. Every request here costs at least 1.

    `serve --workers` shares by itself. Which of its workers answers is for the system to say, so
    there is another server as well.
    """
    limit = {"LOYALTY_RATE_BACKEND": f"{PER_SECOND},{BURST}", "LOYALTY_LOG_LEVEL": "error"}
    always = {"DATABASE_URL": database_url, "LOYALTY_SECRET_KEY": SECRET_KEY, **limit}
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    two_workers = Place(one, always)
    alone = Place(other, {**always, "LOYALTY_RATE_STORAGE": "database"})
    keys = json.loads(alone.run("seed", "--customers", "1", "--json").stdout)
    headers = {"authorization": f"Bearer {keys['secretWebhookId']}"}
    arguments = ("serve", "--port", str(free_port), "--workers", "2")
    with (
        alone.serving("serve", "--port", str(other_port), port=other_port) as second,
        two_workers.serving(*arguments, port=free_port) as first,
    ):
        began = time.monotonic()

        async def client(running: Running) -> list[int]:
            async with httpx.AsyncClient(verify=False, timeout=30) as http:  # noqa: S501 - plain http
                url, asked = f"{running.address}/graphql", {"query": "{ __typename }"}
                return [
                    (await http.post(url, json=asked, headers=headers)).status_code
                    for _ in range(2 * BURST // CLIENTS)
                ]

        clients = (client(running) for running in (first, second) for _ in range(CLIENTS))
        answers = await asyncio.gather(*clients)
        seconds = time.monotonic() - began
        first.end()  # by a signal that it hands on to its workers
    statuses = [status for some in answers for status in some]
    assert set(statuses) == {200, 429}
    shared = BURST + PER_SECOND * (seconds + LEASE / SECOND)
    own = 3 * (BURST // OWN + PER_SECOND * seconds / OWN)
    assert BURST * 0.8 <= statuses.count(200) <= shared + own
