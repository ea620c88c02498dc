"""Subscriptions across processes: a change in one is told in another, and any may stop."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.e2e import documents as d
from tests.e2e.nodes import nodes
from tests.e2e.sockets import Socket
from tests.e2e.sse import streaming
from tests.support.postgres import PostgresServer

LISTENERS = "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND datname = $2"


@pytest.fixture
def place(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Place]:
    name = f"subscriptions_{time.time_ns()}"
    url = postgres_server.create_database(name)
    settings = {"DATABASE_URL": url, "LOYALTY_SECRET_KEY": SECRET_KEY}
    yield Place(tmp_path, {**settings, "LOYALTY_LOG_LEVEL": "error"})
    postgres_server.drop_database(name)


@pytest.fixture
def ports() -> tuple[int, int]:
    """Two ports that were free a moment ago."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        return one.getsockname()[1], two.getsockname()[1]


async def available(follower: Socket) -> int:
    return (await follower.next())["pointsChanged"]["points"]["available"]


async def listeners(db: Any, place: Place) -> set[int]:
    """The connections by which the processes hear of each other."""
    database = place.settings["DATABASE_URL"].rpartition("/")[2].partition("?")[0]
    return {row[0] for row in await db.fetch(LISTENERS, "loyalty-notices", database)}


async def test_a_change_in_one_process_is_told_in_the_other_also_after_an_outage(
    place: Place, ports: tuple[int, int], postgres_server: PostgresServer
):
    driver: Any = asyncpg
    db = await driver.connect(postgres_server.url())
    async with nodes(place, *ports) as (here, there), there.following() as follower:
        for _ in range(3):
            given = await here.give(1)
            async with asyncio.timeout(5):  # far below the refresh that would also bring it
                assert await available(follower) == given
        killed = await listeners(db, place)
        assert len(killed) == 2
        for pid in killed:
            await db.execute("SELECT pg_terminate_backend($1)", pid)
        given = await here.give(1)
        assert await available(follower) == given
        async with asyncio.timeout(10):
            while len(await listeners(db, place) - killed) < 2:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)  # until both listen again
        given = await here.give(1)
        async with asyncio.timeout(5):
            assert await available(follower) == given
    await db.close()


async def test_a_process_that_is_told_to_stop_ends_its_subscriptions_at_once(
    place: Place, ports: tuple[int, int]
):
    async with (
        nodes(place, ports[0]) as (only,),
        only.following() as follower,
        streaming(only.shopper, d.POINTS_CHANGED) as stream,
    ):
        await stream.next()
        began = time.monotonic()
        ending = asyncio.create_task(asyncio.to_thread(only.running.end))
        assert (await follower.closed())[0] == 1012
        # Cut off without `complete`: so its client connects anew, elsewhere.
        assert await stream.event() == ("cut off", None)
        assert await ending in {0, -15}
        assert time.monotonic() - began < 10
        assert "Traceback" not in only.running.err
        assert only.running.err.splitlines() == [] or json.loads(only.running.err.splitlines()[-1])
