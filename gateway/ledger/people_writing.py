"""What merging and erasing write of customers themselves, in the transaction of the movements.

Statement by statement, in this order: a phone has one owner at a time, so one is cleared before it
is given on. One text for both engines, with `$1` and so on.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from gateway.ledger.changes import Changes

Statement = tuple[str, tuple[int, ...]]
"""SQL and its values."""


def _remembered(kind: str) -> str:
    """The source goes on to be found by what it was known by; `$2` source, `$3` target."""
    return f"""
        INSERT INTO customer_alias (merchant_id, kind, value, customer_id, source_id, at)
        SELECT merchant_id, '{kind}', {kind}, CAST($3 AS BIGINT), id, CAST($4 AS BIGINT)
        FROM customer WHERE merchant_id = $1 AND id = $2 AND {kind} IS NOT NULL
        ON CONFLICT (merchant_id, kind, value) DO UPDATE
            SET customer_id = excluded.customer_id, source_id = excluded.source_id, at = excluded.at
    """  # noqa: S608 - fixed names


def _inherited(kind: str) -> str:
    """What the target lacks, it gets of the source."""
    return (
        f"{kind} = coalesce({kind}, (SELECT value FROM customer_alias a WHERE a.merchant_id = $1"  # noqa: S608 - fixed names
        f" AND a.customer_id = $3 AND a.source_id = $2 AND a.kind = '{kind}' AND a.at = $4))"
    )


_POINT_ON: Final = (
    "UPDATE customer SET merged_into = $3 WHERE merchant_id = $1 AND merged_into = $2",
    """
    UPDATE customer_alias SET customer_id = $3
    WHERE merchant_id = $1 AND customer_id = $2 AND source_id <> $3
    """,
)
_LEAVE: Final = """
    UPDATE customer SET merged_into = $3, external_id = 'merged:' || CAST(id AS TEXT), phone = NULL,
        email = NULL, tier_review_at = NULL, awards_due_at = NULL, updated_at = $4
    WHERE merchant_id = $1 AND id = $2
"""
_INHERIT: Final = f"""
    UPDATE customer SET {_inherited("phone")}, {_inherited("email")}, has_guests = true,
        updated_at = $4
    WHERE merchant_id = $1 AND id = $3
"""  # noqa: S608 - fixed names
_KINDS: Final = ("external_id", "phone", "email")

MERGE: Final = (*_POINT_ON, *(_remembered(kind) for kind in _KINDS), _LEAVE, _INHERIT)
"""`$1` merchant, `$2` source, `$3` target, `$4` time."""


_NAMED: Final = """
    (SELECT 'customer:' || external_id AS caller, id AS who FROM customer
     WHERE merchant_id = $1 AND id = $2
     UNION ALL
     SELECT 'customer:' || value, source_id FROM customer_alias
     WHERE merchant_id = $1 AND customer_id = $2 AND kind = 'external_id') n
"""


def _callers(table: str) -> str:
    """Scopes of keys that name a shopper, of the customer and of all that became a part of it."""
    return f"""
        UPDATE {table} SET caller = 'erased:' || CAST(
            (SELECT min(n.who) FROM {_NAMED} WHERE n.caller = {table}.caller) AS TEXT)
        WHERE merchant_id = $1 AND caller IN (SELECT n.caller FROM {_NAMED})
    """  # noqa: S608 - fixed names


_OUTBOX_OF: Final = """
    AND customer_id IN (
        SELECT id FROM customer WHERE merchant_id = $1 AND (id = $2 OR merged_into = $2))
"""
_FORGET: Final = """
    UPDATE customer SET external_id = CASE WHEN id = $2 THEN 'erased:' || CAST(id AS TEXT)
            ELSE external_id END,
        phone = NULL, email = NULL, tags = '[]', locale = NULL, birthday = NULL, tier = NULL,
        tier_review_at = NULL, awards_due_at = NULL, erased_at = $3, updated_at = $3
    WHERE merchant_id = $1 AND (id = $2 OR merged_into = $2)
"""

ERASE: Final = (
    _callers("idempotency"),
    _callers("outbox") + _OUTBOX_OF,
    "DELETE FROM customer_alias WHERE merchant_id = $1 AND customer_id = $2",
    _FORGET,
)
"""`$1` merchant, `$2` customer, `$3` time."""


def statements(changes: Changes) -> list[Statement]:
    """All that is to be run, in this order; nothing for all other batches."""
    found: list[Statement] = []
    for merged in changes.merges:
        values = (merged.merchant_id, merged.source_id, merged.target_id, merged.at)
        found += [(sql, _used(sql, values)) for sql in MERGE]
    for erased in changes.erased:
        values = (erased.merchant_id, erased.customer_id, erased.at)
        found += [(sql, _used(sql, values)) for sql in ERASE]
    return found


def write_sqlite(db: sqlite3.Connection, changes: Changes) -> None:
    """Write what there is. SQLite takes `$1` for a parameter of that name."""
    for sql, values in statements(changes):
        db.execute(sql, {str(number): value for number, value in enumerate(values, 1)})


def _used(sql: str, values: tuple[int, ...]) -> tuple[int, ...]:
    """The first values, up to the last one that the statement names."""
    return values[: max(n for n in range(1, len(values) + 1) if f"${n}" in sql)]
