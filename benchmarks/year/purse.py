"""A customer's points as piles of coins with dates on them. Written from the domain's words alone.

No balance is kept: what is available, held or pending is read off the piles and the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from benchmarks.year.terms import Redeem, Terms

SECOND = 1_000_000


@dataclass(slots=True, eq=False)
class Pile:
    """Points that came in together, less those that left it."""

    points: int
    starts: int
    ends: int | None
    order: str | None = None
    """The order that brought them."""
    arrived: bool = False
    """Whether they have become available, and so paid what was owed."""

    def spendable(self, now: int) -> bool:
        """Whether they can be spent."""
        return self.arrived and self.points > 0 and not self.lapsed(now)

    def lapsed(self, now: int) -> bool:
        """Whether their time is over."""
        return self.ends is not None and self.ends <= now


@dataclass(slots=True, eq=False)
class Hold:
    """A redemption: points taken from piles for a cart."""

    cart: str
    points: int
    discount: int
    until: int
    terms: Terms
    state: str = "HELD"
    order: str | None = None
    order_total: int = 0
    returned: int = 0
    parts: list[tuple[Pile, int]] = field(default_factory=list[tuple[Pile, int]])
    late: bool = False


@dataclass(slots=True, eq=False)
class Purse:
    """One customer's piles, holds and debt."""

    piles: list[Pile] = field(default_factory=list[Pile])
    holds: list[Hold] = field(default_factory=list[Hold])
    debt: int = 0

    def settle(self, now: int) -> None:
        """What time has brought: points arrive and pay what is owed, holds run out."""
        if not any(hold.state == "HELD" for hold in self.holds):
            # Nothing can come back to what is spent or over.
            self.piles = [p for p in self.piles if not p.arrived or p.spendable(now)]
        for pile in sorted(self.piles, key=lambda pile: pile.starts):
            if not pile.arrived and pile.starts <= now:
                pile.arrived = True
                self.pay(pile)
        for hold in self.holds:
            if hold.state == "HELD" and hold.until <= now:
                self.let_go(hold, "EXPIRED")

    def pay(self, pile: Pile) -> None:
        """Points that have just been earned pay what is owed first."""
        paid = min(self.debt, pile.points)
        self.debt -= paid
        pile.points -= paid

    def join(self, guest: Purse, now: int) -> None:
        """All that a guest has is this customer's from now on; what one of them owes is paid."""
        self.piles += guest.piles
        self.holds += guest.holds
        self.debt += guest.debt
        self.pay_all(now)

    def pay_all(self, now: int) -> None:
        """Pay what is owed out of all that there is."""
        self.debt -= sum(points for _, points in self.take(self.debt, now))

    def available(self, now: int) -> int:
        """What can be spent now."""
        return sum(pile.points for pile in self.piles if pile.spendable(now))

    def held(self) -> int:
        """What open redemptions hold."""
        return sum(n for hold in self.holds if hold.state == "HELD" for _, n in hold.parts)

    def pending(self) -> int:
        """What is earned and not available yet."""
        return sum(pile.points for pile in self.piles if not pile.arrived)

    def bring(
        self, points: int, now: int, starts: int, ends: int | None, order: str | None = None
    ) -> None:
        """Points come in; those that are available at once pay what is owed."""
        pile = Pile(points, starts, ends, order, arrived=starts <= now)
        self.piles.append(pile)
        if pile.arrived:
            self.pay(pile)

    def give(self, points: int, now: int, ends: int | None) -> None:
        """Points come back: they were the customer's before, so they pay no debt."""
        self.piles.append(Pile(points, now, ends, arrived=True))

    def take(self, points: int, now: int) -> list[tuple[Pile, int]]:
        """Take as many as there are, soonest to lapse first; the piles and how many of each."""
        taken: list[tuple[Pile, int]] = []
        for pile in _soonest_first([pile for pile in self.piles if pile.spendable(now)]):
            part = min(points, pile.points)
            if part:
                pile.points -= part
                points -= part
                taken.append((pile, part))
        return taken

    def take_of(self, order: str, points: int, now: int) -> int:
        """Take from what that order brought, there yet or not; how many were taken."""
        taken = 0
        for pile in self.piles:
            if pile.order == order and (not pile.arrived or pile.spendable(now)):
                part = min(points - taken, pile.points)
                pile.points -= part
                taken += part
        return taken

    def open_for(self, cart: str) -> Hold | None:
        """The redemption that holds points for the cart."""
        return next((h for h in self.holds if h.state == "HELD" and h.cart == cart), None)

    def let_go(self, hold: Hold, state: str) -> None:
        """The hold ends, and its points lie where they lay."""
        for pile, points in hold.parts:
            pile.points += points
        hold.parts, hold.state = [], state

    def apply(
        self, cart: str, total: int, asked: int | None, terms: Terms, now: int
    ) -> Hold | None:
        """Hold points for a cart; None: refused, and nothing has changed."""
        earlier = self.open_for(cart)
        lying = () if earlier is None else earlier.parts
        there = self.available(now) + sum(n for pile, n in lying if not pile.lapsed(now))
        points, discount = worth(terms, total, there, asked)
        if not points or asked not in {None, points}:
            return None
        if earlier is not None:
            self.let_go(earlier, "RELEASED")
        hold = Hold(cart, points, discount, now + terms.hold_seconds * SECOND, terms)
        hold.parts = self.take(points, now)
        self.holds.append(hold)
        return hold

    def capture(self, hold: Hold, order: str, total: int, now: int) -> str:
        """An order settles the hold; "ok", or why not."""
        if hold.state == "CAPTURED":
            return "ALREADY_CAPTURED"
        if hold.state == "RELEASED":
            return "ALREADY_RELEASED"
        if any(h.order == order and h.returned < h.points for h in self.holds):
            return "ALREADY_CAPTURED"
        if worth(hold.terms, total, hold.points, hold.points)[1] < hold.discount:
            return "ORDER_TOTAL_TOO_LOW"
        if hold.state == "EXPIRED":
            if self.available(now) < hold.points:
                return "HOLD_EXPIRED"
            hold.parts = self.take(hold.points, now)
            hold.late = True
        hold.state, hold.order, hold.order_total = "CAPTURED", order, total
        return "ok"

    def refund(self, hold: Hold, points: int, grace_seconds: int, now: int) -> None:
        """So many of the captured points are back, those that lived longest first."""
        least = now + grace_seconds * SECOND
        back = points
        left: list[tuple[Pile, int]] = []
        for pile, number in reversed(_parts_soonest_first(hold.parts)):
            part = min(back, number)
            if part:
                self.give(part, now, None if pile.ends is None else max(pile.ends, least))
            back -= part
            left.append((pile, number - part))
        hold.parts = left
        hold.returned += points


