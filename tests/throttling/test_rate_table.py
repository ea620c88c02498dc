"""The shared buckets in PostgreSQL: the arithmetic of the bucket, whoever comes, and no trace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.services.database import close_database, open_database, statement
from gateway.services.rate_forgetting import Forgetting
from gateway.services.rate_table import RateTable
from gateway.settings import Settings
from gateway.throttling.bucket import MICROSECOND, Rate, take
from gateway.throttling.leases import Ask
from models.migrate import migrate
from tests.conftest import Engine
from tests.e2e.serving import SECRET_KEY, Clock

RATE = Rate(100, 1_000)
ROWS = "SELECT * FROM rate_bucket"


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[None]:
    await migrate(database_url)
    await open_database(Settings(database_url=database_url))
    yield
    await close_database()


@pytest.fixture
def engine() -> Engine:
    return "postgres"


def table(clock: Clock, name: str = "customer", rate: Rate = RATE) -> RateTable:
    return RateTable(name, rate, SECRET_KEY, clock)


async def test_a_wish_that_was_given_up_does_not_spoil_the_batch(opened: None) -> None:
    """After the database stood still, the queue holds what nobody waits for any more."""
    clock = Clock()
    asks = [Ask((1, "a"), 100), Ask((1, "b"), 5), Ask((1, "a"), 300)]
    taken = await table(clock).take(asks)
    assert [each.wait for each in taken] == [0, 0, 0]
    [only] = await table(clock).take([Ask((1, "a"), 700)])
    assert only.wait == 0, "of the two, one was taken"
    [more] = await table(clock).take([Ask((1, "a"), 1)])
    assert more.wait > 0


STEPS = st.lists(st.tuples(st.integers(-(10**6), 4 * 10**6), st.integers(1, 1_000)), max_size=15)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_database_takes_as_the_bucket_takes(steps: list[tuple[int, int]], database_url: str):
    async def run() -> None:
        await migrate(database_url)
        await open_database(Settings(database_url=database_url))
        await statement("DELETE FROM rate_bucket")
        clock, full_at = Clock(), 0
        shared = table(clock)
        for pause, units in steps:
            clock.now += pause
            [found] = await shared.take([Ask((1, "asha"), units)])
            assert found == take(RATE, full_at, clock() * MICROSECOND, units)
            full_at = found.full_at
        await close_database()

    asyncio.run(run())


async def test_whoever_asks_at_the_same_time_never_takes_more_than_there_is(opened: None):
    clock = Clock()
    processes = [table(clock) for _ in range(4)]
    keys = [(7, number) for number in range(20)]

    async def ask_all(which: RateTable, forth: bool) -> int:
        granted = 0
        for _ in range(10):
            asks = [Ask(key, 50) for key in (keys if forth else reversed(keys))]
            granted += sum(not taken.wait for taken in await which.take(asks))
        return granted

    granted = await asyncio.gather(*(ask_all(p, n % 2 == 0) for n, p in enumerate(processes)))
    assert sum(granted) == len(keys) * RATE.burst // 50


async def test_limits_customers_and_merchants_have_buckets_of_their_own(opened: None):
    clock = Clock()
    await table(clock).take([Ask((1, "asha"), 1_000)])
    others = [
        (table(clock), (1, "ravi")),
        (table(clock), (2, "asha")),
        (table(clock, "holds"), (1, "asha")),
    ]
    for other, key in others:
        [taken] = await other.take([Ask(key, 1_000)])
        assert taken.wait == 0
    rows: list[dict[str, Any]] = await statement(ROWS)
    assert len(rows) == 4
    assert "asha" not in repr(rows)


async def test_it_is_kept_out_of_the_write_ahead_log(opened: None):
    [row] = await statement(
        "SELECT relpersistence::TEXT AS kept FROM pg_class WHERE relname = 'rate_bucket'"
    )
    assert row["kept"] == "u"


async def test_full_buckets_are_forgotten_every_few_minutes(opened: None):
    clock = Clock()
    forget = Forgetting(clock)
    await forget()
    await table(clock).take([Ask((1, "empty"), 1_000), Ask((1, "nearly full"), 1)])
    clock.advance(1)
    await forget()
    assert len(await statement(ROWS)) == 2  # not yet
    clock.advance(Forgetting.EVERY_SECONDS)
    await table(clock).take([Ask((1, "empty"), 1_000)])
    await forget()
    [left] = await statement(ROWS)
    assert left["granted"] == 1_000
