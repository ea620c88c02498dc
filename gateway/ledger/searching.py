"""Finding what customers have paid with, by order or by time, where no command names its id.

Asked after the lock and before the load, and only for commands that need it: the load of all other
batches stays one statement. Both queries go by a partial index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from gateway.ledger.loading import Wanted
from gateway.ledger.perform import REPEAT

STANDING: Final = (
    "status = 'CAPTURED'"
    " AND captured_points + captured_credits_minor > refunded_points + refunded_credits_minor"
)
"""What `Redemption.standing` says, in the words of the index `redemption_captured_by_order`."""

# A limit or an offset keeps each customer's part for itself; see `postgres_sql`.
POSTGRES: Final = """
    SELECT r.merchant_id, r.customer_id, r.id
    FROM unnest($1::bigint[], $2::bigint[]) k(m, c)
    CROSS JOIN LATERAL (
        SELECT merchant_id, customer_id, id FROM redemption
        WHERE merchant_id = k.m AND customer_id = k.c AND status = 'CAPTURED' AND closed_at > $3
        OFFSET 0
    ) r
    UNION
    SELECT r.merchant_id, r.customer_id, r.id
    FROM unnest($4::bigint[], $5::bigint[], $6::text[]) k(m, c, o)
    CROSS JOIN LATERAL (
        SELECT merchant_id, customer_id, id FROM redemption
        WHERE merchant_id = k.m AND customer_id = k.c AND status = 'CAPTURED'
            AND (k.o IS NULL OR order_id = k.o)
        ORDER BY closed_at DESC, id DESC LIMIT 1
    ) r
"""
_RECENT = (
    "SELECT merchant_id, customer_id, id FROM redemption"
    " WHERE merchant_id = ? AND customer_id = ? AND status = 'CAPTURED' AND closed_at > ?"
)
_LATEST = (
    "SELECT merchant_id, customer_id, id FROM redemption"
    " WHERE merchant_id = ?1 AND customer_id = ?2 AND status = 'CAPTURED'"
    " AND (?3 IS NULL OR order_id = ?3) ORDER BY closed_at DESC, id DESC LIMIT 1"
)


def search_arguments(keys: Wanted, now: int) -> list[Any]:
    """The arguments of POSTGRES, one array a column."""
    return [
        [merchant for merchant, _ in keys.recent],
        [customer for _, customer in keys.recent],
        now - REPEAT,
        [merchant for merchant, _, _ in keys.latest],
        [customer for _, customer, _ in keys.latest],
        [order for _, _, order in keys.latest],
    ]


def search_sqlite(db: sqlite3.Connection, keys: Wanted, now: int) -> list[Sequence[int]]:
    """Merchant, customer and id of what was searched for."""
    found: list[Sequence[int]] = []
    for holder in keys.recent:
        found.extend(db.execute(_RECENT, (*holder, now - REPEAT)))
    for latest in keys.latest:
        found.extend(db.execute(_LATEST, latest))
    return found