def _soonest_first(piles: list[Pile]) -> list[Pile]:
    """Endless ones last; what lapses together in the order in which it came."""
    return sorted(piles, key=lambda pile: (pile.ends is None, pile.ends or 0))


def _parts_soonest_first(parts: list[tuple[Pile, int]]) -> list[tuple[Pile, int]]:
    return sorted(parts, key=lambda part: (part[0].ends is None, part[0].ends or 0))


def worth(terms: Terms, total: int, there: int, asked: int | None) -> tuple[int, int]:
    """Points and discount on a cart, as many as may be; none: 0 and 0."""
    rule = terms.redeem
    least = max(terms.minimum_minor, -(-total * terms.minimum_bp // 10_000))
    room = max(0, total - least)
    if rule.maximum_minor is not None:
        room = min(room, rule.maximum_minor)
    room = min(room, total)
    if total < rule.minimum_cart_minor:
        return 0, 0
    spend = there if asked is None else min(there, asked)
    steps = [
        s for s in range(_most(rule) + 1) if s * rule.step <= spend and _off(rule, total, s) <= room
    ]
    best = _off(rule, total, steps[-1])
    fewest = next(s for s in steps if _off(rule, total, s) == best)
    return (fewest * rule.step, best) if best else (0, 0)


def _most(rule: Redeem) -> int:
    if rule.percent_bp:
        return (rule.maximum_bp or 10_000) // rule.percent_bp
    return (rule.maximum_minor or 0) // rule.discount_minor


def _off(rule: Redeem, total: int, steps: int) -> int:
    if rule.percent_bp:
        return floor(Fraction(total * rule.percent_bp * steps, 10_000))
    return rule.discount_minor * steps
