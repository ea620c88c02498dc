"""A second, slow ledger: lists of lots and holds, written from the words of the contract.

It shares no code with the ledger. The clock is walked event by event, every figure is added up
anew from the lists, and nothing is kept that could be derived.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.ledger.naive_terms import Terms

COINS, CREDITS = "COINS", "CREDITS"
SECOND = 1_000_000
MOST_HOLDS = 20
RETRY = 60 * SECOND


class Refused(Exception):  # noqa: N818 - a refusal is not an error
    """The word for "no"."""


@dataclass(frozen=True)
class Ask:
    """What an apply asks for. `use` names the wallets; `rule`: whether the rule named is there."""

    cart: str
    total: int
    use: str
    points: int | None = None
    rule: bool = True
    hold_seconds: int | None = None


@dataclass(eq=False)
class Lot:
    wallet: str
    arrival: int
    starts: int
    ends: int | None
    pending: int = 0
    free: int = 0

    def sooner(self) -> tuple[bool, int, int]:
        return (self.ends is None, self.ends or 0, self.arrival)


@dataclass(eq=False)
class Hold:
    number: int
    cart: str
    coins: int
    credit: int
    discount: int
    total: int
    terms: Terms
    until: int
    status: str = "HELD"
    parts: list[tuple[Lot, int]] = field(default_factory=list)
    captured: list[tuple[Lot, int]] = field(default_factory=list)
    captured_discount: int = 0
    order: str | None = None
    order_total: int = 0
    paid_at: int = 0
    given_back: dict[str, int] = field(default_factory=lambda: {COINS: 0, CREDITS: 0})

    def paid(self, wallet: str) -> int:
        return sum(n for lot, n in self.captured if lot.wallet == wallet)

    def stands(self) -> bool:
        """Whether something of what an order paid with it is not given back."""
        return sum(n for _, n in self.captured) > sum(self.given_back.values())


@dataclass(eq=False)
class Customer:
    """One customer, brought up to date event by event."""

    lots: list[Lot] = field(default_factory=list)
    holds: dict[int, Hold] = field(default_factory=dict)
    debt: dict[str, int] = field(default_factory=lambda: {COINS: 0, CREDITS: 0})
    arrivals: int = 0

    # What there is

    def free(self, wallet: str) -> int:
        return sum(lot.free for lot in self.lots if lot.wallet == wallet)

    def open_holds(self) -> list[Hold]:
        return [hold for hold in self.holds.values() if hold.status == "HELD"]

    def balance(self, wallet: str) -> tuple[int, int, int, int, int | None, int]:
        held = sum(n for h in self.open_holds() for lot, n in h.parts if lot.wallet == wallet)
        pending = sum(lot.pending for lot in self.lots if lot.wallet == wallet)
        ends = [(lot.ends, lot.free) for lot in self.lots if lot.wallet == wallet and lot.free]
        soonest = min((end for end, _ in ends if end is not None), default=None)
        lapsing = sum(n for end, n in ends if end is not None and end == soonest)
        return self.free(wallet), held, pending, self.debt[wallet], soonest, lapsing

    # What time does

    def wait_until(self, now: int) -> None:
        while True:
            moments = [lot.starts for lot in self.lots if lot.pending]
            moments += [lot.ends for lot in self.lots if lot.free and lot.ends is not None]
            moments += [hold.until for hold in self.open_holds()]
            due = [moment for moment in moments if moment <= now]
            if not due:
                return
            self.happen(min(due))

    def happen(self, moment: int) -> None:
        for lot in self.lots:
            if lot.pending and lot.starts <= moment:
                lot.pending, lot.free = 0, lot.pending
                self.pay_debt(lot)
        for hold in self.open_holds():
            if hold.until <= moment:
                self.let_go(hold, "EXPIRED")
        self.lapse(moment)

    def lapse(self, now: int) -> None:
        for lot in self.lots:
            if lot.ends is not None and lot.ends <= now:
                lot.free = 0

    def pay_debt(self, lot: Lot) -> None:
        paid = min(self.debt[lot.wallet], lot.free)
        self.debt[lot.wallet] -= paid
        lot.free -= paid

    # What people do

    def let_go(self, hold: Hold, status: str) -> None:
        for lot, n in hold.parts:
            lot.free += n
        hold.parts, hold.status = [], status

    def take(self, wallet: str, n: int) -> list[tuple[Lot, int]]:
        """Take n free points, soonest expiry first."""
        taken: list[tuple[Lot, int]] = []
        for lot in sorted(self.lots, key=Lot.sooner):
            here = min(lot.free, n) if lot.wallet == wallet else 0
            if here:
                lot.free -= here
                n -= here
                taken.append((lot, here))
        assert n == 0
        return taken

    def bring(self, wallet: str, n: int, starts: int, ends: int | None, now: int) -> Lot:
        self.arrivals += 1
        lot = Lot(wallet, self.arrivals, starts, ends)
        if starts > now:
            lot.pending = n
        else:
            lot.free = n
        self.lots.append(lot)
        return lot

    def grant(self, wallet: str, n: int, starts: int | None, ends: int | None, now: int) -> None:
        begins = now if starts is None or starts < now else starts
        if ends is not None and ends <= begins:
            raise Refused("INVALID_INPUT")
        self.pay_debt(self.bring(wallet, n, begins, ends, now))

    def withdraw(self, wallet: str, n: int, terms: Terms) -> None:
        there = self.free(wallet)
        if n > there and not terms.debt_allowed:
            raise Refused("INSUFFICIENT_POINTS")
        self.take(wallet, min(n, there))
        self.debt[wallet] += max(0, n - there)

    def apply(self, number: int, ask: Ask, terms: Terms, now: int) -> Hold:
        if len([h for h in self.open_holds() if h.cart != ask.cart]) >= MOST_HOLDS:
            raise Refused("TOO_MANY_HOLDS")
        return self.reserve(number, ask, terms, now)

    def reserve(self, number: int, ask: Ask, terms: Terms, now: int) -> Hold:
        earlier = next((h for h in self.open_holds() if h.cart == ask.cart), None)
        free = {wallet: self.free(wallet) for wallet in (COINS, CREDITS)}
        for lot, n in earlier.parts if earlier else ():
            if lot.ends is None or lot.ends > now:
                free[lot.wallet] += n
        credit, coins, discount, why = chosen(free, ask, terms)
        wanted, had = (coins, free[COINS]) if COINS in ask.use else (credit, free[CREDITS])
        if ask.points is not None and wanted != ask.points:
            if why and not credit + coins:
                raise Refused(why)
            raise Refused("INSUFFICIENT_POINTS" if ask.points > had else "POINTS_NOT_ALLOWED")
        if not credit + discount:
            raise Refused(why)
        if earlier:
            self.let_go(earlier, "RELEASED")
            self.lapse(now)
        until = now + (ask.hold_seconds or terms.hold) * SECOND
        hold = Hold(number, ask.cart, coins, credit, credit + discount, ask.total, terms, until)
        hold.parts = self.take(CREDITS, credit) + self.take(COINS, coins)
        self.holds[number] = hold
        return hold

    def capture(
        self, hold: Hold, order: str, order_total: int, asked: int | None, now: int
    ) -> None:
        if hold.status in ("CAPTURED", "RELEASED"):
            raise Refused(f"ALREADY_{hold.status}")
        if any(h.order == order and h.stands() for h in self.holds.values()):
            raise Refused("ALREADY_CAPTURED")
        n = hold.coins if asked is None else asked
        discount = discount_of(hold, order_total, n)
        if hold.status == "EXPIRED":
            if n > self.free(COINS) or hold.credit > self.free(CREDITS):
                raise Refused("HOLD_EXPIRED")
            hold.parts = self.take(CREDITS, hold.credit) + self.take(COINS, n)
        left = {COINS: n, CREDITS: hold.credit}
        for lot, held in sorted(hold.parts, key=lambda part: part[0].sooner()):
            used = min(held, left[lot.wallet])
            left[lot.wallet] -= used
            lot.free += held - used
            if used:
                hold.captured.append((lot, used))
        hold.parts, hold.status = [], "CAPTURED"
        hold.order, hold.order_total, hold.paid_at = order, order_total, now
        hold.captured_discount = hold.credit + discount
        self.lapse(now)

    def perform(
        self, number: int, ask: Ask, order: str | None, terms: Terms, now: int
    ) -> tuple[Hold, bool]:
        """The order's redemption, and whether it was there before."""
        for hold in sorted(self.holds.values(), key=lambda h: (-h.paid_at, -h.number)):
            same = hold.cart == ask.cart and hold.paid_at > now - RETRY
            if hold.stands() and (same if order is None else hold.order == order):
                discount_of(hold, ask.total, hold.paid(COINS))
                return hold, True
        hold = self.reserve(number, ask, terms, now)
        self.capture(hold, order or f"one of its own {number}", ask.total, None, now)
        return hold, False

    def revert(self, order: str | None, terms: Terms, now: int) -> tuple[Hold, bool]:
        """What was taken back, and whether that was so before."""
        paid = [h for h in self.holds.values() if h.status == "CAPTURED"]
        if order is not None:
            paid = [h for h in paid if h.order == order]
            paid = [h for h in paid if h.stands()] or paid
        last = max(paid, key=lambda h: (h.paid_at, h.number), default=None)
        if last and last.stands():
            self.refund(last, None, terms, now)
            return last, False
        for hold in self.open_holds():
            if hold.cart == order:
                self.release(hold, now)
                return hold, False
        if not last:
            raise Refused("REDEMPTION_NOT_FOUND")
        return last, True

    def release(self, hold: Hold, now: int) -> None:
        if hold.status == "CAPTURED":
            raise Refused("ALREADY_CAPTURED")
        if hold.status == "HELD":
            self.let_go(hold, "RELEASED")
            self.lapse(now)

    def refund(self, hold: Hold, asked: int | None, terms: Terms, now: int) -> None:
        if hold.status != "CAPTURED":
            codes = {"HELD": "EXCEEDS_CAPTURED", "EXPIRED": "HOLD_EXPIRED"}
            raise Refused(codes.get(hold.status, "ALREADY_RELEASED"))
        back = {w: hold.paid(w) - hold.given_back[w] for w in (COINS, CREDITS)}
        if asked is not None:
            wallet = COINS if hold.paid(COINS) else CREDITS
            if asked > back[wallet]:
                raise Refused("EXCEEDS_CAPTURED")
            back = {COINS: 0, CREDITS: 0, wallet: asked}
        if not sum(back.values()):
            raise Refused("EXCEEDS_CAPTURED")
        for wallet in (CREDITS, COINS):
            self.give_back(hold, wallet, back[wallet], now + max(1, terms.grace * SECOND), now)

    def give_back(self, hold: Hold, wallet: str, n: int, grace: int, now: int) -> None:
        """Points that live longest first; those with one new expiry come back as one lot."""
        skip = hold.given_back[wallet]
        hold.given_back[wallet] += n
        fresh: dict[int | None, int] = {}
        for lot, paid in sorted(hold.captured, key=lambda part: part[0].sooner(), reverse=True):
            if lot.wallet != wallet:
                continue
            gone = min(skip, paid)
            skip -= gone
            here = min(n, paid - gone)
            n -= here
            if here:
                ends = None if lot.ends is None else max(lot.ends, grace)
                fresh[ends] = fresh.get(ends, 0) + here
        for ends, points in fresh.items():
            self.bring(wallet, points, now, ends, now)


