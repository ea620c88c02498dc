# ruff: noqa: S608 - every statement is put together from fixed names
"""The invariants of the ledger, one query each: a query answers the rows that break it.

One SQL text for both engines. Most put two tables on top of each other (`UNION ALL`) and add up
each account, lot or redemption: so a row that is missing on either side shows as well, and a
million accounts cost one sorted pass and no query per row. `$1` is the query's one argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Argument = Literal["overdue_before", "recorded_since"]

ACCOUNT_KEY = "merchant_id, customer_id, wallet"
LOT_KEY = "merchant_id, customer_id, wallet, lot_number"
BALANCES = ("available", "held", "pending", "debt")


@dataclass(frozen=True, slots=True)
class Invariant:
    """One promise and the query that finds what breaks it; `table` is what it looks at."""

    name: str
    description: str
    table: str
    sql: str
    argument: Argument | None = None


def _moved(bucket: str) -> str:
    """What one journal entry adds to a bucket."""
    return f"CASE '{bucket}' WHEN target THEN points WHEN source THEN -points ELSE 0 END"


def _sums(key: str, having: str, *sides: str, names: str) -> str:
    """Add up `names` over all sides, a key each, and keep the keys for which `having` holds."""
    added = ", ".join(f"sum({name}) AS {name}" for name in names.split())
    stacked = " UNION ALL ".join(sides)
    return f"SELECT {key}, {added} FROM ({stacked}) s GROUP BY {key} HAVING {having}"


_LOT_SUMS = _sums(
    ACCOUNT_KEY,
    "sum(available) <> sum(lots_available) OR sum(held) <> sum(lots_held)"
    " OR sum(pending) <> sum(lots_pending)",
    f"SELECT {ACCOUNT_KEY}, available, held, pending,"
    " 0 AS lots_available, 0 AS lots_held, 0 AS lots_pending FROM account",
    f"SELECT {ACCOUNT_KEY}, 0, 0, 0, available, held, pending FROM lot",
    names="available held pending lots_available lots_held lots_pending",
)

_HELD_SUMS = _sums(
    ACCOUNT_KEY,
    "sum(held) <> sum(redemptions)",
    f"SELECT {ACCOUNT_KEY}, held, 0 AS redemptions FROM account",
    "SELECT merchant_id, customer_id, 'COINS', 0, points FROM redemption WHERE status = 'HELD'",
    "SELECT merchant_id, customer_id, 'CREDITS', 0, credits_minor FROM redemption"
    " WHERE status = 'HELD'",
    names="held redemptions",
)

_LOT_WHOLE = """
    SELECT merchant_id, customer_id, wallet, number AS lot_number, amount, pending, available, held,
        spent, expired, clawed_back, moved
    FROM lot
    WHERE amount <> pending + available + held + spent + expired + clawed_back + moved
        OR amount <= 0 OR pending < 0 OR available < 0 OR held < 0 OR spent < 0 OR expired < 0
        OR clawed_back < 0 OR moved < 0
"""

_JOURNAL_FOLD = _sums(
    ACCOUNT_KEY,
    " OR ".join(f"sum({name}) <> sum(journal_{name})" for name in BALANCES),
    f"SELECT {ACCOUNT_KEY}, available, held, pending, debt, 0 AS journal_available,"
    " 0 AS journal_held, 0 AS journal_pending, 0 AS journal_debt FROM account",
    f"SELECT {ACCOUNT_KEY}, 0, 0, 0, 0, {', '.join(map(_moved, BALANCES))} FROM journal",
    names="available held pending debt journal_available journal_held journal_pending journal_debt",
)

# The key is unique and above zero, so as many entries as the last number means: none is missing.
_SEQUENCE = f"""
    SELECT {ACCOUNT_KEY}, sum(stored) AS stored, sum(entries) AS entries, max(number) AS last
    FROM (
        SELECT {ACCOUNT_KEY}, sequence AS stored, 0 AS entries, 0 AS number FROM account
        UNION ALL SELECT {ACCOUNT_KEY}, 0, 1, sequence FROM journal
    ) s
    GROUP BY {ACCOUNT_KEY} HAVING sum(stored) <> sum(entries) OR sum(stored) <> max(number)
