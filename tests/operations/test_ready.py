"""`/readyz` names what is wrong: the migrations, the sweeper, a stop that has begun."""

from __future__ import annotations

import signal
import subprocess
import threading

import httpx
import pytest

from gateway.services.database import statement
from models.migrate import known_versions, migrate
from tests.cli.running import Place
from tests.e2e.serving import Served, serving, settings


async def failing(served: Served) -> list[str]:
    answer = await served.http.get("/readyz")
    body = answer.json()
    assert answer.status_code == (503 if body.get("failed") else 200)
    return body.get("failed", [])


async def add(version: str) -> None:
    await statement("INSERT INTO schema_migration VALUES (?, ?)", version, 1)


async def test_a_lacking_migration_makes_it_not_ready(database_url: str):
    await migrate(database_url)
    async with serving(settings(database_url)) as served:
        await served.gateway.sweeper.sweep()
        assert await failing(served) == []
        last = known_versions()[-1]
        await statement("DELETE FROM schema_migration WHERE version = ?", last)
        assert await failing(served) == ["migrations"]
        await add(last)
        assert await failing(served) == []


async def test_an_older_release_on_a_newer_database_is_not_ready(database_url: str):
    await migrate(database_url)
    async with serving(settings(database_url)) as served:
        await served.gateway.sweeper.sweep()
        await add("9998_from_a_later_release")
        assert await failing(served) == ["migrations"]


async def test_a_release_under_way_leaves_the_running_process_ready(database_url: str):
    await migrate(database_url)
    async with serving(settings(database_url)) as served:
        await served.gateway.sweeper.sweep()
        assert await failing(served) == []
        await add("9998_from_a_later_release")
        assert await failing(served) == []


async def test_a_sweeper_that_lags_makes_it_not_ready(tmp_path):
    url = f"sqlite:///{tmp_path}/loyalty.db"
    await migrate(url)
    async with serving(settings(url, sweep_seconds=30)) as served:
        await served.gateway.sweeper.sweep()
        assert await failing(served) == []
        served.clock.advance(3 * 30 + 31)
        assert await failing(served) == ["sweeper"]


def test_after_sigterm_it_serves_until_the_time_is_up_and_says_that_it_is_going(
    place: Place, port: int
):
    slow = Place(place.folder, {**place.settings, "LOYALTY_DRAIN_SECONDS": "300"})
    slow.run("migrate")
    with slow.serving("serve", "--port", str(port), port=port) as running:
        with httpx.Client(base_url=running.address, verify=False) as web:  # noqa: S501 - plain http
            running.process.send_signal(signal.SIGTERM)
            deadline = threading.Event()
            while web.get("/readyz").status_code == 200:
                assert not deadline.wait(0.05)
            with pytest.raises(subprocess.TimeoutExpired):
                running.process.wait(1)
            assert web.get("/readyz").json()["failed"] == ["shutdown"]
            assert web.get("/healthz").status_code == 200
            assert web.post("/graphql", json={"query": "{ __typename }"}).status_code == 200
        # Whoever is in a hurry says it twice.
        assert running.end() == 0
