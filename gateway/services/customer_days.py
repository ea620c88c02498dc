"""The days of one customer, from all that is known of it. Pure: the same facts, the same days.

What each column counts is told in docs/guides/metrics.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from gateway.services.calendar_days import day_of
from gateway.services.completed_carts import sales_of_carts
from gateway.services.customer_facts import Entry, Facts, Paid, Sale, sales_of

NEVER: Final = -1
"""The day before the first one."""
ISSUED: Final = frozenset({"EARN", "AWARD", "GRANT"})


@dataclass(slots=True)
class CustomerDay:
    """One row of `customer_figure`, but for whose it is."""

    day: int
    orders: int = 0
    total_minor: int = 0
    redeemed_orders: int = 0
    redeemed_total_minor: int = 0
    repeat_orders: int = 0
    repeat_paid_minor: int = 0
    repeat_returned_minor: int = 0
    discount_minor: int = 0
    discount_returned_minor: int = 0
    issued_points: int = 0
    spent_points: int = 0
    returned_points: int = 0
    checkouts: int = 0
    able_checkouts: int = 0
    able_completed: int = 0
    buyer_before: int | None = None
    repeat_before: int | None = None
    redeemer_before: int | None = None


COLUMNS: Final = tuple(f.name for f in fields(CustomerDay))
_row: Any = attrgetter(*COLUMNS)  # what `astuple` gives, without its copies
REACH: Final = {
    "buyer_before": "orders",
    "repeat_before": "repeat_orders",
    "redeemer_before": "redeemed_orders",
}
"""Which count makes a customer one of them on a day."""


class _Days(defaultdict[int, CustomerDay]):
    def __init__(self, time_zone: str) -> None:
        super().__init__()
        self._time_zone = time_zone

    def at(self, moment: int) -> CustomerDay:
        day = day_of(moment, self._time_zone)
        if day not in self:
            self[day] = CustomerDay(day)
        return self[day]


def customer_days(facts: Facts, time_zone: str) -> dict[int, tuple[int | None, ...]]:
    """The rows by day, each in the order of COLUMNS."""
    days = _Days(time_zone)
    sales = sales_of(facts)
    _count_sales(days, sales)
    _count_points(days, facts)
    for cart in carts_of(facts, sales):
        first = days.at(cart.first_at)
        first.checkouts += 1
        first.able_checkouts += cart.redeemable
        first.able_completed += cart.redeemable and cart.completed
    _link(days)
    return {day: _row(row) for day, row in days.items()}


def _count_sales(days: _Days, sales: Iterable[Sale]) -> None:
    for number, sale in enumerate(sales):
        day, again = days.at(sale.at), number > 0
        day.orders += 1
        day.total_minor += sale.total_minor
        if sale.redeemed:
            day.redeemed_orders += 1
            day.redeemed_total_minor += sale.total_minor
        if again:
            day.repeat_orders += 1
            day.repeat_paid_minor += sale.paid_minor
            for at, minor in sale.returns:
                days.at(at).repeat_returned_minor += minor


def _count_points(days: _Days, facts: Facts) -> None:
    known = {r.id: r for r in facts.redemptions if r.order_id is not None}
    for redemption in known.values():
        moment = redemption.closed_at or redemption.created_at
        days.at(moment).discount_minor += redemption.by_points
        days.at(moment).spent_points += redemption.captured_points
    back: dict[int, int] = defaultdict(int)
    for entry in sorted(facts.entries, key=lambda entry: entry.at):
        if entry.kind in ISSUED:
            days.at(entry.at).issued_points += entry.points
        elif entry.redemption_id in known:
            _give_back(days.at(entry.at), known[entry.redemption_id], entry, back)


def _give_back(day: CustomerDay, redemption: Paid, entry: Entry, back: dict[int, int]) -> None:
    """Points that came back take their part of the discount with them, and the last all of it."""
    of, before = redemption.captured_points, back[redemption.id]
    after = back[redemption.id] = min(of, before + entry.points)
    day.returned_points += after - before
    if of:
        worth = redemption.by_points
        day.discount_returned_minor += worth * after // of - worth * before // of


@dataclass(slots=True)
class Checkout:
    """One cart of one customer, however often it was looked at."""

    cart_id: str
    redeemable: bool
    first_at: int
    last_at: int
    completed: bool = False


def carts_of(facts: Facts, sales: Iterable[Sale]) -> list[Checkout]:
    """The carts that were seen, and which of them became an order."""
    carts: dict[str, Checkout] = {}
    looks = [(s.cart_id, s.redeemable, s.first_at, s.last_at) for s in facts.seen]
    looks += [(r.cart_id, r.points > 0, r.created_at, r.created_at) for r in facts.redemptions]
    for cart_id, redeemable, first_at, last_at in looks:
        cart = carts.setdefault(cart_id, Checkout(cart_id, redeemable, first_at, last_at))
        cart.redeemable = cart.redeemable or redeemable
        cart.first_at = min(cart.first_at, first_at)
        cart.last_at = max(cart.last_at, last_at)
    if carts:
        _complete(carts, sales)
    return list(carts.values())


def _complete(carts: Mapping[str, Checkout], sales: Iterable[Sale]) -> None:
    for cart_id in sales_of_carts(carts, sales):
        carts[cart_id].completed = True


def _link(days: Mapping[int, CustomerDay]) -> None:
    for column, count in REACH.items():
        before = NEVER
        for day in sorted(days):
            if getattr(days[day], count):
                setattr(days[day], column, before)
                before = day
