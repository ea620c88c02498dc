"""The write side of orders: written besides, and only where a batch has any."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from gateway.ledger import order_rows
from gateway.ledger.changes import Changes
from gateway.ledger.postgres_arguments import columns
from gateway.ledger.postgres_sql import each, insert_arrays
from gateway.ledger.writing import Target, on_conflict

_ORDER_KEY = ("merchant_id", "customer_id", "order_id")
_DAY_KEY = ("merchant_id", "customer_id", "day")
TARGETS: Final = (
    Target(
        "customer_order",
        order_rows.ORDER,
        _ORDER_KEY,
        tuple(name for name in order_rows.ORDER if name not in {*_ORDER_KEY, "created_at"}),
        lambda c: [order_rows.order_row(order) for order in c.orders.values()],
    ),
    Target(
        "customer_day",
        order_rows.DAY,
        _DAY_KEY,
        order_rows.DAY[3:],
        lambda c: [order_rows.day_row(day) for day in c.days.values()],
    ),
    Target(
        "award",
        order_rows.AWARD,
        (),
        (),
        lambda c: [order_rows.award_row(award) for award in c.awards],
    ),
)
# An insert that always meets its row: an update could be planned to read all customers, for good.
_THERE: Final = "merchant_id, id, external_id, tags, created_at, updated_at"
_TIER: Final = "tier = excluded.tier, tier_review_at = excluded.tier_review_at"


def postgres(numbers: Iterator[int]) -> list[str]:
    """Parts of a statement, one array a column: the targets', then customers and their tiers."""
    parts = [f"o{i} AS ({insert_arrays(target, numbers)})" for i, target in enumerate(TARGETS)]
    types = ("bigint", "bigint", "boolean", "text", "bigint")
    sent = ", ".join(f"${next(numbers)}::{kind}[]" for kind in types)
    of_key = "merchant_id = k.m AND id = k.i"
    tiers = f"""
        INSERT INTO customer ({_THERE}, tier, tier_review_at)
        SELECT {", ".join(f"c.{name}" for name in _THERE.split(", "))},
            CASE WHEN k.ours THEN k.tier ELSE c.tier END, k.review_at
        FROM unnest({sent}) k(m, i, ours, tier, review_at) {each("customer", of_key, "c")}
        ON CONFLICT (merchant_id, id) DO UPDATE SET {_TIER}
    """  # noqa: S608 - fixed names
    return [*parts, f"tiers AS ({tiers})"]


def arguments(changes: Changes) -> list[list[Any]]:
    """The arguments of `postgres`; none where there is nothing to write."""
    written = [target.rows(changes) for target in TARGETS]
    tiers = _tiers(changes)
    if not (any(written) or tiers):
        return []
    sent = [
        column
        for target, rows in zip(TARGETS, written, strict=True)
        for column in columns(rows, len(target.columns))
    ]
    return [*sent, *columns(tiers, 5)]


def _tiers(changes: Changes) -> list[tuple[int, int, bool, str | None, int | None]]:
    """Merchant, customer, whether the tier is ours to set, the tier, and when to look again."""
    found: list[tuple[int, int, bool, str | None, int | None]] = []
    for (merchant_id, customer_id), stands in sorted(changes.tiers.items()):
        tier, review_at = stands or (None, None)
        found.append((merchant_id, customer_id, stands is not None, tier, review_at))
    return found


def _sqlite(target: Target) -> str:
    marks = ", ".join("?" * len(target.columns))
    names = ", ".join(target.columns)
    return f"INSERT INTO {target.table} ({names}) VALUES ({marks}){on_conflict(target)}"  # noqa: S608 - fixed names


_SQLITE = [(target, _sqlite(target)) for target in TARGETS]
_SQLITE_TIER = (
    "UPDATE customer SET tier = CASE WHEN ?3 THEN ?4 ELSE tier END, tier_review_at = ?5"
    " WHERE merchant_id = ?1 AND id = ?2"
)


def write_sqlite(db: sqlite3.Connection, changes: Changes) -> None:
    """Write what there is."""
    for target, sql in _SQLITE:
        rows = target.rows(changes)
        if rows:
            db.executemany(sql, rows)
    tiers = _tiers(changes)
    if tiers:
        db.executemany(_SQLITE_TIER, tiers)
