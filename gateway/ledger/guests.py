"""Orders that guests paid before they were merged into an account.

A checkout that names the account asks for an order which lives at one of its guests. Looked for
only where the customer has guests, after the load: all other batches ask nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from gateway.ledger.loading import Wanted
from gateway.ledger.postgres_arguments import columns
from gateway.ledger.postgres_sql import each
from gateway.ledger.state import PaidByGuest, State

Key = tuple[int, int, str]

_STANDS: Final = (
    "r.captured_points + r.captured_credits_minor > r.refunded_points + r.refunded_credits_minor"
)
POSTGRES: Final = f"""
    SELECT k.m, k.c, k.o, r.customer_id, r.cart_id, {_STANDS}
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) k(m, c, o)
    {each("redemption", "merchant_id = k.m AND order_id = k.o AND status = 'CAPTURED'", "r")}
    {each("customer", "merchant_id = k.m AND id = r.customer_id", "u")}
    WHERE u.merged_into = k.c
"""  # noqa: S608 - fixed names
_SQLITE: Final = f"""
    SELECT ?1, ?2, ?3, r.customer_id, r.cart_id, {_STANDS} FROM redemption r
    JOIN customer u ON u.merchant_id = r.merchant_id AND u.id = r.customer_id
    WHERE r.merchant_id = ?1 AND r.order_id = ?3 AND r.status = 'CAPTURED' AND u.merged_into = ?2
"""  # noqa: S608 - fixed names


def sought(keys: Wanted, state: State) -> list[Key]:
    """The orders that may have been a guest's."""
    named = {*keys.orders, *keys.sales, *((m, c, o) for m, c, o in keys.latest if o is not None)}
    return sorted(key for key in named if state.holders[key[:2]].has_guests)


def attach(state: State, rows: Iterable[Any]) -> None:
    """Note whose the orders are."""
    for merchant_id, customer_id, order_id, guest_id, cart_id, stands in rows:
        orders = state.holders[merchant_id, customer_id].guest_orders
        # One order may have several, of which one at most still stands.
        if stands or order_id not in orders:
            orders[order_id] = PaidByGuest(guest_id, cart_id, bool(stands))


def arguments(keys: list[Key]) -> list[list[Any]]:
    """The arguments of POSTGRES."""
    return columns(keys, 3)


def attach_sqlite(db: sqlite3.Connection, keys: Wanted, state: State) -> None:
    """Look for them, and note whose they are."""
    for key in sought(keys, state):
        attach(state, db.execute(_SQLITE, key))
