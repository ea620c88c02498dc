"""What only a database server can do to the ledger: crash, drop a connection, hold a lock."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from gateway.errors import Code, RequestError
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.reads import Lookup, Snapshot
from models.migrate import migrate
from tests.ledger.conftest import opened
from tests.ledger.proxy import Cut, Proxy
from tests.ledger.shop import CUSTOMERS, MERCHANT, Shop, codes, done, refused, same, until
from tests.support.postgres import PostgresServer


@pytest.fixture
def durable_server() -> Iterator[PostgresServer]:
    with PostgresServer(durable=True) as server:
        yield server


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_connection_lost_around_a_commit_still_gives_each_command_one_outcome(
    postgres_shop: Shop, cut: Cut
):
    """Lost before: the batch runs again. Lost after: it finds its own outcomes, which are first."""
    shop = postgres_shop
    await shop.do(shop.grant(10))
    async with Proxy(shop.url) as proxy:
        ledger, store = await shop.another_ledger(proxy.url)
        await ledger.submit(shop.settle())
        commands = [shop.apply(1, cart=f"cart-{n}") for n in range(12)]
        proxy.arm(cut)
        outcomes = await asyncio.gather(*map(ledger.submit, commands))
        assert proxy.cuts == 1
        assert store.troubles == ["CommitUnknown"]
        assert codes(outcomes) == {"ok": 10, "INSUFFICIENT_POINTS": 2}
        assert not any(outcome.replayed for outcome in outcomes)
        again = [await ledger.submit(command) for command in commands]
        assert all(outcome.replayed for outcome in again)
        assert all(same(one, two) for one, two in zip(outcomes, again, strict=True))
        await shop.close_ledgers()
    shop.ledger, _ = await shop.another_ledger()
    assert await shop.balance() == (0, 10, 0, 0)


async def test_a_repetition_is_told_so_also_when_the_commit_of_its_batch_went_unanswered(
    postgres_shop: Shop,
):
    """Sent before, or beside the first in the same batch: only the first is the first."""
    shop = postgres_shop
    async with Proxy(shop.url) as proxy:
        ledger, _ = await shop.another_ledger(proxy.url)
        known, fresh = shop.grant(5), shop.grant(7)
        await ledger.submit(known)
        proxy.arm("after")
        outcomes = await asyncio.gather(*map(ledger.submit, [known, fresh, replace(fresh)]))
        assert proxy.cuts == 1
        assert [outcome.replayed for outcome in outcomes] == [True, False, True]
        await shop.close_ledgers()
    shop.ledger, _ = await shop.another_ledger()
    assert await shop.balance() == (12, 0, 0, 0)


async def test_a_server_that_crashes_under_load_loses_nothing_that_was_acknowledged(
    durable_server: PostgresServer,
):
    """Clients repeat what was not answered, with the same key, as the contract tells them."""
    url = durable_server.create_database("crash")
    await migrate(url)
    async with opened(url) as shop:
        for customer in range(1, CUSTOMERS + 1):
            await shop.do(shop.grant(1_000, customer))
        told: list[tuple[Command, Outcome]] = []
        clients = [asyncio.create_task(client(shop, seed, told)) for seed in range(16)]
        for crash in (1, 2):
            await until(lambda crash=crash: len(told) > 60 * crash)
            await asyncio.to_thread(durable_server.restart, immediate=True)
        await asyncio.gather(*clients)
        assert {"StoreUnavailable", "CommitUnknown"} & set(shop.store.troubles)
        await shop.renew()
        spent = Counter[int]()
        replays = await asyncio.gather(*(shop.do(command) for command, _ in told))
        for (command, outcome), again in zip(told, replays, strict=True):
            assert again.replayed
            assert same(again, outcome)
            assert outcome.redemption is not None
            spent[command.customer_id] += outcome.redemption.points
        assert len(told) == 16 * 25
        for customer in range(1, CUSTOMERS + 1):
            held = spent[customer]
            assert await shop.balance(customer) == (1_000 - held, held, 0, 0)


async def client(shop: Shop, seed: int, told: list[tuple[Command, Outcome]]) -> None:
    random = Random(seed)  # noqa: S311 - a seeded draw
    for n in range(25):
        command = shop.apply(random.randint(1, 3), random.randint(1, CUSTOMERS), cart=f"{seed}-{n}")
        while True:
            try:
                told.append((command, done(await shop.do(command))))
                break
            except RequestError:  # overloaded: the database was away
                await asyncio.sleep(0.01)


TAKE_KEY = """
    INSERT INTO idempotency VALUES (1, 'backend', $1, 'other', false, 2, $2, 1)
