"""The year worked out again from the event list alone, with plain arithmetic.

Nothing of the gateway is used here. Each event is taken in the order in which it arrived, and what
an order should have come to follows from all that was told of it so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any, Final

from benchmarks.year import events as told
from benchmarks.year.orders import Order, earned, ends_at
from benchmarks.year.purse import SECOND, Hold, Purse
from benchmarks.year.terms import DAY, MERCHANTS

YEAR_DAYS: Final = 365
OK, AGAIN = "ok", "again"
NOT_KEPT: Final = ("ORDER_NOT_FOUND", "UNKNOWN")
"""Answered before anything is asked: the same key may come again."""


@dataclass(slots=True, eq=False)
class Customer:
    """What is known of one customer."""

    purse: Purse = field(default_factory=Purse)
    orders: list[Order] = field(default_factory=list[Order])
    awards: set[str] = field(default_factory=set[str])
    carts: dict[str, Hold] = field(default_factory=dict[str, Hold])
    """What the store was last answered for each cart."""


class Naive:
    """Every merchant's customers and orders, by name."""

    def __init__(self) -> None:
        self._terms = dict(MERCHANTS)
        self.customers: dict[tuple[str, int], Customer] = {}
        self.orders: dict[tuple[str, str], Order] = {}
        self.merged: set[tuple[str, int]] = set()
        """Guests who are a part of another customer by now."""
        self._answers: dict[tuple[str, str], str] = {}

    def tell(self, event: told.Event) -> str:
        """Take one event; "ok", "again" where nothing was new, or the code of a refusal."""
        if isinstance(event, told.NewTerms):
            self._terms[event.merchant] = event.terms
            return OK
        key = (event.merchant, event.key or "")
        if event.key is not None and key in self._answers:
            first = self._answers[key]
            return AGAIN if first == OK else first
        customer = self._customer(event)
        if isinstance(event, told.Merge):
            self.customers[event.merchant, event.guest].purse.settle(event.at)
        customer.purse.settle(event.at)
        answer = self._take(customer, event)
        if event.key is not None and answer not in NOT_KEPT:
            self._answers[key] = answer
        return answer

    def _take(self, customer: Customer, event: told.Event) -> str:
        match event:
            case told.Occasion():
                answer = self._occasion(customer, event)
            case told.Apply():
                answer = self._apply(customer, event)
            case told.Release():
                answer = self._release(customer, event)
            case told.Capture():
                answer = self._capture(customer, event)
            case told.Complete():
                answer = self._complete(customer, event)
            case told.Cancel():
                answer = self._cancel(customer, event)
            case told.GiveBack():
                answer = self._give_back(customer, event)
            case told.Merge():
                answer = self._merge(customer, event)
            case told.Adjust():
                answer = self._adjust(customer, event)
            case _:
                raise TypeError(type(event).__name__)
        return answer

    def _customer(self, event: told.Event) -> Customer:
        number = event.customer
        if isinstance(event, told.Cancel | told.GiveBack) and not event.named:
            order = self.orders.get((event.merchant, event.order))
            number = number if order is None else order.customer
        return self.customers.setdefault((event.merchant, number), Customer())

    def balance(self, merchant: str, number: int, now: int) -> tuple[int, int, int, int]:
        """Available, held, pending and debt."""
        purse = self.customers[merchant, number].purse
        purse.settle(now)
        return purse.available(now), purse.held(), purse.pending(), purse.debt

    def tier(self, merchant: str, number: int, now: int) -> str | None:
        """The tier that the rolling year reaches."""
        terms, customer = self._terms[merchant], self.customers[merchant, number]
        today = now // DAY
        counted = sum(
            (order.earned - order.clawed) if terms.by_points else (order.paid or 0) - order.back
            for order in customer.orders
            if order.content is not None and 0 <= today - order.placed // DAY < YEAR_DAYS
        )
        reached = [name for name, threshold, _ in terms.tiers if threshold <= counted]
        return reached[-1] if reached else None

    def _occasion(self, customer: Customer, event: told.Occasion) -> str:
        if event.name in customer.awards:
            return AGAIN
        terms = self._terms[event.merchant]
        kind = event.name.partition(":")[0]
        rule = next(rule for rule in terms.earn if rule.kind == kind)
        customer.awards.add(event.name)
        ends = ends_at(terms, rule, event.at)
        customer.purse.bring(rule.points, event.at, event.at, ends)
        return OK

    def _apply(self, customer: Customer, event: told.Apply) -> str:
        terms = self._terms[event.merchant]
        hold = customer.purse.apply(event.cart, event.total_minor, event.points, terms, event.at)
        if hold is None:
            return "REFUSED"
        customer.carts[event.cart] = hold
        return OK

    def _release(self, customer: Customer, event: told.Release) -> str:
        hold = customer.carts.get(event.cart)
        if hold is None:
            return "UNKNOWN"
        if hold.state == "CAPTURED":
            return "ALREADY_CAPTURED"
        if hold.state == "HELD":
            customer.purse.let_go(hold, "RELEASED")
        return OK

    def _capture(self, customer: Customer, event: told.Capture) -> str:
        hold = customer.carts.get(event.cart)
        if hold is None:
            return "UNKNOWN"
        return customer.purse.capture(hold, event.order, event.total_minor, event.at)

    def _adjust(self, customer: Customer, event: told.Adjust) -> str:
        purse, terms = customer.purse, self._terms[event.merchant]
        if event.points > 0:
            purse.bring(event.points, event.at, event.at, event.expires_at)
            return OK
        missing = -event.points - purse.available(event.at)
        if missing > 0 and not terms.owes:
            return "INSUFFICIENT_POINTS"
        purse.take(-event.points, event.at)
        purse.debt += max(0, missing)
        return OK

    def _merge(self, customer: Customer, event: told.Merge) -> str:
        guest = self.customers[event.merchant, event.guest]
        if guest is customer:
            return AGAIN
        customer.purse.join(guest.purse, event.at)
        customer.orders.extend(guest.orders)
        customer.carts |= guest.carts
        for key, other in self.customers.items():
            if other is guest:
                self.customers[key] = customer
                self.merged.add(key)
        return OK

    def _owned(self, event: Any, *, named: bool) -> Order | str:  # noqa: ANN401 - any event of an order
        """The order that the event is about, made if need be; or why there is none."""
        order = self.orders.get((event.merchant, event.order))
        if order is None:
            if not named:
                return "ORDER_NOT_FOUND"
            return Order(event.customer)
        owner = self.customers[event.merchant, order.customer]
        same = not named or owner is self.customers[event.merchant, event.customer]
        return order if same else "ORDER_OF_ANOTHER"

    def _keep(self, order: Order, event: Any) -> None:  # noqa: ANN401 - the same
        if (event.merchant, event.order) not in self.orders:
            self.orders[event.merchant, event.order] = order
            self.customers[event.merchant, order.customer].orders.append(order)

    def _complete(self, customer: Customer, event: told.Complete) -> str:
        order = self._owned(event, named=True)
        if isinstance(order, str):
            return order
        known = customer.carts.get(event.cart or "") if event.by == "id" else None
        content = (event.total_minor, event.paid_minor, event.lines)
        if order.content is not None:
            same = order.content == content and _same_redemption(order, event, known)
            return AGAIN if same or event.lenient else "ORDER_CONFLICT"
        tier = self.tier(event.merchant, event.customer, event.at)
        hold = known or _found(customer.purse, event)
        failed = None
        if hold is None and event.by == "cart":
            failed = "REDEMPTION_NOT_FOUND"
        elif hold is not None and not (hold.state == "CAPTURED" and hold.order == event.order):
            total = event.total_minor
            total = (event.paid_minor or 0) + hold.discount if total is None else total
            answer = customer.purse.capture(hold, event.order, total, event.at)
            failed = None if answer == OK else answer
        if failed is not None and not event.lenient:
            return failed
        discount = 0 if hold is None else hold.discount
        order.hold, order.failed, order.content = hold, failed, content
        order.total = (
            (event.paid_minor or 0) + discount if event.total_minor is None else event.total_minor
        )
        order.paid = max(0, order.total - discount)
        order.placed = event.at if event.placed_at is None else event.placed_at
        self._earn(customer, order, event, tier)
        self._keep(order, event)
        self._settle(customer, order, event)
        return OK

    def _earn(
        self, customer: Customer, order: Order, event: told.Complete, tier: str | None
    ) -> None:
        terms = self._terms[event.merchant]
        first = not any(o.content is not None for o in customer.orders if o is not order)
        starts = max(event.at, order.placed + terms.window_seconds * SECOND)
        # Points that came in together and lapse together are one pile.
        together: dict[int | None, int] = {}
        for rule in terms.earn:
            points = earned(terms, rule, order, event.lines, tier, first=first)
            if points:
                ends = ends_at(terms, rule, starts)
                together[ends] = together.get(ends, 0) + points
        for ends, points in together.items():
            order.earned += points
            customer.purse.bring(points, event.at, starts, ends, event.order)

    def _cancel(self, customer: Customer, event: told.Cancel) -> str:
        order = self._found_order(customer, event, named=event.named)
        if isinstance(order, str):
            return order
        if order.cancelled:
            return AGAIN
        order.cancelled = True
        self._settle(customer, order, event)
        return OK

    def _give_back(self, customer: Customer, event: told.GiveBack) -> str:
        order = self._found_order(customer, event, named=event.named)
        if isinstance(order, str):
            return order
        refund = (event.amount_minor, event.lines_minor)
        if event.refund in order.refunds:
            return AGAIN if order.refunds[event.refund] == refund else "ORDER_CONFLICT"
        order.refunds[event.refund] = refund
        self._settle(customer, order, event)
        return OK

    def _found_order(self, customer: Customer, event: Any, *, named: bool) -> Order | str:  # noqa: ANN401 - the same
        """The order; where its redemption was captured alone, what was paid follows from that."""
        alone = next((h for h in customer.purse.holds if h.order == event.order), None)
        order = self._owned(event, named=named or alone is not None)
        if isinstance(order, str):
            return order
        if alone is not None and order.content is None:
            order.hold, order.total = alone, alone.order_total
            order.paid = max(0, order.total - alone.discount)
        self._keep(order, event)
        return order

    def _settle(self, customer: Customer, order: Order, event: told.Event) -> None:
        """Give back and take back what is due by all that was told."""
        if order.paid is None:
            return
        terms, purse, paid = self._terms[event.merchant], customer.purse, order.paid
        if order.hold is not None and order.failed is None:
            due = order.hold.points
            if not order.whole:
                due = floor(Fraction(due * order.back, paid)) if paid else 0
            if due > order.hold.returned:
                purse.refund(order.hold, due - order.hold.returned, terms.grace_seconds, event.at)
        kept = order.earned
        if order.whole:
            kept = 0
        elif paid:
            kept = floor(Fraction(order.earned * (paid - order.back), paid))
        claw = order.earned - kept - order.clawed
        order.clawed += claw
        claw -= purse.take_of(getattr(event, "order"), claw, event.at)  # noqa: B009 - any event of an order
        claw -= sum(points for _, points in purse.take(claw, event.at))
        if terms.owes:
            purse.debt += claw
        else:
            order.forgiven += claw


def _found(purse: Purse, event: told.Complete) -> Hold | None:
    """The redemption of an order that does not name it by its id."""
    by_cart = event.by == "cart"
    mine = [hold for hold in purse.holds if not by_cart or hold.cart == event.cart]
    captured = [hold for hold in mine if hold.order == event.order]
    held = [hold for hold in mine if by_cart and hold.state == "HELD"]
    late = [hold for hold in mine if by_cart and hold.state == "EXPIRED"]
    return next((found[-1] for found in (captured, held, late) if found), None)


def _same_redemption(order: Order, event: told.Complete, known: Hold | None) -> bool:
    taken = None if order.failed is not None else order.hold
    if event.by == "cart":
        return taken is not None and taken.cart == event.cart
    return event.by == "nothing" or known is None or order.hold is known