def chosen(free: dict[str, int], ask: Ask, terms: Terms) -> tuple[int, int, int, str]:
    """Credit, coins, the coins' discount, and why nothing where there is none."""
    if not terms.enabled:
        return 0, 0, 0, "INTEGRATION_DISABLED"
    credit, why = 0, ""
    if CREDITS in ask.use:
        room = ask.total - min(terms.floor(ask.total), ask.total)
        credit = min(free[CREDITS], room)
        if not credit:
            why = "INSUFFICIENT_POINTS" if not free[CREDITS] else "MIN_PAYMENT_REQUIRED"
        if COINS not in ask.use and ask.points is not None:
            credit = min(credit, ask.points)
            why = why or "REQUEST_BELOW_STEP"
    if COINS not in ask.use:
        return credit, 0, 0, why
    if not ask.rule:
        return credit, 0, 0, "RULE_INACTIVE"
    coins, discount, why = best(terms, ask.total, credit, free[COINS], ask.points)
    return credit, coins, discount, why


def discount_of(hold: Hold, order_total: int, n: int) -> int:
    """What n of the held coins bought on the cart, if the order allows it too."""
    if n > hold.coins:
        raise Refused("EXCEEDS_HELD")
    if hold.credit > max(0, order_total - hold.terms.floor(order_total)):
        raise Refused("ORDER_TOTAL_TOO_LOW")
    if not hold.coins:
        return 0
    coins, discount, _ = best(hold.terms, hold.total, hold.credit, n, n)
    if coins != n or not n:
        raise Refused("POINTS_NOT_ALLOWED")
    _, allowed, _ = best(hold.terms, order_total, hold.credit, n, n)
    if allowed < discount:
        raise Refused("ORDER_TOTAL_TOO_LOW")
    return discount


