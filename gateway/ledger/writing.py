"""The write side of a batch: which rows go to which table, and how a clash is resolved.

The order matters: closed redemptions come before the ones that replace them, as the changes list
them. `journal`, `idempotency`, `outbox` and `audit_log` are only ever added to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.ledger import rows
from gateway.ledger.changes import Changes
from gateway.ledger.rows import Row


@dataclass(frozen=True, slots=True)
class Target:
    """One table: its columns, its key, and the columns that may change after the first write."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    mutable: tuple[str, ...]
    rows: Callable[[Changes], list[Row]]
    guard: str = ""
    """A setting that makes an update of the wrong row break one of its checks."""


# Two processes can make the same id. The second redemption must then fail, not write itself over
# the first one as its next state.
SAME_REDEMPTION = (
    "points = CASE WHEN redemption.cart_id = excluded.cart_id"
    " AND redemption.created_at = excluded.created_at AND redemption.points = excluded.points"
    " THEN redemption.points ELSE -1 END"
)

TARGETS = (
    Target(
        "account",
        rows.ACCOUNT,
        ("merchant_id", "customer_id", "wallet"),
        rows.ACCOUNT[3:],
        lambda c: [rows.account_row(a) for a in c.accounts.values()],
    ),
    Target(
        "lot",
        rows.LOT,
        ("merchant_id", "customer_id", "wallet", "number"),
        ("pending", "available", "held", "spent", "expired", "clawed_back", "moved", "open"),
        lambda c: [rows.lot_row(k[0], k[1], lot) for k, lot in c.lots.items()],
    ),
    Target(
        "redemption",
        rows.REDEMPTION,
        ("merchant_id", "customer_id", "id"),
        (
            "status",
            "captured_points",
            "captured_credits_minor",
            "captured_discount_minor",
            "refunded_points",
            "refunded_credits_minor",
            "order_id",
            "order_total_minor",
            "close_reason",
            "closed_at",
        ),
        lambda c: [rows.redemption_row(r) for r in c.redemptions.values()],
        SAME_REDEMPTION,
    ),
    Target(
        "redemption_lot",
        rows.ALLOCATION,
        ("merchant_id", "customer_id", "redemption_id", "wallet", "lot_number"),
        ("amount", "captured", "refunded"),
        lambda c: [rows.allocation_row(k[0], k[1], a) for k, a in c.allocations.items()],
    ),
    Target("journal", rows.ENTRY, (), (), lambda c: [rows.entry_row(e) for e in c.entries]),
    Target("outbox", rows.EVENT, (), (), lambda c: [rows.event_row(e) for e in c.events]),
    Target("audit_log", rows.NOTE, (), (), lambda c: [rows.note_row(n) for n in c.notes]),
)
# In the order of their keys: two batches with the same keys wait for each other, never in a circle.
RECORDS = Target(
    "idempotency",
    rows.RECORD,
    (),
    (),
    lambda c: sorted(map(rows.record_row, c.records), key=lambda row: tuple(row[:3])),
)


def on_conflict(target: Target) -> str:
    """The clause that turns the insert of a row that is there into an update of it."""
    if not target.mutable:
        return ""
    settings = ", ".join(f"{name} = excluded.{name}" for name in target.mutable)
    if target.guard:
        settings = f"{settings}, {target.guard}"
    return f" ON CONFLICT ({', '.join(target.key)}) DO UPDATE SET {settings}"
