"""The ledger's statements for PostgreSQL: sets in, sets out.

Loading answers each table as JSON arrays in one round trip, in the column order of
`gateway.ledger.rows`. Writing is one data-modifying statement over `unnest` arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gateway.ledger import rows
from gateway.ledger.searching import STANDING
from gateway.ledger.writing import RECORDS, TARGETS, Target, on_conflict

TEXT = frozenset(
    [
        *("wallet", "status", "cart_id", "order_id", "close_reason", "source", "target", "kind"),
        *("reason", "caller", "key", "request_hash", "outcome", "payload"),
        *("digest", "capture_refusal", "refunds", "earnings", "occasion"),
        *("actor_kind", "actor_name", "action", "before", "after"),
    ]
)
BOOLEAN = frozenset({"open", "accepted"})


def each(table: str, condition: str, alias: str, after: str = "OFFSET 0") -> str:
    """Join what a table has for each key, by an index, however the table looks to the planner.

    A plan is kept for as long as the connection keeps the statement. One that was made while the
    table was empty or had a few rows may join it by reading all of it, and goes on so when it has
    grown. The offset keeps each key's part for itself (and so does a lock), so it goes by the key.
    """
    part = f"SELECT * FROM {table} WHERE {condition} {after}"  # noqa: S608 - fixed names
    return f"CROSS JOIN LATERAL ({part}) {alias}"


HOLDERS = "unnest($1::bigint[], $2::bigint[]) k(m, c)"
COINS = "merchant_id = k.m AND customer_id = k.c AND wallet = 'COINS'"

OPEN_ACCOUNTS = f"""
    INSERT INTO account (merchant_id, customer_id, wallet, available, held, pending, debt,
                         sequence, clock, next_due_at, expiry_at, expiry_points)
    SELECT c.merchant_id, c.id, 'COINS', 0, 0, 0, 0, 0, 0, NULL, NULL, 0
    FROM {HOLDERS} {each("customer", "merchant_id = k.m AND id = k.c", "c")}
    ORDER BY 1, 2 ON CONFLICT DO NOTHING
"""  # noqa: S608 - fixed names

# The only row locks of the ledger. The coins account is the customer's fence; always in key order,
# so that two batches wait for each other but never in a circle. The keys are put in order before
# they are joined: each is locked as it comes, and a sort of the result would be too late.
LOCK = f"""
    SELECT a.merchant_id, a.customer_id
    FROM (SELECT m, c FROM {HOLDERS} ORDER BY m, c) k
    {each("account", COINS, "a", "FOR NO KEY UPDATE")}
"""  # noqa: S608 - fixed names

# The accounts of a batch that somebody else holds. What is free is locked for this statement only.
LOCKED = f"""
    SELECT a.merchant_id, a.customer_id FROM {HOLDERS} {each("account", COINS, "a")}
    EXCEPT
    SELECT a.merchant_id, a.customer_id
    FROM {HOLDERS} {each("account", COINS, "a", "FOR NO KEY UPDATE SKIP LOCKED")}
"""  # noqa: S608 - fixed names

PROGRAMS = f"""
    SELECT p.body FROM unnest($1::bigint[], $2::bigint[]) k(m, v)
    {each("program", "merchant_id = k.m AND version = k.v", "p")}
"""  # noqa: S608 - fixed names

DUE = """
    SELECT merchant_id, customer_id FROM account
    WHERE next_due_at IS NOT NULL AND next_due_at <= $1 ORDER BY next_due_at LIMIT $2
"""

# By the place of the row that was just locked: a join could be planned to read the whole table.
PURGE = """
    WITH keys AS (
        DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM idempotency
            WHERE at < $1 AND caller <> 'import' ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
        )) RETURNING 1
    ), events AS (
        DELETE FROM outbox WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM outbox
            WHERE delivered_at IS NOT NULL AND at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
        )) RETURNING 1
    )
    SELECT (SELECT count(*) FROM keys) + (SELECT count(*) FROM events)