def best(
    terms: Terms, total: int, credit: int, balance: int, asked: int | None
) -> tuple[int, int, str]:
    """Coins, discount, and the refusal where there is none: try every number of steps."""
    left = max(0, total - credit)
    if not left:
        return 0, 0, "NO_ELIGIBLE_ITEMS"
    room = max(0, left - terms.floor(total))
    bounds = {"MIN_PAYMENT_REQUIRED": room, "NO_ELIGIBLE_ITEMS": left}
    if terms.maximum_discount is not None:
        bounds = {"MAX_DISCOUNT_REACHED": terms.maximum_discount, **bounds}
    smallest = 1
    while smallest * terms.points < terms.minimum_points:
        smallest += 1
    steps = most = min(balance, balance if asked is None else asked) // terms.points
    while steps and any(steps * terms.discount > bound for bound in bounds.values()):
        steps -= 1
    if steps >= smallest:
        return steps * terms.points, steps * terms.discount, ""
    if smallest * terms.points > balance:
        return 0, 0, "INSUFFICIENT_POINTS"
    hit = {name: n // terms.discount for name, n in bounds.items() if n < smallest * terms.discount}
    if most < smallest:
        hit = {"REQUEST_BELOW_STEP": most, **hit}
    return 0, 0, min(hit, key=lambda name: hit[name])