"""

_RUNNING = f"""
    SELECT {ACCOUNT_KEY}, sequence, source, target, points, at, at_before,
        {", ".join(f"{name}_before, {name}_after" for name in BALANCES)}
    FROM (
        SELECT journal.*, lag(at) OVER w AS at_before,
            {", ".join(f"coalesce(lag({n}_after) OVER w, 0) AS {n}_before" for n in BALANCES)}
        FROM journal WINDOW w AS (PARTITION BY {ACCOUNT_KEY} ORDER BY sequence)
    ) s
    WHERE at <= at_before
        OR {" OR ".join(f"{n}_after <> {n}_before + {_moved(n)}" for n in BALANCES)}
"""

_CLOCK = f"""
    SELECT {ACCOUNT_KEY}, max(clock) AS clock, max(at) AS last_entry_at
    FROM (
        SELECT {ACCOUNT_KEY}, clock, 0 AS at FROM account
        UNION ALL SELECT {ACCOUNT_KEY}, 0, at FROM journal
    ) s
    GROUP BY {ACCOUNT_KEY} HAVING max(clock) <> max(at)
"""

# A late capture holds just what it captures.
_LATE = "status = 'CAPTURED' AND close_reason = 'LATE'"
_REDEMPTION_LOTS = _sums(
    "merchant_id, customer_id, redemption_id, wallet",
    "sum(held) <> sum(lots_held) OR sum(captured) <> sum(lots_captured)"
    " OR sum(refunded) <> sum(lots_refunded) OR sum(refunded) > sum(captured)"
    " OR sum(captured) > sum(held)",
    "SELECT merchant_id, customer_id, id AS redemption_id, 'COINS' AS wallet,"
    f" CASE WHEN {_LATE} THEN captured_points ELSE points END AS held,"
    " captured_points AS captured, refunded_points AS refunded,"
    " 0 AS lots_held, 0 AS lots_captured, 0 AS lots_refunded FROM redemption",
    "SELECT merchant_id, customer_id, id, 'CREDITS', credits_minor,"
    " captured_credits_minor, refunded_credits_minor, 0, 0, 0 FROM redemption",
    "SELECT merchant_id, customer_id, redemption_id, wallet, 0, 0, 0, amount, captured, refunded"
    " FROM redemption_lot",
    names="held captured refunded lots_held lots_captured lots_refunded",
)

_COMMANDS = """
    SELECT merchant_id, min(customer_id) AS customer_id, caller, key,
        sum(records) AS records, sum(events) AS events
    FROM (
        SELECT merchant_id, customer_id, caller, key, 1 AS records, 0 AS events
        FROM idempotency WHERE accepted AND at >= $1
        UNION ALL
        SELECT merchant_id, customer_id, caller, key, 0, 1
        FROM outbox WHERE key IS NOT NULL AND at >= $1
    ) s
    GROUP BY merchant_id, caller, key
    HAVING sum(records) <> 1 OR sum(events) <> 1 OR min(customer_id) <> max(customer_id)
"""

_SIGNED = {
    "account": ("wallet", "available held pending debt sequence expiry_points"),
    "lot": ("number", "pending available held spent expired clawed_back moved"),
    "redemption": (
        "id",
        (
            "points credits_minor discount_minor total_minor captured_points captured_credits_minor"
            " captured_discount_minor refunded_points refunded_credits_minor"
        ),
    ),
    "redemption_lot": ("redemption_id", "amount captured refunded"),
    "journal": ("sequence", "available_after held_after pending_after debt_after points"),
}
_NEGATIVE = " UNION ALL ".join(
    f"SELECT merchant_id, customer_id, '{table}' AS relation, CAST({key} AS TEXT) AS row_key"
    f" FROM {table} WHERE {' OR '.join(f'{name} < 0' for name in names.split())}"
    for table, (key, names) in _SIGNED.items()
)

_OVERDUE = """
    SELECT merchant_id, customer_id, id AS redemption_id, expires_at
    FROM redemption WHERE status = 'HELD' AND expires_at < $1
