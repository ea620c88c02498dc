"""Reads the carts that are to be replayed, some customers at a time, by their keys alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gateway.rules.facts import Cart, Shopper
from gateway.rules.whatif.replay import Visit
from gateway.services.cart_facts import lines_from, tags_from
from gateway.services.completed_carts import DAY, sales_of_carts
from gateway.services.counted import COUNTED, marks
from gateway.services.customer_facts import Paid, Sale
from gateway.services.database import statement

Row = dict[str, Any]

# The plus keeps from the index by day, by which every page would read all of the days.
CARTS: Final = """
    SELECT s.customer_id, s.cart_id, s.redeemable, s.available_points, s.total_minor,
        s.first_at, s.last_at, s.tier, s.tags, {lines} AS lines
    FROM checkout_seen s JOIN customer c ON c.merchant_id = s.merchant_id AND c.id = s.customer_id
    WHERE s.merchant_id = ? AND +s.day BETWEEN ? AND ? AND s.tags IS NOT NULL
        AND s.customer_id IN {ids} AND {counted}
    ORDER BY s.customer_id, s.cart_id, s.day
"""
ORDERS: Final = """
    SELECT customer_id, order_id, total_minor, paid_minor, placed_at FROM customer_order
    WHERE merchant_id = ? AND placed_at >= ? AND completed_at IS NOT NULL AND customer_id IN {ids}
"""
PAID: Final = """
    SELECT customer_id, id, cart_id, points, captured_points, captured_credits_minor,
        captured_discount_minor, order_id, order_total_minor, created_at, closed_at,
        refunded_points
    FROM redemption
    WHERE merchant_id = ? AND closed_at >= ? AND status = 'CAPTURED' AND customer_id IN {ids}
"""


@dataclass(slots=True)
class _Looked:
    """One cart, however many days it was looked at on; the last look counts."""

    cart_id: str
    could: bool
    first_at: int
    last_at: int
    row: Row


@dataclass(frozen=True, slots=True)
class CartReader:
    """Reads the carts of some days."""

    merchant_id: int
    first_day: int
    last_day: int
    lines: bool
    """Whether lines are wanted."""

    async def visits(self, customers: Sequence[int]) -> Iterator[tuple[int, list[Visit]]]:
        """The carts of these customers, by customer; made as they are asked for."""
        ids, since = marks(len(customers)), (self.first_day - 1) * DAY
        sql = CARTS.format(lines="s.lines" if self.lines else "NULL", ids=ids, counted=COUNTED)
        days = self.first_day, self.last_day
        looked = _looked(await statement(sql, self.merchant_id, *days, *customers))
        orders = await statement(ORDERS.format(ids=ids), self.merchant_id, since, *customers)
        paid = await statement(PAID.format(ids=ids), self.merchant_id, since, *customers)
        sales, back = _sales(orders, paid)
        return ((each, _visits(carts, sales[each], back)) for each, carts in looked.items())


def _looked(rows: Sequence[Row]) -> dict[int, dict[str, _Looked]]:
    found: defaultdict[int, dict[str, _Looked]] = defaultdict(dict)
    for row in rows:
        carts = found[row["customer_id"]]
        before = carts.get(row["cart_id"])
        first_at, could = row["first_at"], bool(row["redeemable"])
        if before is not None:
            first_at, could = before.first_at, could or before.could
        carts[row["cart_id"]] = _Looked(row["cart_id"], could, first_at, row["last_at"], row)
    return found


def _sales(
    orders: Sequence[Row], paid: Sequence[Row]
) -> tuple[defaultdict[int, list[Sale]], dict[int, int]]:
    """The orders of each customer, oldest first; and how many points came back by redemption."""
    found: defaultdict[int, dict[str, Sale]] = defaultdict(dict)
    back: dict[int, int] = {}
    for row in orders:
        customer_id, order_id, total, money, at = row.values()
        found[customer_id][order_id] = Sale(order_id, at, total, money, None)
    for row in paid:
        customer_id = row.pop("customer_id")
        back[row["id"]] = row.pop("refunded_points")
        redemption = Paid(**row)
        order_id, total = row["order_id"], row["order_total_minor"]
        told = found[customer_id].get(order_id)
        at = row["closed_at"]
        found[customer_id][order_id] = (
            Sale(order_id, at, total, total, redemption)
            if told is None
            else Sale(order_id, told.at, told.total_minor, told.paid_minor, redemption)
        )
    sales: defaultdict[int, list[Sale]] = defaultdict(list)
    for customer_id, by_id in found.items():
        sales[customer_id] = sorted(by_id.values(), key=lambda sale: (sale.at, sale.order_id))
    return sales, back


def _visits(carts: dict[str, _Looked], sales: Sequence[Sale], back: dict[int, int]) -> list[Visit]:
    # An order whose redemption was for a cart that nobody looked at completes no other cart.
    own = [sale for sale in sales if sale.redemption is None or sale.redemption.cart_id in carts]
    became = sales_of_carts(carts, own) if own else {}
    return [_visit(cart, became.get(cart.cart_id), back) for cart in carts.values()]


def _visit(cart: _Looked, sale: Sale | None, back: dict[int, int]) -> Visit:
    row = cart.row
    total = row["total_minor"] if sale is None else sale.total_minor
    who = Shopper(row["available_points"], row["tier"], tags_from(row["tags"]))
    made = Cart(cart.cart_id, total, lines_from(row["lines"]))
    paid = None if sale is None else sale.redemption
    return Visit(
        cart=made,
        who=who,
        at=cart.last_at,
        could=cart.could,
        ordered=sale is not None,
        redeemed=paid is not None and paid.captured_points > 0,
        spent_points=0 if paid is None else paid.captured_points - back[paid.id],
        saved_minor=0 if paid is None else paid.by_points,
    )
