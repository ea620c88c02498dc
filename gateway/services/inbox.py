"""The inbox: deliveries as they came, kept durably before anything is done about them.

A worker claims what is due for a time. Whoever finishes a delivery must still have its claim: one
that took too long, and that another worker has taken up since, changes nothing.
"""

from __future__ import annotations

from typing import Any, Final

import orjson
from tortoise.connection import get_connection

from gateway.services.database import CONNECTION, statement
from gateway.services.inbox_items import COLUMNS, Arrival, InboxItem, InboxState, item_of

SECOND: Final = 1_000_000
DAY_SECONDS: Final = 86_400
LEASE_SECONDS: Final = 120
MOST_EARLIER: Final = 200
"""Deliveries of one order that are read together."""

_PUT: Final = (
    "INSERT INTO inbox (merchant_id, id, source_id, delivery_id, topic, headers, body, state,"
    " attempts, received_at, next_attempt_at, keep_until)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'WAITING', 0, ?, ?, ?)"
    " ON CONFLICT (merchant_id, source_id, delivery_id) DO NOTHING RETURNING id"
)
# Materialized, so that no plan asks twice what is due and takes more than it was told to.
_CLAIM: Final = (
    "WITH due AS MATERIALIZED (SELECT merchant_id AS due_merchant, id AS due_id FROM inbox"  # noqa: S608 - fixed names
    " WHERE state = 'WAITING' AND next_attempt_at <= ?"
    " AND (claimed_until IS NULL OR claimed_until <= ?)"
    " ORDER BY next_attempt_at LIMIT ? {skip})"
    " UPDATE inbox SET claimed_until = CAST(? AS BIGINT), attempts = attempts + 1 FROM due"
    f" WHERE merchant_id = due_merchant AND id = due_id RETURNING {COLUMNS}"
)
_FINISH: Final = (
    "UPDATE inbox SET state = ?, last_error = ?, order_id = ?, claimed_until = NULL"
    " WHERE merchant_id = ? AND id = ? AND state = 'WAITING' AND claimed_until = ?"
)
_POSTPONE: Final = (
    "UPDATE inbox SET next_attempt_at = CAST(? AS BIGINT), attempts = ?, last_error = ?,"
    " order_id = ?, claimed_until = NULL"
    " WHERE merchant_id = ? AND id = ? AND state = 'WAITING' AND claimed_until = ?"
)
_ABOUT: Final = "UPDATE inbox SET order_id = ? WHERE merchant_id = ? AND id = ?"
_EARLIER: Final = (
    "SELECT body FROM inbox WHERE merchant_id = ?"  # noqa: S608 - a fixed number
    " AND source_id = ? AND order_id = ? AND id <> ? AND body <> ''"
    f" ORDER BY id LIMIT {MOST_EARLIER}"
)
_PASSED_OVER: Final = (
    "SELECT 1 AS one FROM inbox WHERE merchant_id = ? AND source_id = ? AND order_id = ?"
    " AND state = 'IGNORED' AND last_error = ? LIMIT 1"
)
_PURGE: Final = (
    "DELETE FROM inbox WHERE (merchant_id, id) IN (SELECT merchant_id, id FROM inbox"
    " WHERE state IN ('DONE', 'IGNORED') AND keep_until < ? ORDER BY keep_until LIMIT ?)"
    " RETURNING id"
)


async def put(arrival: Arrival, inbox_id: int, now: int) -> bool:
    """Store a delivery durably; False when it was there already."""
    found = await statement(
        _PUT,
        arrival.merchant_id,
        inbox_id,
        arrival.source_id,
        arrival.delivery_id,
        arrival.topic,
        orjson.dumps(dict(arrival.headers)).decode(),
        arrival.body,
        now,
        now,
        now + arrival.keep_days * DAY_SECONDS * SECOND,
    )
    return bool(found)


async def claim(now: int, limit: int) -> list[InboxItem]:
    """Take up to `limit` deliveries that are due, the longest due first; each counts as a try.

    On PostgreSQL workers pass over each other's rows; SQLite has one writer at a time anyway.
    """
    connection: Any = get_connection(CONNECTION)
    skip = "FOR UPDATE SKIP LOCKED" if connection.capabilities.dialect == "postgres" else ""
    until = now + LEASE_SECONDS * SECOND
    found = await statement(_CLAIM.format(skip=skip), now, now, limit, until)
    return sorted((item_of(row) for row in found), key=lambda item: item.id)


async def finish(
    item: InboxItem, state: InboxState, note: str | None, order_id: str | None
) -> None:
    """Close a claimed delivery."""
    await statement(
        _FINISH, state.value, note, order_id, item.merchant_id, item.id, item.claimed_until
    )


async def postpone(item: InboxItem, at: int, attempts: int, why: str, order_id: str | None) -> None:
    """Let a claimed delivery wait until `at`, with so many tries counted."""
    await statement(
        _POSTPONE, at, attempts, why, order_id, item.merchant_id, item.id, item.claimed_until
    )


async def told_of(item: InboxItem, order_id: str) -> tuple[str, ...]:
    """Note which order a delivery is about; answers the bodies of all others about it.

    Noted first: of two that are read at the same time, one at least sees the other.
    """
    await statement(_ABOUT, order_id, item.merchant_id, item.id)
    found = await statement(_EARLIER, item.merchant_id, item.source_id, order_id, item.id)
    return tuple(row["body"] for row in found)


async def passed_over(item: InboxItem, order_id: str, note: str) -> bool:
    """Whether a delivery of the same order was ignored for that reason."""
    key = (item.merchant_id, item.source_id, order_id, note)
    return bool(await statement(_PASSED_OVER, *key))


async def purge(now: int, limit: int) -> int:
    """Forget deliveries that are settled and were kept long enough; how many went."""
    return len(await statement(_PURGE, now, limit))