"""

_NEXT_DUE = f"""
    SELECT {ACCOUNT_KEY}, max(stored) AS next_due_at, min(due) AS first_due_at
    FROM (
        SELECT {ACCOUNT_KEY}, next_due_at AS stored, CAST(NULL AS BIGINT) AS due FROM account
        UNION ALL SELECT merchant_id, customer_id, 'COINS', NULL, remind_at FROM account
        UNION ALL SELECT merchant_id, customer_id, 'COINS', NULL, expires_at
            FROM redemption WHERE status = 'HELD'
        UNION ALL SELECT merchant_id, customer_id, 'COINS', NULL, available_from
            FROM lot WHERE pending > 0
        UNION ALL SELECT merchant_id, customer_id, 'COINS', NULL, expires_at
            FROM lot WHERE available > 0 AND expires_at IS NOT NULL
    ) s
    GROUP BY {ACCOUNT_KEY} HAVING coalesce(max(stored), -1) <> coalesce(min(due), -1)
"""

_EXPIRY = f"""
    SELECT {ACCOUNT_KEY}, max(expiry_at) AS expiry_at, max(expiry_points) AS expiry_points,
        max(lots_at) AS lots_expiry_at, max(lots_points) AS lots_expiry_points
    FROM (
        SELECT {ACCOUNT_KEY}, expiry_at, expiry_points, CAST(NULL AS BIGINT) AS lots_at,
            0 AS lots_points FROM account
        UNION ALL SELECT {ACCOUNT_KEY}, NULL, 0, expires_at, points FROM (
            SELECT {ACCOUNT_KEY}, expires_at, sum(available) AS points,
                row_number() OVER (PARTITION BY {ACCOUNT_KEY} ORDER BY expires_at) AS place
            FROM lot WHERE available > 0 AND expires_at IS NOT NULL
            GROUP BY {ACCOUNT_KEY}, expires_at
        ) soonest WHERE place = 1
    ) s
    GROUP BY {ACCOUNT_KEY}
    HAVING coalesce(max(expiry_at), -1) <> coalesce(max(lots_at), -1)
        OR max(expiry_points) <> max(lots_points)
"""

_LOT_TAKEN = _sums(
    LOT_KEY,
    "sum(held) <> sum(redemptions_held) OR sum(spent) <> sum(redemptions_captured)",
    "SELECT merchant_id, customer_id, wallet, number AS lot_number, held, spent,"
    " 0 AS redemptions_held, 0 AS redemptions_captured FROM lot",
    "SELECT x.merchant_id, x.customer_id, x.wallet, x.lot_number, 0, 0,"
    " CASE WHEN r.status = 'HELD' THEN x.amount ELSE 0 END, x.captured"
    " FROM redemption_lot x JOIN redemption r ON r.merchant_id = x.merchant_id"
    " AND r.customer_id = x.customer_id AND r.id = x.redemption_id",
    names="held spent redemptions_held redemptions_captured",
)

_OF_CUSTOMER = (
    "account",
    "lot",
    "redemption",
    "redemption_lot",
    "journal",
    "outbox",
    "idempotency",
    "customer_order",
    "customer_day",
    "award",
)
# A bulk import is one command for many customers: its record and its event name customer 0.
_OF_IMPORT = ("outbox", "idempotency")
_CUSTOMERS = " UNION ALL ".join(
    f"SELECT DISTINCT merchant_id, customer_id, '{table}' AS relation FROM {table} t"
    " WHERE NOT EXISTS (SELECT 1 FROM customer c"
    " WHERE c.merchant_id = t.merchant_id AND c.id = t.customer_id)"
    f"{' AND t.customer_id <> 0' if table in _OF_IMPORT else ''}"
    for table in _OF_CUSTOMER
)

_PROGRAMS = """
    SELECT r.merchant_id, r.customer_id, r.id AS redemption_id, r.program_version
    FROM redemption r
    WHERE NOT EXISTS (SELECT 1 FROM program p
        WHERE p.merchant_id = r.merchant_id AND p.version = r.program_version)
