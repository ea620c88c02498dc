"""Events are handed over once, whole or not at all, by whatever index there is for it."""

from __future__ import annotations

import asyncio

import pytest

from gateway.ledger.outbox import Desk, Waiting
from gateway.services.database import statement
from gateway.webhooks.making import Webhooks, make_outbox
from gateway.webhooks.payload import message
from tests.e2e.shop import Shop
from tests.webhooks.hooks import Hooks
from tests.webhooks.receiver import Receiver

WAITING = "SELECT count(*) AS n FROM outbox WHERE delivered_at IS NULL"


async def waiting() -> int:
    (row,) = await statement(WAITING)
    return row["n"]


async def test_a_batch_that_breaks_is_handed_over_whole_the_next_time(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.work()
    await hooks.endpoint(receiver.url)
    for _ in range(5):
        await shop.customer(points=1)
    runtime, gateway = shop.served.gateway.runtime, shop.served.gateway
    outbox = make_outbox(gateway.settings, gateway.store)
    seen: list[Waiting] = []

    def broken(event: Waiting):
        seen.append(event)
        if len(seen) == 4:
            raise MemoryError
        return message(event)

    with pytest.raises(MemoryError):
        await outbox.hand_over(Desk(broken, runtime.ids.next), runtime.clock(), 100)
    await outbox.stop()
    assert await waiting() == 5
    assert await hooks.deliveries() == []
    await hooks.work()
    assert await waiting() == 0
    assert len(set(receiver.ids)) == 5


async def test_where_nobody_listens_events_are_done_without_a_delivery(hooks: Hooks, shop: Shop):
    await shop.customer(points=1)
    before = await hooks.bodies()
    await hooks.work()
    assert await waiting() == 0
    assert await hooks.bodies() == before


async def test_many_workers_hand_each_event_over_once(hooks: Hooks, shop: Shop, receiver: Receiver):
    await hooks.work()
    await hooks.endpoint(receiver.url)
    for _ in range(40):
        await shop.customer(points=1)
    workers = [hooks.worker() for _ in range(4)]

    async def all_of(worker: Webhooks) -> int:
        done = 0
        outbox, desk = worker._outbox, worker._desk
        while more := await outbox.hand_over(desk, shop.served.clock(), 3):
            done += more
        return done

    done = await asyncio.gather(*(all_of(worker) for worker in workers))
    assert sum(done) == 40
    bodies = await hooks.bodies()
    assert len(set(bodies)) == len(bodies) == 40


async def test_what_waits_is_found_by_an_index(hooks: Hooks, shop: Shop):
    sqlite = shop.served.gateway.settings.engine == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
    for table, rows, index in (
        ("outbox", "delivered_at IS NULL ORDER BY at", "outbox_waiting"),
        (
            "webhook_delivery",
            "merchant_id = 1 AND endpoint_id = 1 AND state = 'PENDING' AND next_attempt_at <= 1",
            "webhook_delivery_waiting",
        ),
        (
            "webhook_delivery",
            "finished_at IS NOT NULL AND finished_at < 1 ORDER BY finished_at",
            "webhook_delivery_old",
        ),
    ):
        query = f"SELECT * FROM {table} WHERE {rows} LIMIT 5"  # noqa: S608 - fixed names
        assert index in str(await statement(f"{explain} {query}"))
