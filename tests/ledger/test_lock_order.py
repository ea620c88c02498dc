"""The ledger's locks on PostgreSQL are taken in key order, whatever order the keys come in."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg

from gateway.ledger import postgres_sql
from gateway.ledger.postgres import SETTINGS
from tests.ledger.conftest import empty
from tests.ledger.filling import filled

WAITS = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1"
FREE = "SELECT customer_id FROM account FOR NO KEY UPDATE SKIP LOCKED"


async def test_a_batch_waits_for_the_first_locked_key_before_it_takes_the_next(
    migrated_postgres: str,
):
    """And what the other has changed meanwhile does not let the account slip through."""
    await empty(migrated_postgres)
    other, batch, third = [
        await asyncpg.connect(migrated_postgres, server_settings={**SETTINGS, "lock_timeout": "0"})
        for _ in range(3)
    ]
    await filled(other, 3)
    change = other.transaction()
    await change.start()
    await other.execute("UPDATE account SET available = 5 WHERE customer_id = 2")
    begun: Any = batch.transaction()
    await begun.start()
    locking = asyncio.create_task(batch.fetch(postgres_sql.LOCK, [1, 1, 1], [3, 2, 1]))
    while not await third.fetchval(WAITS, batch.get_server_pid()):
        assert not locking.done()
    assert [row[0] for row in await third.fetch(FREE)] == [3]
    await change.commit()
    assert [tuple(row) for row in await locking] == [(1, 1), (1, 2), (1, 3)]
    assert await third.fetch(FREE) == []
    await begun.rollback()
    for connection in (other, batch, third):
        await connection.close()
    await empty(migrated_postgres)
