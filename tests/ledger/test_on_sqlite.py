"""What only a file can do to the ledger: be busy with another process's transaction."""

from __future__ import annotations

import asyncio

from gateway.ledger.lanes import Ledger
from gateway.ledger.programs import ProgramCache
from gateway.ledger.sqlite import SqliteStore
from models.migrate import sqlite_path
from tests.ledger.shop import Shop, Watched, codes, done, until


async def test_a_file_that_is_busy_elsewhere_is_waited_out(sqlite_shop: Shop):
    """The connection whose wait timed out serves the next try and everything after it."""
    shop = sqlite_shop
    store = Watched(SqliteStore(sqlite_path(shop.url), ProgramCache(), busy_timeout_ms=10))
    await store.start()
    ledger = Ledger(store, lambda: shop.now)
    async with shop.blocked():
        task = asyncio.create_task(ledger.submit(shop.grant(10)))
        await until(lambda: store.troubles)
    assert done(await task).coins.available == 10
    assert set(store.troubles) == {"StoreUnavailable"}
    outcomes = await asyncio.gather(*(ledger.submit(shop.grant(1, n)) for n in range(1, 40)))
    assert codes(outcomes) == {"ok": 39}
    await ledger.drain()
    await store.stop()