"""
NOTHING = '{"refusal":null,"redemption":null,"coins":[0,0,0,0,null,0],"credits":[0,0,0,0,null,0]}'


async def waits(shop: Shop) -> None:
    """Return once some connection waits for another one's lock."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with asyncio.timeout(20):
        while not await shop.sql(waiting):  # noqa: ASYNC110 - it is the server that waits
            await asyncio.sleep(0.002)


async def test_a_key_that_another_process_takes_in_the_meantime_is_found_on_the_second_try(
    postgres_shop: Shop,
):
    shop = postgres_shop
    await shop.do(shop.grant(1, 7))  # its account is there
    other = await shop.connect()
    await other.execute("BEGIN")
    await other.execute(TAKE_KEY, "taken", NOTHING)
    task = asyncio.create_task(shop.do(shop.grant(5, 7, key="taken")))
    await waits(shop)
    await other.execute("COMMIT")
    await other.close()
    assert refused(await task) is Code.IDEMPOTENCY_KEY_REUSED
    assert shop.store.troubles == ["BatchConflict"]
    assert await shop.balance(7) == (1, 0, 0, 0)


async def test_a_batch_takes_its_keys_in_order_so_that_two_never_wait_in_a_circle(
    postgres_shop: Shop,
):
    """While it waits for the first key it does not hold the last one, whichever came first."""
    shop = postgres_shop
    await shop.do(shop.grant(1, 7))
    other = await shop.connect()
    await other.execute("SET lock_timeout = 300; BEGIN")
    await other.execute(TAKE_KEY, "a", NOTHING)
    last = asyncio.create_task(shop.do(shop.grant(5, 7, key="z")))
    first = asyncio.create_task(shop.do(shop.grant(5, 7, key="a")))
    await waits(shop)
    assert shop.store.batches[-1] == 2
    await other.execute(TAKE_KEY, "z", NOTHING)
    await other.execute("COMMIT")
    await other.close()
    assert refused(await first) is refused(await last) is Code.IDEMPOTENCY_KEY_REUSED
    assert shop.store.troubles == ["BatchConflict"]


async def test_a_text_that_postgres_cannot_store_fails_alone(postgres_shop: Shop):
    shop = postgres_shop
    commands = [shop.grant(1, customer) for customer in range(1, 11)]
    commands[4] = replace(commands[4], reason="\0")
    answers = await asyncio.gather(*map(shop.do, commands), return_exceptions=True)
    assert [n for n, a in enumerate(answers) if not isinstance(a, Outcome)] == [4]
    assert not isinstance(answers[4], RequestError)


async def test_a_lookup_that_postgres_cannot_understand_fails_alone(postgres_shop: Shop):
    shop = postgres_shop
    names = [f"customer-{n}" for n in range(1, 11)]
    names[4] = "\0"
    lookups = [Lookup(merchant_id=MERCHANT, external_id=name) for name in names]
    answers = await asyncio.gather(*map(shop.ledger.read, lookups), return_exceptions=True)
    assert [n for n, answer in enumerate(answers) if isinstance(answer, Exception)] == [4]
    found = [answer for answer in answers if isinstance(answer, Snapshot)]
    assert [snapshot.external_id for snapshot in found] == names[:4] + names[5:]
