"""A customer whose account another process holds waits aside; everybody else goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from gateway.errors import RequestCode, RequestError
from gateway.ledger import coalescer
from gateway.ledger.commands import Outcome
from tests.ledger.shop import MERCHANT, Shop, codes, done, hang_up, until

AN_IMPORT_TAKES = (
    "BEGIN; SELECT 1 FROM account WHERE customer_id IN (1, 2) FOR NO KEY UPDATE",
    "BEGIN; LOCK TABLE account",
)


@asynccontextmanager
async def holding(shop: Shop, statement: str = AN_IMPORT_TAKES[0]) -> AsyncGenerator[None]:
    """Hold what the statement locks, as an import does, for as long as the block runs."""
    connection = await shop.connect()
    await connection.execute(statement)
    try:
        yield
    finally:
        await hang_up(connection)


async def accounts(shop: Shop) -> None:
    """Open everybody's account."""
    await asyncio.gather(*(shop.do(shop.grant(1, n)) for n in range(1, 21)))


async def test_a_locked_customer_holds_up_nobody_else(postgres_shop: Shop):
    shop = postgres_shop
    await accounts(shop)
    async with holding(shop):
        start = time.monotonic()
        blocked = [asyncio.create_task(shop.do(shop.grant(10, n))) for n in (1, 2, 1)]
        rounds = [
            await asyncio.gather(*(shop.do(shop.grant(10, n)) for n in range(3, 21)))
            for _ in range(10)
        ]
        took = time.monotonic() - start
        assert all(codes(each) == {"ok": 18} for each in rounds)
        assert not any(task.done() for task in blocked)
    assert codes(await asyncio.gather(*blocked)) == {"ok": 3}
    assert took < 5, "one wait of a quarter of a second, and short ones after it"
    assert await shop.balance(1) == (21, 0, 0, 0)


async def test_one_who_is_locked_out_for_seconds_is_told_to_come_again(
    postgres_shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    shop = postgres_shop
    await accounts(shop)
    monkeypatch.setattr(coalescer, "ASIDE_SECONDS", (0.01, 0.01, 0.01))
    command = shop.grant(10)
    async with holding(shop):
        answers = await asyncio.gather(
            shop.do(command), shop.do(shop.grant(10, 3)), return_exceptions=True
        )
    assert isinstance(answers[0], RequestError)
    assert (answers[0].code, answers[0].retry_after_seconds) == (RequestCode.OVERLOADED, 1)
    assert isinstance(answers[1], Outcome)
    assert done(await shop.do(command)).coins.available == 11


async def test_those_set_aside_count_as_waiting_and_are_answered_before_the_end(
    postgres_shop: Shop,
):
    shop = postgres_shop
    await accounts(shop)
    small, _ = await shop.another_ledger(max_queue=2)
    async with holding(shop):
        waiting = [asyncio.create_task(small.submit(shop.grant(10, n))) for n in (1, 2)]
        await until(lambda: len(small._lanes[0]._aside) + len(small._lanes[1]._aside) == 2)
        for lane in {hash((MERCHANT, n)) % 2 for n in (1, 2)}:
            assert small._lanes[lane].depth >= 1
        gone = waiting.pop()
        gone.cancel()
        draining = asyncio.create_task(small.drain())
        await asyncio.sleep(0)
        assert not draining.done()
    await draining
    assert done(await waiting[0]).coins.available == 11
    assert await shop.balance(2) == (11, 0, 0, 0), "its caller went away, and it was done"


async def test_a_whole_table_that_is_locked_sets_all_aside_at_once(postgres_shop: Shop):
    shop = postgres_shop
    await accounts(shop)
    shop.store.batches.clear()
    async with holding(shop, AN_IMPORT_TAKES[1]):
        waiting = [asyncio.create_task(shop.do(shop.grant(10, n))) for n in range(1, 21)]
        await until(lambda: len(shop.store.troubles) >= 4)
        assert min(shop.store.batches) > 1, "no batch was halved"
    assert codes(await asyncio.gather(*waiting)) == {"ok": 20}


async def test_an_account_that_an_import_is_about_to_open_holds_up_its_own_customer_only(
    postgres_shop: Shop,
):
    """The row is not to be seen yet, so who waits for it is found by halving."""
    shop = postgres_shop
    opening = (
        "BEGIN; INSERT INTO account SELECT merchant_id, id, 'COINS', 0, 0, 0, 0, 0, 0, NULL, NULL,"
        " 0 FROM customer WHERE id = 1"
    )
    async with holding(shop, opening):
        tasks = [asyncio.create_task(shop.do(shop.grant(10, n))) for n in range(1, 21)]
        outcomes = await asyncio.gather(*tasks[1:])
        assert codes(outcomes) == {"ok": 19}
        assert not tasks[0].done()
    assert done(await tasks[0]).coins.available == 10
