"""Handing events over on PostgreSQL: on a connection of its own, beside those of the lanes."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg

from gateway.ledger.outbox import DELIVERY, ENDPOINTS, FACTS, Desk, Endpoint, Waiting, deliveries
from gateway.ledger.postgres import CLASHES, OUTAGES, SETTINGS
from gateway.ledger.postgres_arguments import columns
from gateway.ledger.store_trouble import StoreUnavailable

Connection = Any  # asyncpg's connection class is a C extension without usable types

# What another process is just handing over is passed by.
CLAIM = f"""
    WITH o AS MATERIALIZED (
        SELECT ctid AS place, * FROM outbox
        WHERE delivered_at IS NULL ORDER BY at LIMIT $1 FOR UPDATE SKIP LOCKED
    )
    SELECT o.place, {FACTS} FROM o ORDER BY o.at
"""  # noqa: S608 - fixed names
# Shared with other claims, but not with a change: an endpoint that is switched off meanwhile waits
# for this transaction, and then finds what to cancel.
LISTENING = f"""
    SELECT e.* FROM unnest($1::bigint[]) k(m)
    CROSS JOIN LATERAL ({ENDPOINTS} AND merchant_id = k.m FOR SHARE OFFSET 0) e
"""  # noqa: S608 - fixed names
INSERT = f"""
    INSERT INTO webhook_delivery ({", ".join(DELIVERY)})
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
        $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::bigint[],
        $12::bigint[], $13::text[], $14::bigint[])
"""  # noqa: S608 - fixed names
# By the place of the rows that this transaction has locked: nothing is looked up again.
DONE = "UPDATE outbox SET delivered_at = $1 WHERE ctid = ANY ($2::tid[])"


class PostgresOutbox:
    """See gateway.ledger.outbox.Outbox. Processes claim side by side, each what no other has."""

    def __init__(self, url: str, timeout_seconds: int = 10) -> None:
        """Nothing is opened before the first event is handed over."""
        self._url = url
        self._timeout = timeout_seconds
        self._connection: Connection | None = None
        self._one = asyncio.Lock()

    async def hand_over(self, desk: Desk, now: int, limit: int) -> int:
        """Hand over at most `limit` events that no other process has claimed."""
        async with self._one:
            try:
                db = await self._open()
                async with db.transaction():
                    return await _hand_over(db, desk, now, limit)
            except (*OUTAGES, *CLASHES, asyncpg.UniqueViolationError) as error:
                await self._drop()
                raise StoreUnavailable(type(error).__name__) from error
            except asyncio.CancelledError:
                await self._drop()
                raise

    async def stop(self) -> None:
        """Close the connection after what is running."""
        async with self._one:
            connection, self._connection = self._connection, None
            if connection is not None and not connection.is_closed():
                await connection.close()

    async def _open(self) -> Connection:
        if self._connection is None or self._connection.is_closed():
            driver: Any = asyncpg
            self._connection = await driver.connect(
                self._url,
                timeout=self._timeout,
                command_timeout=self._timeout,
                server_settings={**SETTINGS, "application_name": "loyalty-outbox"},
            )
        return self._connection

    async def _drop(self) -> None:
        """Let go of a connection whose state is unknown."""
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed():
            connection.terminate()


async def _hand_over(db: Connection, desk: Desk, now: int, limit: int) -> int:
    rows = await db.fetch(CLAIM, limit)
    if not rows:
        return 0
    events = [Waiting(*tuple(row)[1:]) for row in rows]
    heard = sorted({event.merchant_id for event in events if event.payload is not None})
    found: list[Any] = await db.fetch(LISTENING, heard) if heard else []
    new = deliveries(events, [Endpoint(*row) for row in found], desk, now)
    if new:
        await db.execute(INSERT, *columns(new, len(DELIVERY)))
    await db.execute(DONE, now, [row[0] for row in rows])
    return len(events)
