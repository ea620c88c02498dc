"""Handing events over on SQLite: on the ledger's own writer, so that it waits for no lock."""

from __future__ import annotations

import sqlite3

from gateway.ledger.outbox import DELIVERY, ENDPOINTS, FACTS, Desk, Endpoint, Waiting, deliveries
from gateway.ledger.sqlite import SqliteStore

ANY = "SELECT 1 FROM outbox WHERE delivered_at IS NULL LIMIT 1"
CLAIM = f"SELECT {FACTS} FROM outbox o WHERE o.delivered_at IS NULL ORDER BY o.at LIMIT ?"  # noqa: S608 - fixed names
DONE = (
    "UPDATE outbox SET delivered_at = ?"
    " WHERE merchant_id = ? AND customer_id = ? AND position = ? AND number = ?"
)
INSERT = (
    f"INSERT INTO webhook_delivery ({', '.join(DELIVERY)})"  # noqa: S608 - fixed names
    f" VALUES ({', '.join('?' * len(DELIVERY))})"
)


class SqliteOutbox:
    """See gateway.ledger.outbox.Outbox. One claim at a time, under the lock of the file."""

    def __init__(self, store: SqliteStore) -> None:
        """The store must be started before anything is handed over."""
        self._store = store

    async def hand_over(self, desk: Desk, now: int, limit: int) -> int:
        """Hand over at most `limit` events. Takes no lock where nothing waits."""
        if await self._store.look(lambda db: db.execute(ANY).fetchone()) is None:
            return 0
        return await self._store.write(lambda db: _hand_over(db, desk, now, limit))

    async def stop(self) -> None:
        """The store closes its own connections."""


def _hand_over(db: sqlite3.Connection, desk: Desk, now: int, limit: int) -> int:
    events = [Waiting(*row) for row in db.execute(CLAIM, (limit,))]
    endpoints = [Endpoint(*row) for row in db.execute(ENDPOINTS)] if _heard(events) else []
    db.executemany(INSERT, deliveries(events, endpoints, desk, now))
    db.executemany(DONE, [(now, *event.key) for event in events])
    return len(events)


def _heard(events: list[Waiting]) -> bool:
    return any(event.payload is not None for event in events)
