"""The ledger's statements for PostgreSQL: sets in, sets out.

Loading answers each table as JSON arrays in one round trip, in the column order of
`gateway.ledger.rows`. Writing is one data-modifying statement over `unnest` arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gateway.ledger import rows
from gateway.ledger.searching import STANDING
from gateway.ledger.writing import RECORDS, TARGETS, Target, on_conflict

TEXT = frozenset(
    [
        *("wallet", "status", "cart_id", "order_id", "close_reason", "source", "target", "kind"),
        *("reason", "caller", "key", "request_hash", "outcome", "payload"),
    ]
)
BOOLEAN = frozenset({"open", "accepted"})

OPEN_ACCOUNTS = """
    INSERT INTO account (merchant_id, customer_id, wallet, available, held, pending, debt,
                         sequence, clock, next_due_at, expiry_at, expiry_points)
    SELECT c.merchant_id, c.id, 'COINS', 0, 0, 0, 0, 0, 0, NULL, NULL, 0
    FROM unnest($1::bigint[], $2::bigint[]) k(m, c)
    JOIN customer c ON c.merchant_id = k.m AND c.id = k.c
    ORDER BY 1, 2 ON CONFLICT DO NOTHING
"""

# The only row locks of the ledger. The coins account is the customer's fence; always in key order,
# so that two batches wait for each other but never in a circle.
LOCK = """
    SELECT a.merchant_id, a.customer_id
    FROM unnest($1::bigint[], $2::bigint[]) k(m, c)
    JOIN account a ON a.merchant_id = k.m AND a.customer_id = k.c AND a.wallet = 'COINS'
    ORDER BY a.merchant_id, a.customer_id
    FOR NO KEY UPDATE OF a
"""

# The accounts of a batch that somebody else holds. What is free is locked for this statement only.
LOCKED = """
    WITH free AS (
        SELECT a.merchant_id, a.customer_id
        FROM unnest($1::bigint[], $2::bigint[]) k(m, c)
        JOIN account a ON a.merchant_id = k.m AND a.customer_id = k.c AND a.wallet = 'COINS'
        FOR NO KEY UPDATE OF a SKIP LOCKED
    )
    SELECT a.merchant_id, a.customer_id
    FROM unnest($1::bigint[], $2::bigint[]) k(m, c)
    JOIN account a ON a.merchant_id = k.m AND a.customer_id = k.c AND a.wallet = 'COINS'
    WHERE NOT EXISTS (SELECT 1 FROM free f WHERE f.merchant_id = k.m AND f.customer_id = k.c)
"""

PROGRAMS = """
    SELECT p.body FROM unnest($1::bigint[], $2::bigint[]) k(m, v)
    JOIN program p ON p.merchant_id = k.m AND p.version = k.v
"""

DUE = """
    SELECT merchant_id, customer_id FROM account
    WHERE next_due_at IS NOT NULL AND next_due_at <= $1 ORDER BY next_due_at LIMIT $2
"""

PURGE = """
    WITH old_keys AS MATERIALIZED (
        SELECT merchant_id, caller, key FROM idempotency
        WHERE at < $1 AND caller <> 'import' ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), old_events AS MATERIALIZED (
        SELECT merchant_id, customer_id, position FROM outbox
        WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), keys AS (
        DELETE FROM idempotency i USING old_keys o
        WHERE i.merchant_id = o.merchant_id AND i.caller = o.caller AND i.key = o.key RETURNING 1
    ), events AS (
        DELETE FROM outbox e USING old_events o
        WHERE e.merchant_id = o.merchant_id AND e.customer_id = o.customer_id
            AND e.position = o.position RETURNING 1
    )
    SELECT (SELECT count(*) FROM keys) + (SELECT count(*) FROM events)