"""


def _rows(columns: Sequence[str], alias: str, source: str) -> str:
    built = f"json_build_array({_listed(columns, alias)})"
    return f"(SELECT coalesce(json_agg({built}), '[]') FROM {source})"  # noqa: S608 - fixed names


def _listed(columns: Sequence[str], alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in columns)


def load() -> str:
    """$1, $2 holders; $3-$5 idempotency keys; $6-$8 redemptions; $9 merchants; $10-$12 orders."""
    of_holder = "merchant_id = k.m AND customer_id = k.c"
    of_redemption = (
        "merchant_id = r.merchant_id AND customer_id = r.customer_id AND redemption_id = r.id"
    )
    keys = "unnest($3::bigint[], $4::text[], $5::text[]) k(m, c, i)"
    of_key = "merchant_id = k.m AND caller = k.c AND key = k.i"
    merchants = "unnest($9::bigint[]) k(m)"
    of_person = "merchant_id = k.m AND id = k.c"
    parts = [
        _rows(rows.ACCOUNT, "a", f"{HOLDERS} {each('account', of_holder, 'a')}"),
        _rows(rows.PERSON, "u", f"{HOLDERS} {each('customer', of_person, 'u')}"),
        _rows(rows.LOT, "l", f"{HOLDERS} {each('lot', f'{of_holder} AND open', 'l')}"),
        _rows(rows.REDEMPTION, "r", "r"),
        _rows(rows.ALLOCATION, "x", f"r {each('redemption_lot', of_redemption, 'x')}"),
        _rows(rows.RECORD, "i", f"{keys} {each('idempotency', of_key, 'i')}"),
        _rows(("id", "program_version"), "m", f"{merchants} {each('merchant', 'id = k.m', 'm')}"),
    ]
    return f"""
        WITH r AS MATERIALIZED (
            SELECT r.* FROM {HOLDERS}
            {each("redemption", f"{of_holder} AND status = 'HELD'", "r")}
            UNION
            SELECT r.* FROM unnest($6::bigint[], $7::bigint[], $8::bigint[]) k(m, c, i)
            {each("redemption", f"{of_holder} AND id = k.i", "r")}
            UNION
            SELECT r.* FROM unnest($10::bigint[], $11::bigint[], $12::text[]) k(m, c, o)
            {each("redemption", f"{of_holder} AND order_id = k.o AND {STANDING}", "r")}
        )
        SELECT {", ".join(parts)}
    """  # noqa: S608 - fixed names


def write(more: Callable[[Iterator[int]], list[str]] = lambda _: []) -> str:
    """One array a column, tables in the order of TARGETS, then the idempotency records.

    `more` parts are written with it, in the same round trip; their arguments come last.
    Answers how many records went in: fewer than sent means that a key was taken meanwhile.
    """
    numbers = iter(range(1, 1000))
    parts = [f"w{i} AS ({insert_arrays(target, numbers)})" for i, target in enumerate(TARGETS)]
    parts.append(f"keys AS ({insert_arrays(RECORDS, numbers)} ON CONFLICT DO NOTHING RETURNING 1)")
    parts.extend(more(numbers))
    return f"WITH {', '.join(parts)} SELECT count(*) FROM keys"  # noqa: S608 - fixed names


def insert_arrays(target: Target, numbers: Iterator[int]) -> str:
    """Insert or update rows that are sent as one array a column, numbered on from `numbers`."""
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
    held = "merchant_id = k.m AND customer_id = c.id AND cart_id = k.cart AND status = 'HELD'"
    of_redemption = (
        "merchant_id = r.merchant_id AND customer_id = r.customer_id AND redemption_id = r.id"
    )
    allocations = (
        f"(SELECT 1) one {each('redemption', held, 'r')}"
        f" {each('redemption_lot', of_redemption, 'x')}"
    )
    return f"""
        SELECT k.n, m.program_version, c.id, c.external_id, c.tier, c.tags,
            (SELECT json_agg(json_build_array({_listed(rows.ACCOUNT, "a")})) FROM account a
             WHERE a.merchant_id = k.m AND a.customer_id = c.id),
            (SELECT json_agg(json_build_array({_listed(rows.ALLOCATION, "x")})) FROM {allocations})
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[])
             WITH ORDINALITY k(m, e, i, cart, n)
        {each("merchant", "id = k.m", "m")}
        CROSS JOIN LATERAL (
            SELECT id, external_id, tier, tags FROM customer
            WHERE merchant_id = k.m AND external_id = k.e
            UNION ALL
            SELECT id, external_id, tier, tags FROM customer
            WHERE merchant_id = k.m AND id = k.i
        ) c
    """  # noqa: S608 - fixed names