"""

_REDEMPTION_JOURNAL = _sums(
    "merchant_id, customer_id, redemption_id, wallet",
    "sum(held) <> sum(journal_held) OR sum(captured) <> sum(journal_captured)"
    " OR sum(refunded) <> sum(journal_refunded)",
    "SELECT merchant_id, customer_id, id AS redemption_id, 'COINS' AS wallet,"
    " CASE WHEN status = 'HELD' THEN points ELSE 0 END AS held, captured_points AS captured,"
    " refunded_points AS refunded, 0 AS journal_held, 0 AS journal_captured,"
    " 0 AS journal_refunded FROM redemption",
    "SELECT merchant_id, customer_id, id, 'CREDITS',"
    " CASE WHEN status = 'HELD' THEN credits_minor ELSE 0 END, captured_credits_minor,"
    " refunded_credits_minor, 0, 0, 0 FROM redemption",
    f"SELECT merchant_id, customer_id, redemption_id, wallet, 0, 0, 0, {_moved('held')},"
    " CASE WHEN target = 'spent' THEN points ELSE 0 END,"
    " CASE WHEN source = 'refunded' THEN points ELSE 0 END"
    " FROM journal WHERE redemption_id IS NOT NULL",
    names="held captured refunded journal_held journal_captured journal_refunded",
)

# Orders stay with whom they happened to; whoever that one was merged into counts them.
_ORDER_DAYS = _sums(
    "merchant_id, customer_id, day",
    "sum(spent) <> sum(orders_spent) OR sum(earned) <> sum(orders_earned)"
    " OR sum(orders) <> sum(completed)",
    "SELECT merchant_id, customer_id, day, spent_minor AS spent, earned_points AS earned, orders,"
    " 0 AS orders_spent, 0 AS orders_earned, 0 AS completed FROM customer_day",
    "SELECT o.merchant_id, coalesce(c.merged_into, o.customer_id), o.placed_at / 86400000000,"
    " 0, 0, 0, o.paid_minor - o.refunded_minor, o.earned_points - o.clawed_points, 1"
    " FROM customer_order o LEFT JOIN customer c"
    " ON c.merchant_id = o.merchant_id AND c.id = o.customer_id WHERE o.completed_at IS NOT NULL",
    names="spent earned orders orders_spent orders_earned completed",
)

_ORDER_JOURNAL = _sums(
    "merchant_id, customer_id, order_id",
    "sum(earned) <> sum(journal_earned) OR sum(taken) < sum(journal_taken)",
    "SELECT merchant_id, customer_id, order_id, earned_points AS earned,"
    " clawed_points - forgiven_points AS taken, 0 AS journal_earned, 0 AS journal_taken"
    " FROM customer_order",
    "SELECT merchant_id, customer_id, reason, 0, 0, points, 0 FROM journal WHERE kind = 'EARN'",
    "SELECT j.merchant_id, coalesce(o.customer_id, j.customer_id), j.reason, 0, 0, 0, j.points"
    " FROM journal j LEFT JOIN customer_order o ON o.merchant_id = j.merchant_id"
    " AND o.order_id = j.reason WHERE j.kind = 'CLAWBACK'",
    names="earned taken journal_earned journal_taken",
)

_MERGE_SUMS = """
    SELECT merchant_id, min(customer_id) AS customer_id, wallet, sum(moved) AS moved,
        sum(merged) AS merged
    FROM (
        SELECT merchant_id, customer_id, wallet,
            CASE target WHEN 'moved' THEN points ELSE 0 END AS moved,
            CASE source WHEN 'merged' THEN points ELSE 0 END AS merged
        FROM journal WHERE kind = 'MERGE'
    ) s
    GROUP BY merchant_id, wallet HAVING sum(moved) <> sum(merged)
"""

# Whoever has become a part of another customer, or was forgotten, has nothing.
_LEFT_NOTHING = """
    SELECT a.merchant_id, a.customer_id, a.wallet, a.available, a.held, a.pending, a.debt
    FROM account a JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
    WHERE (c.merged_into IS NOT NULL OR c.erased_at IS NOT NULL)
        AND a.available + a.held + a.pending + a.debt > 0
