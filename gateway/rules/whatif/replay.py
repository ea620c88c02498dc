"""Replays carts, customer by customer and each in the order of time. Pure.

What a customer would have spent is missing later: so each customer's balance is what was recorded,
with what was really spent on earlier carts put back, and what would have been spent taken away.
Beside what is known of each order, two things are played through: that those redeem who did, and
that everybody redeems who can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gateway.rules.facts import Cart, Shopper
from gateway.rules.whatif.contest import DRAFT, NOW, SIDES, Contest, Tried
from gateway.rules.whatif.tallies import Side, Tier
from gateway.rules.whatif.winners import Change, Changed

STEP: Final = 20
"""Carts of one customer between two pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A cart that was looked at, and what became of it."""

    cart: Cart
    """With the order's total, where it became one."""
    who: Shopper
    """With the points that could be spent then."""
    at: int
    could: bool
    """Whether points could be redeemed then."""
    ordered: bool = False
    redeemed: bool = False
    spent_points: int = 0
    """Really, on this very cart, less what was given back."""
    saved_minor: int = 0
    """Really, by points."""


@dataclass(slots=True)
class _Purse:
    """What a customer has spent so far: really, and in each of the plays."""

    really: int = 0
    redeeming: list[int] = field(default_factory=lambda: [0, 0])
    everybody: list[int] = field(default_factory=lambda: [0, 0])
    saved: list[int] = field(default_factory=lambda: [0, 0])

    def left(self, recorded: int, spent: int) -> int:
        return max(0, recorded + self.really - spent)


@dataclass(slots=True)
class Replay:
    """Takes in customers one after the other; its counts are there at any time."""

    contest: Contest
    carts: int = 0
    customers: int = 0
    orders: int = 0
    order_total_minor: int = 0
    able_orders: int = 0
    """Orders on which points could be redeemed when they were placed."""
    redeemed_orders: int = 0
    saved_minor: int = 0
    lineless: int = 0
    """Carts without lines, where a rule names goods."""
    sides: tuple[Side, Side] = field(default_factory=lambda: (Side(), Side()))
    tiers: defaultdict[str | None, Tier] = field(default_factory=lambda: defaultdict(Tier))
    gainers: Changed = field(default_factory=Changed)
    losers: Changed = field(default_factory=Changed)
    _names_goods: bool = False

    def __post_init__(self) -> None:
        """Look once whether lines matter."""
        self._names_goods = self.contest.names_goods

    def customer(self, customer_id: int, visits: Iterable[Visit]) -> Iterator[None]:
        """Replay the carts of one customer, the oldest first. Whoever iterates may pause."""
        purse, tiers = _Purse(), set[str | None]()
        ordered = sorted(visits, key=lambda each: (each.at, each.cart.id))
        for number, visit in enumerate(ordered):
            if number and not number % STEP:
                yield
            self._visit(visit, purse)
            tiers.add(visit.who.tier)
        self.customers += 1
        for tier in tiers:
            self.tiers[tier].customers += 1
        now, draft = purse.saved
        if draft != now:
            change = Change(abs(draft - now), customer_id, now, draft)
            (self.gainers if draft > now else self.losers).add(change)
        yield

    def _visit(self, visit: Visit, purse: _Purse) -> None:
        self.carts += 1
        self.lineless += self._names_goods and not visit.cart.lines
        tried = Tried(self.contest, visit.cart, visit.who, visit.at)
        for side in SIDES:
            answer = tried.answer(side, visit.who.available)
            self.sides[side].look(answer, self.contest.draft_id)
        if visit.ordered:
            self._order(visit, tried, purse)

    def _order(self, visit: Visit, tried: Tried, purse: _Purse) -> None:
        total, redeemed = visit.cart.total_minor, visit.redeemed
        self.orders += 1
        self.order_total_minor += total
        self.able_orders += visit.could or redeemed
        self.redeemed_orders += redeemed
        self.saved_minor += visit.saved_minor
        tier = self.tiers[visit.who.tier]
        tier.orders += 1
        for side in (NOW, DRAFT):
            spents = self.sides[side].spent, tier.sides[side]
            if redeemed:
                left = purse.left(visit.who.available, purse.redeeming[side])
                answer = tried.answer(side, left)
                purse.redeeming[side] += answer.points
                for spent in spents:
                    spent.least.add(answer, total)
            left = purse.left(visit.who.available, purse.everybody[side])
            answer = tried.answer(side, left)
            purse.everybody[side] += answer.points
            purse.saved[side] += answer.discount_minor
            for spent in spents:
                spent.most.add(answer, total)
                if not (visit.could or redeemed):
                    spent.newly.add(answer, total)
        purse.really += visit.spent_points
