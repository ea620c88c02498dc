"""Following a customer's balances: the latest state soon, whatever is lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from gateway.errors import RequestCode, RequestError
from gateway.ledger.reads import Snapshot
from gateway.services.changes import Changes
from gateway.services.following import Following, Pace, follow
from gateway.services.notice_texts import packed, unpacked
from tests.ledger.shop import MERCHANT, Shop

NEVER = 3_600.0


@asynccontextmanager
async def following(
    shop: Shop, changes: Changes, customer: int = 1, **pace: float
) -> AsyncGenerator[Following[Snapshot]]:
    times = Pace(**{"gap_seconds": 0.0, "refresh_seconds": NEVER, "pause_seconds": 0.01, **pace})
    made = follow(shop.ledger, changes, (MERCHANT, customer), lambda snapshot: snapshot, times)
    yield made
    await made.aclose()
    assert len(changes) == 0


async def next_of(balances: Following[Snapshot]) -> int:
    async with asyncio.timeout(10):
        return (await anext(balances)).coins.available


async def test_a_change_of_which_no_word_came_is_told_at_the_next_refresh(shop: Shop):
    """By another program, or by a process that died between its commit and its notice."""
    changes = Changes()
    async with following(shop, changes, refresh_seconds=0.02) as balances:
        assert await next_of(balances) == 0
        await shop.do(shop.grant(10))
        assert await next_of(balances) == 10


async def test_a_wake_of_everyone_reaches_each_one(shop: Shop):
    changes = Changes(most=300)
    watches = [changes.watch((MERCHANT, customer)) for customer in range(2, 250)]
    async with following(shop, changes) as balances:
        assert await next_of(balances) == 0
        await shop.do(shop.grant(10))
        changes.wake_all()
        assert await next_of(balances) == 10
        async with asyncio.timeout(10):
            for watch in watches:
                await watch.changed(NEVER)
                watch.close()


async def test_a_subscription_outlives_a_database_that_is_away(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    changes, read, refusals = Changes(), shop.ledger.read, 0

    async def sometimes(lookup):
        nonlocal refusals
        if refusals < 3:
            refusals += 1
            raise RequestError(RequestCode.OVERLOADED, "The database is away.")
        return await read(lookup)

    async with following(shop, changes) as balances:
        assert await next_of(balances) == 0
        monkeypatch.setattr(shop.ledger, "read", sometimes)
        await shop.do(shop.grant(10))
        changes.wake([(MERCHANT, 1)])
        assert await next_of(balances) == 10
        assert refusals == 3


async def test_nothing_is_read_ahead_of_whoever_asks(shop: Shop):
    """A hundred changes while nobody asks are one reading, of the last one."""
    changes = Changes()
    async with following(shop, changes) as balances:
        assert await next_of(balances) == 0
        for _ in range(100):
            await shop.do(shop.grant(1))
            changes.wake([(MERCHANT, 1)])
        assert await next_of(balances) == 100
        upcoming = asyncio.ensure_future(next_of(balances))
        changes.wake([(MERCHANT, 1)])  # and nothing has changed
        done, _ = await asyncio.wait([upcoming], timeout=0.05)
        assert not done
        changes.close()
        with pytest.raises(RequestError) as refused:
            await upcoming
        assert refused.value.code is RequestCode.OVERLOADED
        with pytest.raises(RequestError):
            changes.watch((MERCHANT, 1))


def test_notices_name_every_customer_and_fit_into_what_postgres_carries():
    largest = 2**63 - 1
    changed = {(largest, largest - number) for number in range(1_000)}
    texts = packed(changed)
    assert len(texts) < 10
    assert max(len(text.encode()) for text in texts) < 8_000
    found = [unpacked(text) for text in texts]
    assert {who for each in found for who in each or ()} == changed


@pytest.mark.parametrize(
    "text", ["", "x", "1", "[1]", '[["a", "b"]]', "[[1, 2, 3]]", "[[null, 1]]"]
)
def test_a_notice_that_cannot_be_read_names_nobody_in_particular(text: str):
    assert unpacked(text) is None