"""
_MERGED_INTO = """
    SELECT c.merchant_id, c.id AS customer_id, c.merged_into
    FROM customer c LEFT JOIN customer t ON t.merchant_id = c.merchant_id AND t.id = c.merged_into
    WHERE c.merged_into IS NOT NULL AND (t.id IS NULL OR t.merged_into IS NOT NULL)
"""

_ORDER_REDEMPTION = """
    SELECT o.merchant_id, o.customer_id, o.order_id, o.redemption_id
    FROM customer_order o
    LEFT JOIN customer c ON c.merchant_id = o.merchant_id AND c.id = o.customer_id
    WHERE o.redemption_id IS NOT NULL AND o.capture_refusal IS NULL AND NOT EXISTS (
        SELECT 1 FROM redemption r WHERE r.merchant_id = o.merchant_id
        AND r.id = o.redemption_id AND r.status = 'CAPTURED' AND r.order_id = o.order_id
        AND (r.customer_id IN (o.customer_id, c.merged_into) OR EXISTS (
            SELECT 1 FROM customer g WHERE g.merchant_id = r.merchant_id
            AND g.id = r.customer_id AND g.merged_into = o.customer_id
        ))
    )
"""

_AWARDS = _sums(
    "merchant_id, customer_id, occasion",
    "sum(points) <> sum(journal)",
    "SELECT merchant_id, customer_id, occasion, points, 0 AS journal FROM award",
    "SELECT merchant_id, customer_id, reason, 0, points FROM journal WHERE kind = 'AWARD'",
    names="points journal",
)

INVARIANTS = (
    Invariant("account_lots", "a balance is the sum of its lots", "account", _LOT_SUMS),
    Invariant("account_held", "held is the sum of the HELD redemptions", "account", _HELD_SUMS),
    Invariant("lot_whole", "a lot is the sum of its parts", "lot", _LOT_WHOLE),
    Invariant("account_journal", "a balance is the fold of its journal", "account", _JOURNAL_FOLD),
    Invariant("journal_gapless", "no entry of the journal is missing", "account", _SEQUENCE),
    Invariant("journal_running", "an entry agrees with the one before it", "journal", _RUNNING),
    Invariant("account_clock", "an account's clock is its last entry's", "account", _CLOCK),
    Invariant(
        "redemption_lots", "a redemption is the sum of its lots", "redemption", _REDEMPTION_LOTS
    ),
    Invariant(
        "redemption_journal",
        "a redemption is what the journal says of it",
        "redemption",
        _REDEMPTION_JOURNAL,
    ),
    Invariant(
        "command_once",
        "an accepted command has one event and one idempotency record",
        "idempotency",
        _COMMANDS,
        "recorded_since",
    ),
    Invariant("not_negative", "no figure is negative", "account", _NEGATIVE),
    Invariant(
        "hold_in_time",
        "no hold is overdue by more than the sweep period",
        "redemption",
        _OVERDUE,
        "overdue_before",
    ),
    Invariant("account_next_due", "an account knows what is due next", "account", _NEXT_DUE),
    Invariant("account_expiry", "an account knows what expires next", "account", _EXPIRY),
    Invariant("lot_taken", "a lot's held and spent are its redemptions'", "lot", _LOT_TAKEN),
    Invariant("order_days", "a day is the sum of its orders", "customer_day", _ORDER_DAYS),
    Invariant(
        "order_journal", "the journal says what an order brought", "customer_order", _ORDER_JOURNAL
    ),
    Invariant(
        "order_redemption", "an order has what it captured", "customer_order", _ORDER_REDEMPTION
    ),
    Invariant("award_once", "an award is what the journal says of it", "award", _AWARDS),
    Invariant("merge_sums", "what moved is what was merged", "journal", _MERGE_SUMS),
    Invariant("merge_left", "who was merged or forgotten has nothing", "account", _LEFT_NOTHING),
    Invariant("merge_into", "a customer is merged into one who is not", "customer", _MERGED_INTO),
    Invariant("customer_known", "every ledger row has its customer", "account", _CUSTOMERS),
    Invariant("program_known", "a redemption's program is kept", "redemption", _PROGRAMS),
)
