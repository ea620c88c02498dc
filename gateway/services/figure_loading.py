"""Reads what the figures of some customers are made of, by their keys alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from gateway.ledger import order_rows
from gateway.services.counted import COUNTED, marks
from gateway.services.customer_facts import Entry, Facts, Paid, Seen
from gateway.services.database import statement

Row = dict[str, Any]

_MEMBERS: Final = f"""
    SELECT c.id, c.id AS root FROM customer c
    WHERE c.merchant_id = ? AND c.id IN {{ids}} AND {COUNTED}
    UNION ALL
    SELECT g.id, g.merged_into FROM customer g
    WHERE g.merchant_id = ? AND g.merged_into IN {{ids}}
"""  # noqa: S608 - fixed text
_ORDERS: Final = (
    f"SELECT {', '.join(order_rows.ORDER)} FROM customer_order"  # noqa: S608 - fixed names
    " WHERE merchant_id = ? AND customer_id IN {ids}"
)
_PAID: Final = (
    "id, cart_id, points, captured_points, captured_credits_minor, captured_discount_minor,"
    " order_id, order_total_minor, created_at, closed_at"
)
_REDEMPTIONS: Final = (
    f"SELECT customer_id, {_PAID} FROM redemption WHERE merchant_id = ? AND customer_id IN {{ids}}"  # noqa: S608 - fixed names
)
# What was imported was issued elsewhere, in another time.
_ENTRIES: Final = """
    SELECT customer_id, kind, points, redemption_id, at FROM journal
    WHERE merchant_id = ? AND customer_id IN {ids} AND wallet = 'COINS'
    AND (kind IN ('EARN', 'AWARD', 'REFUND') OR (kind = 'GRANT' AND reason <> 'import'))
"""
_SEEN: Final = """
    SELECT customer_id, cart_id, redeemable, first_at, last_at FROM checkout_seen
    WHERE merchant_id = ? AND customer_id IN {ids}
"""


async def load(
    merchant_id: int, customers: Sequence[int]
) -> tuple[dict[int, int], dict[int, Facts]]:
    """The facts of those that are counted, and of whom each is a part, itself included."""
    ids = tuple(customers)
    found = await statement(
        _MEMBERS.replace("{ids}", marks(len(ids))), merchant_id, *ids, merchant_id, *ids
    )
    counted = {row["id"] for row in found if row["id"] == row["root"]}
    roots = {row["id"]: row["root"] for row in found if row["root"] in counted}
    if not roots:
        return {}, {}
    orders = await _read(_ORDERS, merchant_id, roots)
    redemptions = await _read(_REDEMPTIONS, merchant_id, roots)
    entries = await _read(_ENTRIES, merchant_id, roots)
    seen = await _read(_SEEN, merchant_id, roots)
    return roots, {
        root: Facts(
            [order_rows.order(tuple(row.values())) for row in orders[root]],
            [Paid(**_but(row, "customer_id")) for row in redemptions[root]],
            [Entry(**_but(row, "customer_id")) for row in entries[root]],
            [_seen(row) for row in seen[root]],
        )
        for root in counted
    }


async def _read(sql: str, merchant_id: int, roots: dict[int, int]) -> dict[int, list[Row]]:
    """The rows of all members, by whom they are counted with."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in await statement(sql.replace("{ids}", marks(len(roots))), merchant_id, *roots):
        found[roots[row["customer_id"]]].append(row)
    return found


def _but(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _seen(row: Row) -> Seen:
    return Seen(row["cart_id"], bool(row["redeemable"]), row["first_at"], row["last_at"])
