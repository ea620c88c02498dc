"""The naive ledger, with customers who become one: then there is one customer of two names."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.ledger.commands import Command, Settle
from gateway.ledger.order_commands import Award, ReviewTier
from gateway.ledger.people_commands import Merge
from tests.ledger.naive import COINS, CREDITS, Ask, Hold, Lot, Refused
from tests.ledger.naive_orders import Buyer
from tests.ledger.naive_terms import Terms
from tests.ledger.oracle import NOTHING, Answer, Done, Oracle


class Whole(Buyer):
    """A customer that others may become a part of."""

    def __init__(self) -> None:
        super().__init__()
        self.run_out: set[int] = set()
        """Holds of guests that had run out before the merge: their points are not asked for."""
        self.left: set[int] = set()
        """What guests had paid with: only who names it, or its order, means it."""

    def absorb(self, guest: Whole, terms: Terms, now: int) -> None:
        """All that is the guest's is this one's from now on."""
        for held in sorted(guest.open_holds(), key=lambda hold: hold.number):
            if any(own.cart == held.cart for own in self.open_holds()):
                guest.let_go(held, "RELEASED")
        guest.lapse(now)
        for wallet in (COINS, CREDITS):
            for lot in sorted(guest.lots, key=lambda lot: lot.arrival):
                if lot.wallet == wallet:
                    self.arrivals += 1
                    lot.arrival = self.arrivals
                    self.lots.append(lot)
        theirs = guest.holds.values()
        self.run_out |= guest.run_out | {h.number for h in theirs if h.status == "EXPIRED"}
        self.left |= guest.left | {h.number for h in theirs if h.status == "CAPTURED"}
        self.holds |= guest.holds
        self.orders |= guest.orders
        for wallet in (COINS, CREDITS):
            self.debt[wallet] += guest.debt[wallet]
            for lot in sorted(self.lots, key=Lot.sooner):
                if lot.wallet == wallet:
                    self.pay_debt(lot)
        self.review(terms.earns, now)

    def capture(
        self, hold: Hold, order: str, order_total: int, asked: int | None, now: int
    ) -> None:
        lots = self.lots
        if hold.status == "EXPIRED" and hold.number in self.run_out:
            self.lots = []
        try:
            super().capture(hold, order, order_total, asked, now)
        finally:
            self.lots = lots

    def perform(
        self, number: int, ask: Ask, order: str | None, terms: Terms, now: int
    ) -> tuple[Hold, bool]:
        with_all = self.holds
        if order is None:
            self.holds = {n: hold for n, hold in with_all.items() if n not in self.left}
        try:
            return super().perform(number, ask, order, terms, now)
        finally:
            self.holds = with_all | self.holds

    def revert(self, order: str | None, terms: Terms, now: int) -> tuple[Hold, bool]:
        with_all = self.holds
        if order is None:
            self.holds = {n: hold for n, hold in with_all.items() if n not in self.left}
        try:
            return super().revert(order, terms, now)
        finally:
            self.holds = with_all

    def named(self, number: int | None, cart: str | None, order: str) -> Hold:
        with_all = self.holds
        if number is None:
            self.holds = {n: hold for n, hold in with_all.items() if n not in self.run_out}
        try:
            return super().named(number, cart, order)
        finally:
            self.holds = with_all


class MergingOracle(Oracle):
    """Answers a merge as well."""

    def __init__(self, customers: Iterable[int]) -> None:
        super().__init__(customers)
        self.customers = {name: Whole() for name in self.customers}
        self.heirs: dict[int, int] = {}
        """Who was merged, and into whom."""

    def answer(self, command: Command, now: int) -> Answer:
        """Nothing is kept of what is refused to a name that is nobody's any more."""
        first = command.key is None or command.key.key not in self.answers
        if first and command.customer_id in self.heirs:
            if isinstance(command, Merge):
                return "ALREADY_MERGED", False, NOTHING, NOTHING, None, None
            if isinstance(command, Settle | ReviewTier):
                return None, False, NOTHING, NOTHING, None, None
            if isinstance(command, Award):
                return "CUSTOMER_NOT_FOUND", False, NOTHING, NOTHING, None, None
        return super().answer(command, now)

    def do(self, customer: Buyer, command: Command, now: int) -> Done:
        if not isinstance(command, Merge):
            return super().do(customer, command, now)
        target, source = command.customer_id, command.source_id
        if self.heirs.get(source) == target:
            return None, True, None
        if source == target:
            raise Refused("SAME_CUSTOMER")
        if source not in self.customers:
            raise Refused("CUSTOMER_NOT_FOUND")
        if source in self.heirs:
            raise Refused("ALREADY_MERGED")
        guest = self.customers[source]
        assert isinstance(customer, Whole)
        assert isinstance(guest, Whole)
        guest.wait_until(now)
        customer.absorb(guest, self.terms, now)
        for name, whose in self.customers.items():
            if whose is guest:
                self.customers[name] = customer
                self.heirs[name] = target
        return None, False, None
