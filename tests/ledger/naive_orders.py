"""Orders in the naive ledger, written from the words of the contract.

All that is told of an order is kept as a list, and read from its start each time: what was given
back, what is still to be returned or taken, the days, the tier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from tests.ledger.naive import COINS, CREDITS, SECOND, Customer, Hold, Lot, Refused
from tests.ledger.naive_terms import Earns, Gives, Terms

DAY = 86_400 * SECOND
MOST_REFUNDS = 200


@dataclass(frozen=True)
class Paid:
    """An order as its shop tells it: the total before points, or what was paid after them."""

    words: str
    total: int | None
    paid: int | None
    lines: tuple[tuple[str, int], ...] | None
    placed: int | None
    redemption: int | None = None
    cart: str | None = None
    lenient: bool = False


@dataclass(frozen=True)
class Returned:
    """Money, or lines by their total before points; neither: all that is left."""

    name: str
    amount: int | None = None
    lines: int | None = None


@dataclass(eq=False)
class Order:
    name: str
    told: list[Paid | Returned | str] = field(default_factory=list["Paid | Returned | str"])
    """Each once; the word for a cancellation is "cancelled"."""
    hold: Hold | None = None
    refusal: str | None = None
    discount: int = 0
    placed: int = 0
    brought: list[tuple[Lot, int]] = field(default_factory=list[tuple[Lot, int]])
    taken: int = 0
    forgiven: int = 0

    @property
    def sale(self) -> Paid | None:
        return next((told for told in self.told if isinstance(told, Paid)), None)

    @property
    def returns(self) -> list[Returned]:
        return [told for told in self.told if isinstance(told, Returned)]

    @property
    def cancelled(self) -> bool:
        return "cancelled" in self.told

    @property
    def took(self) -> Hold | None:
        return None if self.refusal else self.hold

    @property
    def total(self) -> int | None:
        if self.sale is None:
            return self.hold.order_total if self.hold else None
        return (self.sale.paid or 0) + self.discount if self.sale.total is None else self.sale.total

    @property
    def paid(self) -> int | None:
        off = self.discount if self.sale or not self.hold else self.hold.captured_discount
        return None if self.total is None else max(0, self.total - off)

    @property
    def earned(self) -> int:
        return sum(points for _, points in self.brought)

    def back(self) -> tuple[int, bool]:
        """How much of what was paid is given back, and whether that is all of the order."""
        paid, total = self.paid or 0, self.total or 0
        if self.cancelled or any(r.amount is None and r.lines is None for r in self.returns):
            return paid, True
        lines = sum(r.lines or 0 for r in self.returns)
        if not paid:
            return 0, bool(total) and lines >= total
        share = floor(Fraction(lines * paid, total))
        back = min(paid, share + sum(r.amount or 0 for r in self.returns))
        return back, back == paid

    def part(self, n: int) -> int:
        """How many of the n that it took are to be back by now."""
        back, whole = self.back()
        return n if whole else floor(n * Fraction(back, self.paid)) if self.paid else 0

    def kept(self) -> int:
        """How many of what it brought are still earned."""
        back, whole = self.back()
        if whole:
            return 0
        return floor(self.earned * (1 - Fraction(back, self.paid))) if self.paid else self.earned


class Buyer(Customer):
    """A customer with orders."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: dict[str, Order] = {}
        self.tier: str | None = None
        self.rewards: set[str] = set()

    # What the orders come to

    def days(self) -> dict[int, tuple[int, int, int]]:
        """Spent, earned and how many, by the day they were placed."""
        found: dict[int, tuple[int, int, int]] = {}
        for order in self.orders.values():
            if order.sale:
                spent = (order.paid or 0) - order.back()[0]
                was = found.get(order.placed // DAY, (0, 0, 0))
                found[order.placed // DAY] = (
                    was[0] + spent,
                    was[1] + order.earned - order.taken,
                    was[2] + 1,
                )
        return found

    def review(self, earns: Earns, now: int) -> None:
        """The tier that is reached now; without tiers it stays what it is."""
        if earns.tiers:
            self.tier = self.reached(earns, now // DAY)

    def falls_at(self, earns: Earns, now: int) -> int | None:
        """The first midnight after which the tier is a lower one, if nothing more is told."""
        if not earns.tiers:
            return None
        names = [None, *(name for name, _, _ in earns.tiers)]
        today = now // DAY
        place = names.index(self.reached(earns, today))
        later = range(today + 1, today + 367)
        lower = (day for day in later if names.index(self.reached(earns, day, today)) < place)
        day = next(lower, None)
        return None if day is None else day * DAY

    def reached(self, earns: Earns, today: int, known: int | None = None) -> str | None:
        """Today and the 364 days before it count, up to the day that is `known`."""
        last = today if known is None else known
        year = [d for day, d in self.days().items() if today - 365 < day <= last]
        counted = sum(d[0] if earns.by_spend else d[1] for d in year)
        reached = [name for name, threshold, _ in earns.tiers if counted >= threshold]
        return reached[-1] if reached else None

    # What is told

    def complete(
        self, name: str, sale: Paid, terms: Terms, now: int
    ) -> tuple[Hold | None, bool, Order]:
        order = self.orders.get(name) or Order(name)
        if order.sale:
            return order.took, self.same(order, sale), order
        self.review(terms.earns, now)
        hold, refusal = self.redeem(name, sale, now)
        order.hold, order.refusal = hold, refusal
        if hold:
            order.discount = hold.discount if refusal else hold.captured_discount
        first = not any(other.sale for other in self.orders.values())
        order.placed = now if sale.placed is None else sale.placed
        order.told.append(sale)
        self.orders[name] = order
        self.earn(order, terms.earns, now, first=first)
        self.balance_out(order, terms, now)
        return order.took, False, order

    def same(self, order: Order, sale: Paid) -> bool:
        """Whether it is told as before; a lenient shop does not mind."""
        assert order.sale
        same = order.sale.words == sale.words
        if sale.redemption is not None:
            same = same and order.hold is not None and order.hold.number == sale.redemption
        if sale.cart is not None:
            same = same and order.took is not None and order.took.cart == sale.cart
        if not same and not sale.lenient:
            raise Refused("ORDER_CONFLICT")
        return True

    def redeem(self, name: str, sale: Paid, now: int) -> tuple[Hold | None, str | None]:
        """What the order takes, captured; or what it would have taken, and why it did not."""
        asked = sale.redemption is not None or sale.cart is not None
        hold = None
        try:
            hold = self.named(sale.redemption, sale.cart, name)
            if hold.order != name:
                total = (sale.paid or 0) + hold.discount if sale.total is None else sale.total
                self.capture(hold, name, total, None, now)
        except Refused as refused:
            if asked and not sale.lenient:
                raise
            alone = self.captured_for(name)
            return (alone, None) if alone or not asked else (hold, str(refused))
        return hold, None

    def named(self, number: int | None, cart: str | None, order: str) -> Hold:
        """By its id; else what the order took, what the cart holds, or held last."""
        if number is not None:
            if number not in self.holds:
                raise Refused("REDEMPTION_NOT_FOUND")
            return self.holds[number]
        mine = [h for h in self.holds.values() if cart is None or h.cart == cart]
        choices = [[h for h in mine if h.order == order]]
        if cart is not None:
            choices += [[h for h in mine if h.status == s] for s in ("HELD", "EXPIRED")]
        for some in choices:
            if some:
                return max(some, key=lambda h: (h.stands(), h.number))
        raise Refused("REDEMPTION_NOT_FOUND")

    def captured_for(self, order: str) -> Hold | None:
        paid = [h for h in self.holds.values() if h.order == order]
        return max(paid, key=lambda h: (h.stands(), h.number), default=None)

    def give_up(
        self, name: str, what: Returned | str, terms: Terms, now: int
    ) -> tuple[Hold | None, bool, Order]:
        """A refund or a cancellation, whether or not the order is told yet."""
        order = self.orders.get(name) or Order(name)
        again = what in order.told
        if isinstance(what, Returned) and not again:
            if any(r.name == what.name for r in order.returns):
                raise Refused("ORDER_CONFLICT")
            if len(order.returns) >= MOST_REFUNDS:
                raise Refused("TOO_MANY_REFUNDS")
        if not again:
            order.told.append(what)
        if not order.took:
            alone = self.captured_for(name)
            order.hold, order.refusal = (alone, None) if alone else (order.hold, order.refusal)
        self.orders[name] = order
        self.balance_out(order, terms, now)
        return order.took, again, order

    # What follows

    def earn(self, order: Order, earns: Earns, now: int, *, first: bool) -> None:
        starts = max(now, order.placed + earns.window * SECOND)
        lots: dict[int | None, list[int]] = {}
        for rule in earns.rules:
            points = self.points_of(rule, order, earns, first=first)
            life = earns.life if rule.life is None else rule.life
            if points:
                ends = None if life is None else starts + life * SECOND
                lots.setdefault(ends, []).append(points)
        for ends, parts in lots.items():
            lot = self.bring(COINS, sum(parts), starts, ends, now)
            order.brought += [(lot, points) for points in parts]
            self.pay_debt(lot)

    def points_of(self, rule: Gives, order: Order, earns: Earns, *, first: bool) -> int:
        sale, total, paid = order.sale, order.total or 0, order.paid or 0
        assert sale
        fitting = (
            rule.kind in {"ORDER", "CAMPAIGN"} or (rule.kind == "FIRST_ORDER" and first),
            rule.since is None or order.placed >= rule.since,
            rule.tier is None or rule.tier == self.tier,
            paid >= rule.least,
            rule.per or paid > 0,
        )
        lines = sale.lines
        if lines is None:
            covered = 0 if rule.product else total
        else:
            mine = [n for p, n in lines if rule.product in {None, p} and p != earns.excluded]
            covered = sum(mine)
        if not all(fitting) or not covered:
            return 0
        if not rule.per:
            return rule.points
        times = {name: bp for name, _, bp in earns.tiers}.get(self.tier or "", 10_000)
        multiplier = Fraction(times if rule.multiplied else 10_000, 10_000)
        spend = Fraction(paid * covered, total)
        return floor(spend * Fraction(rule.points, rule.per) * multiplier)

    def balance_out(self, order: Order, terms: Terms, now: int) -> None:
        """Return what is due, take back what is due, and look at the tier."""
        if order.paid is not None:
            self.hand_back(order, terms, now)
            self.claw(order, terms, (order.earned - order.kept()) - order.taken)
        self.review(terms.earns, now)

    def hand_back(self, order: Order, terms: Terms, now: int) -> None:
        hold = order.took
        if not hold:
            return
        for wallet in (CREDITS, COINS):
            due = order.part(hold.paid(wallet)) - hold.given_back[wallet]
            if due > 0:
                grace = now + max(1, terms.grace * SECOND)
                self.give_back(hold, wallet, due, grace, now)

    def claw(self, order: Order, terms: Terms, n: int) -> None:
        """The order's own first, pending or free; then whatever is free, soonest expiry first."""
        if n <= 0:
            return
        order.taken += n
        own = [lot for lot in self.lots if any(lot is brought for brought, _ in order.brought)]
        for lot in own:
            for kind in ("pending", "free"):
                here = min(n, getattr(lot, kind))
                setattr(lot, kind, getattr(lot, kind) - here)
                n -= here
        there = min(n, self.free(COINS))
        self.take(COINS, there)
        if terms.debt_allowed:
            self.debt[COINS] += n - there
        else:
            order.forgiven += n - there

    def reward(self, occasion: str, kind: str, earns: Earns, now: int) -> bool:
        """Once for good; answers whether it was given before."""
        if occasion in self.rewards:
            return True
        rules = [r for r in earns.rules if r.kind == kind]
        if not rules:
            raise Refused("RULE_INACTIVE")
        rule = max(rules, key=lambda r: r.points)
        life = earns.life if rule.life is None else rule.life
        ends = None if life is None else now + life * SECOND
        self.pay_debt(self.bring(COINS, rule.points, now, ends, now))
        self.rewards.add(occasion)
        return False
