"""What the figures of one customer are made of, as the ledger and the checkouts tell it. Pure.

Amounts are minor units, times microseconds since the epoch, UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.ledger.order_state import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A redemption, as far as figures go. Only what was captured has an order."""

    id: int
    cart_id: str
    points: int
    captured_points: int
    captured_credits_minor: int
    captured_discount_minor: int
    order_id: str | None
    order_total_minor: int | None
    created_at: int
    closed_at: int | None

    @property
    def by_points(self) -> int:
        """The part of the discount that points bought; store credit is the customer's money."""
        return self.captured_discount_minor - self.captured_credits_minor


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry of points that came in, were spent, or came back."""

    kind: str
    points: int
    redemption_id: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A cart that was previewed."""

    cart_id: str
    redeemable: bool
    first_at: int
    last_at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All of one customer, with those that were merged into it."""

    orders: Sequence[OrderState]
    redemptions: Sequence[Paid]
    entries: Sequence[Entry]
    seen: Sequence[Seen]


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid order: told as completed, or known by the redemption that was captured for it."""

    order_id: str
    at: int
    total_minor: int
    paid_minor: int
    redemption: Paid | None
    returns: tuple[tuple[int, int], ...] = ()
    """When money was given back, and how much of what was paid."""

    @property
    def redeemed(self) -> bool:
        """Whether points paid a part of it; it stays so when they are given back."""
        return self.redemption is not None and self.redemption.captured_points > 0


def sales_of(facts: Facts) -> list[Sale]:
    """The paid orders, oldest first. One is there once, however often it was told."""
    taken = {r.order_id: r for r in facts.redemptions if r.order_id is not None}
    told = {order.order_id: order for order in facts.orders}
    sales = [_completed(o, taken.get(o.order_id)) for o in told.values() if o.completed]
    alone = [
        _captured(redemption, told.get(order_id))
        for order_id, redemption in taken.items()
        if order_id not in told or not told[order_id].completed
    ]
    return sorted([*sales, *alone], key=lambda sale: (sale.at, sale.order_id))


def _completed(order: OrderState, redemption: Paid | None) -> Sale:
    placed = order.placed_at or order.created_at
    total, paid = order.total_minor or 0, order.paid_minor or 0
    return Sale(order.order_id, placed, total, paid, redemption, _returns(order, placed))


def _captured(redemption: Paid, order: OrderState | None) -> Sale:
    """An order that nobody told as completed."""
    at = redemption.closed_at or redemption.created_at
    total = redemption.order_total_minor or 0
    paid = max(0, total - redemption.captured_discount_minor)
    returns = () if order is None else _returns(order, at)
    return Sale(redemption.order_id or "", at, total, paid, redemption, returns)


def _returns(order: OrderState, placed: int) -> tuple[tuple[int, int], ...]:
    """What each event gave back beyond those before it; none is before the order."""
    if not order.refunds and order.cancelled_at is None:
        return ()
    events = [(r.at or order.updated_at, n) for n, r in enumerate(order.refunds)]
    if order.cancelled_at is not None:
        events.append((order.cancelled_at, len(order.refunds)))
    state = replace(order, refunds=(), cancelled_at=None)
    found: list[tuple[int, int]] = []
    back = 0
    for at, n in sorted(events):
        if n < len(order.refunds):
            state = replace(state, refunds=(*state.refunds, order.refunds[n]))
        else:
            state = replace(state, cancelled_at=at)
        more = state.returned_minor - back
        if more:
            found.append((max(at, placed), more))
            back += more
    return tuple(found)
