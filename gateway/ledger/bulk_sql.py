# ruff: noqa: S608 - every statement is put together from fixed names
"""The statements of a bulk import: one text for both engines, sets in and sets out.

`import_row` holds the file, `import_known` which of its rows name a customer that is there. A
query for what is wrong answers line, the other side, and how many such rows there are in all.
"""

from __future__ import annotations

from gateway.ledger.bulk_row import PAGE, BulkRow
from gateway.ledger.rows import EVENT, RECORD
from gateway.rules.program import MAX_SAFE_INTEGER

SHOWN = 100
"""Rows that a query for what is wrong answers; all of them are counted."""

STAGED = BulkRow._fields

TABLES = (
    """
    CREATE TEMPORARY TABLE import_row (line INTEGER PRIMARY KEY, new_id BIGINT NOT NULL,
        external_id TEXT NOT NULL, phone TEXT, email TEXT, birthday TEXT, tier TEXT, tags TEXT,
        locale TEXT,
        points BIGINT NOT NULL, points_from BIGINT NOT NULL, points_expire_at BIGINT,
        credits_minor BIGINT NOT NULL, credits_expire_at BIGINT, awards_due_at BIGINT,
        birthday_due_at BIGINT)
    """,
    "CREATE TEMPORARY TABLE import_known (line INTEGER PRIMARY KEY, customer_id BIGINT NOT NULL)",
)
INDEXES = (
    "CREATE INDEX import_row_by_external_id ON import_row (external_id)",
    "CREATE INDEX import_known_by_customer ON import_known (customer_id)",
)

HOME = "SELECT currency, locale, time_zone FROM merchant WHERE id = $1"
EARLIER = "SELECT outcome FROM idempotency WHERE merchant_id = $1 AND caller = $2 AND key = $3"

FORGET = "DELETE FROM import_known"
KNOW = """
    INSERT INTO import_known (line, customer_id)
    SELECT r.line, c.id FROM import_row r
    JOIN customer c ON c.merchant_id = $1 AND c.external_id = r.external_id
"""
COUNTS = """
    SELECT (SELECT count(*) FROM import_row), (SELECT count(*) FROM import_known),
        (SELECT coalesce(max(line), 0) FROM import_row)
"""


def twice(column: str) -> str:
    """Rows with a value that an earlier row has as well, with the line of the first one."""
    return f"""
        SELECT r.line, d.first, count(*) OVER ()
        FROM (
            SELECT {column} AS value, min(line) AS first FROM import_row
            WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1
        ) d JOIN import_row r ON r.{column} = d.value AND r.line <> d.first
        ORDER BY r.line LIMIT {SHOWN}
    """


def taken(column: str) -> str:
    """Rows with a value of another customer who keeps it, with that customer's external id."""
    return f"""
        SELECT r.line, c.external_id, count(*) OVER ()
        FROM import_row r JOIN customer c ON c.merchant_id = $1 AND c.{column} = r.{column}
        WHERE c.external_id <> r.external_id AND NOT EXISTS (
            SELECT 1 FROM import_row o WHERE o.external_id = c.external_id
            AND o.{column} IS NOT NULL AND o.{column} <> r.{column}
        )
        ORDER BY r.line LIMIT {SHOWN}
    """


MERGED = f"""
    SELECT r.line, coalesce(c.external_id, ''), count(*) OVER ()
    FROM import_row r
    JOIN customer_alias a ON a.merchant_id = $1 AND a.kind = 'external_id'
        AND a.value = r.external_id
    JOIN customer c ON c.merchant_id = $1 AND c.id = a.customer_id
    WHERE NOT EXISTS (SELECT 1 FROM import_known k WHERE k.line = r.line)
    ORDER BY r.line LIMIT {SHOWN}
"""
"""Rows of somebody who was merged into another customer, with the external id of that one."""


def too_much(wallet: str, column: str) -> str:
    """Rows that would make the balance too large to count exactly, with the room that is left."""
    held = "a.available + a.held + a.pending"
    return f"""
        SELECT r.line, {MAX_SAFE_INTEGER} - ({held}), count(*) OVER ()
        FROM import_known k JOIN import_row r ON r.line = k.line
        JOIN account a ON a.merchant_id = $1 AND a.customer_id = k.customer_id
            AND a.wallet = '{wallet}'
        WHERE {held} + r.{column} > {MAX_SAFE_INTEGER}
        ORDER BY r.line LIMIT {SHOWN}
    """


_TRAITS = ("phone", "email", "birthday", "tier", "tags", "locale")
_CHANGED = " OR ".join(f"r.{name} <> coalesce(customer.{name}, '')" for name in _TRAITS)
_MERGED = ", ".join(f"{name} = coalesce(r.{name}, customer.{name})" for name in _TRAITS)

UPDATE = f"""
    UPDATE customer SET {_MERGED}, updated_at = $2,
        awards_due_at = CASE WHEN r.birthday_due_at < customer.awards_due_at
            OR customer.awards_due_at IS NULL THEN r.birthday_due_at ELSE customer.awards_due_at END
    FROM import_known k JOIN import_row r ON r.line = k.line
    WHERE customer.merchant_id = $1 AND customer.id = k.customer_id AND ({_CHANGED})
"""


def release(column: str) -> str:
    """Clear what a row of the file takes over from a customer that gets another value itself.

    Unique keys are checked row by row, so two customers could not swap their numbers otherwise.
    """
    return f"""
        UPDATE customer SET {column} = NULL WHERE merchant_id = $1 AND id IN (
            SELECT c.id FROM import_known k JOIN import_row r ON r.line = k.line
            JOIN customer c ON c.merchant_id = $1 AND c.id = k.customer_id
            JOIN import_row o ON o.{column} = c.{column} AND o.line <> k.line
            WHERE r.{column} <> c.{column}
        )
    """


# A page of customers who are there and get a lot, after the last one of the page before.
LOTS = f"""
    SELECT k.customer_id, r.points, r.points_from, r.points_expire_at,
        r.credits_minor, r.credits_expire_at
    FROM import_known k JOIN import_row r ON r.line = k.line
    WHERE k.customer_id > $1 AND (r.points > 0 OR r.credits_minor > 0)
    ORDER BY k.customer_id LIMIT {PAGE}
"""

REMINDER = "SELECT coalesce(max(reminder_seconds), 0) FROM earning_program WHERE merchant_id = $1"
"""How many seconds before an expiry customers are reminded; 0: never."""

RECORD_INSERT = (
    f"INSERT INTO idempotency ({', '.join(RECORD)}) VALUES ($1, $2, $3, $4, true, 0, $5, $6)"
)
EVENT_INSERT = (
    f"INSERT INTO outbox ({', '.join(EVENT)}) VALUES ($1, 0, $2, 0, $3, NULL, $4, $5, $6, $7)"
)
