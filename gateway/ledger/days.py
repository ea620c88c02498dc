"""What a customer's orders of one day come to, so that a rolling year is at most a year of rows."""

from __future__ import annotations

from typing import Final

from gateway.ledger.movements import Desk
from gateway.ledger.order_state import DayRow, OrderState
from gateway.ledger.state import Holder

DAY: Final = 86_400 * 1_000_000
"""Microseconds. Days are those of UTC: a rolling year begins at the same instant everywhere."""


def recount(desk: Desk, holder: Holder, before: OrderState | None, after: OrderState) -> None:
    """Let the day on which the order was placed say what the order comes to now, and not before."""
    if not after.completed or after.placed_at is None:
        return
    holder = holder.owner
    day = after.placed_at // DAY
    old = holder.days.get(day) or DayRow(holder.merchant_id, holder.customer_id, day, 0, 0, 0)
    was, now = _share(before), _share(after)
    new = DayRow(
        holder.merchant_id,
        holder.customer_id,
        day,
        old.spent_minor + now[0] - was[0],
        old.earned_points + now[1] - was[1],
        old.orders + now[2] - was[2],
    )
    if new != old:
        holder.days[day] = new
        desk.changes.days[holder.merchant_id, holder.customer_id, day] = new


def _share(order: OrderState | None) -> tuple[int, int, int]:
    """What an order adds to its day: spent, earned, and itself; nothing until it is completed."""
    if order is None or not order.completed:
        return 0, 0, 0
    spent = (order.paid_minor or 0) - order.refunded_minor
    return spent, order.earned_points - order.clawed_points, 1
