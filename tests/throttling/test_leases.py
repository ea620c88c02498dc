"""Leases: several processes share one bucket, ask seldom, and go by themselves in an outage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.throttling.bucket import MICROSECOND, Rate, Taken, take
from gateway.throttling.leases import Ask, SharedLimit
from tests.e2e.serving import Clock

RATE = Rate(100, 1_000)
OWN = 62
"""What each process has for itself at once: a sixteenth."""
KEY = (1, "asha")
PROCESSES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 300), st.floats(0, 0.7)), min_size=1, max_size=120
)


class Server:
    """The shared bucket, and what was asked of it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.full_at = 0
        self.asks: list[Ask] = []
        self.away: Exception | None = None

    async def ask(self, ask: Ask) -> Taken:
        self.asks.append(ask)
        await asyncio.sleep(0)
        if self.away:
            raise self.away
        taken = take(RATE, self.full_at, self.clock() * MICROSECOND, ask.units)
        self.full_at = taken.full_at
        return taken


def process(server: Server, on_failure: Callable[[Exception], object] = print) -> SharedLimit:
    return SharedLimit(RATE, server.clock, server.ask, on_failure)


@given(PROCESSES)
@settings(deadline=None)
def test_together_they_admit_no_more_than_is_promised(steps):
    """A full bucket, what comes back and 5 seconds more; and a sixteenth for each process."""

    async def run() -> None:
        clock = Clock()
        server, began = Server(clock), clock.now
        processes = [process(server) for _ in range(3)]
        admitted = 0
        for which, units, pause in steps:
            clock.advance(pause)
            if not (await processes[which].take(KEY, units)).wait:
                admitted += units
            seconds = (clock.now - began) / 1_000_000
            shared = RATE.burst + RATE.units * (seconds + 5)
            assert admitted <= shared + 3 * (OWN + RATE.units * seconds / 16)

    asyncio.run(run())


async def test_a_busy_caller_costs_few_questions_and_a_throttled_one_none():
    clock = Clock()
    server = Server(clock)
    limit = process(server)
    answers = [await limit.take(KEY, 1) for _ in range(OWN)]
    assert server.asks == []
    answers += [await limit.take(KEY, 1) for _ in range(1_000)]
    assert all(not answer.wait for answer in answers)
    assert len(server.asks) == 8  # an eighth of the bucket each
    wait = (await limit.take(KEY, 1)).wait
    asked = len(server.asks)
    for _ in range(1_000):
        assert (await limit.take(KEY, 1)).wait == wait
    assert len(server.asks) == asked
    clock.now += wait // MICROSECOND
    assert (await limit.take(KEY, 1)).wait == 0


async def test_concurrent_requests_wait_for_one_question():
    server = Server(Clock())
    limit = process(server)
    await limit.take(KEY, OWN)
    answers = await asyncio.gather(*(limit.take(KEY, 1) for _ in range(100)))
    assert [answer.wait for answer in answers] == [0] * 100
    assert len(server.asks) == 1


async def test_what_another_process_holds_unspent_is_lost_after_a_while():
    clock = Clock()
    server = Server(clock)
    one, other = process(server), process(server)
    await one.take(KEY, OWN)
    await one.take(KEY, 1)  # holds 124 more
    while not (await other.take(KEY, 100)).wait:
        pass
    assert (await one.take(KEY, 50)).wait == 0
    clock.advance(4.999999)
    assert (await one.take(KEY, 50)).wait == 0
    clock.advance(0.000001)
    while not (await other.take(KEY, 10)).wait:  # what came back is gone again
        pass
    await one.take(KEY, 31)  # and so is what this process has for itself
    assert (await one.take(KEY, 20)).wait > 0


@pytest.mark.parametrize("fault", [OSError("away"), TimeoutError(), RuntimeError("full")])
async def test_in_an_outage_each_goes_by_a_bucket_of_its_own_and_asks_again(fault: Exception):
    clock, heard = Clock(), []
    server = Server(clock)
    limit = process(server, heard.append)
    server.away = fault
    await limit.take(KEY, OWN)
    admitted = sum([not (await limit.take(KEY, 10)).wait for _ in range(200)])
    assert (admitted, heard, len(server.asks)) == (100, [fault], 1)
    clock.advance(1)
    server.away = None
    assert (await limit.take(KEY, 10)).wait == 0
    assert len(server.asks) == 2


async def test_a_request_that_goes_away_while_it_asks_holds_nobody_up():
    server = Server(Clock())
    limit = process(server)
    await limit.take(KEY, OWN)
    gone = asyncio.create_task(limit.take(KEY, 1))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await limit.take(KEY, 1)).wait == 0