"""


def _rows(columns: Sequence[str], alias: str, source: str) -> str:
    built = ", ".join(f"{alias}.{name}" for name in columns)
    return f"(SELECT coalesce(json_agg(json_build_array({built})), '[]') FROM {source})"  # noqa: S608 - fixed names


def _own(condition: str) -> str:
    """The redemptions of each customer k, by a partial index.

    The offset keeps each customer's part for itself: a join that is planned while the table is
    empty goes through the whole index, and stays planned so.
    """
    return (
        "CROSS JOIN LATERAL (SELECT * FROM redemption"  # noqa: S608 - fixed names
        f" WHERE merchant_id = k.m AND customer_id = k.c AND {condition} OFFSET 0) r"
    )


def load() -> str:
    """$1, $2 holders; $3-$5 idempotency keys; $6-$8 redemptions; $9 merchants; $10-$12 orders."""
    holders = "unnest($1::bigint[], $2::bigint[]) k(m, c)"
    of_holder = "{0}.merchant_id = k.m AND {0}.customer_id = k.c"
    parts = [
        _rows(rows.ACCOUNT, "a", f"{holders} JOIN account a ON {of_holder.format('a')}"),
        _rows(
            ("merchant_id", "id", "tier", "tags"),
            "u",
            f"{holders} JOIN customer u ON u.merchant_id = k.m AND u.id = k.c",
        ),
        _rows(rows.LOT, "l", f"{holders} JOIN lot l ON {of_holder.format('l')} AND l.open"),
        _rows(rows.REDEMPTION, "r", "r"),
        _rows(
            rows.ALLOCATION,
            "x",
            "r JOIN redemption_lot x ON x.merchant_id = r.merchant_id"
            " AND x.customer_id = r.customer_id AND x.redemption_id = r.id",
        ),
        _rows(
            rows.RECORD,
            "i",
            "unnest($3::bigint[], $4::text[], $5::text[]) k(m, c, i)"
            " JOIN idempotency i ON i.merchant_id = k.m AND i.caller = k.c AND i.key = k.i",
        ),
        _rows(
            ("id", "program_version"),
            "m",
            "unnest($9::bigint[]) k(m) JOIN merchant m ON m.id = k.m",
        ),
    ]
    return f"""
        WITH r AS MATERIALIZED (
            SELECT r.* FROM {holders} {_own("status = 'HELD'")}
            UNION
            SELECT r.* FROM unnest($6::bigint[], $7::bigint[], $8::bigint[]) k(m, c, i)
            JOIN redemption r ON {of_holder.format("r")} AND r.id = k.i
            UNION
            SELECT r.* FROM unnest($10::bigint[], $11::bigint[], $12::text[]) k(m, c, o)
            {_own(f"order_id = k.o AND {STANDING}")}
        )
        SELECT {", ".join(parts)}
    """  # noqa: S608 - fixed names


def write() -> str:
    """One array a column, tables in the order of TARGETS, then the idempotency records.

    Answers how many records went in: fewer than sent means that a key was taken meanwhile.
    """
    numbers = iter(range(1, 1000))
    parts = [f"w{i} AS ({_insert(target, numbers)})" for i, target in enumerate(TARGETS)]
    parts.append(f"keys AS ({_insert(RECORDS, numbers)} ON CONFLICT DO NOTHING RETURNING 1)")
    return f"WITH {', '.join(parts)} SELECT count(*) FROM keys"  # noqa: S608 - fixed names


def _insert(target: Target, numbers: Iterator[int]) -> str:
    arrays = ", ".join(f"${next(numbers)}::{_type(name)}[]" for name in target.columns)
    names = ", ".join(target.columns)
    sent = f"SELECT * FROM unnest({arrays})"  # noqa: S608 - fixed names
    return f"INSERT INTO {target.table} ({names}) {sent}{on_conflict(target)}"


def _type(column: str) -> str:
    if column in TEXT:
        return "text"
    return "boolean" if column in BOOLEAN else "bigint"


def read() -> str:
    """$1 merchants, $2 external ids, $3 customer ids, $4 carts: one row for each that is there."""
    account = ", ".join(f"a.{name}" for name in rows.ACCOUNT)
    allocation = ", ".join(f"x.{name}" for name in rows.ALLOCATION)
    return f"""
        SELECT k.n, m.program_version, c.id, c.external_id, c.tier, c.tags,
            (SELECT json_agg(json_build_array({account})) FROM account a
             WHERE a.merchant_id = k.m AND a.customer_id = c.id),
            (SELECT json_agg(json_build_array({allocation})) FROM redemption r
             JOIN redemption_lot x ON x.merchant_id = r.merchant_id
                  AND x.customer_id = r.customer_id AND x.redemption_id = r.id
             WHERE r.merchant_id = k.m AND r.customer_id = c.id AND r.cart_id = k.cart
                  AND r.status = 'HELD')
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[])
             WITH ORDINALITY k(m, e, i, cart, n)
        JOIN merchant m ON m.id = k.m
        JOIN LATERAL (
            SELECT id, external_id, tier, tags FROM customer
            WHERE merchant_id = k.m AND external_id = k.e
            UNION ALL
            SELECT id, external_id, tier, tags FROM customer
            WHERE merchant_id = k.m AND id = k.i
        ) c ON true
    """  # noqa: S608 - fixed names
