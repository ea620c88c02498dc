"""The naive ledger, with customers who become one: then there is one customer of two names."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.ledger.commands import Command
from gateway.ledger.people_commands import Merge
from tests.ledger.naive import COINS, CREDITS, Customer, Hold, Lot
from tests.ledger.oracle import Answer, Oracle


@dataclass(eq=False)
class Whole(Customer):
    """A customer that others may become a part of."""

    run_out: set[int] = field(default_factory=set[int])
    """Holds of guests that had run out before the merge: their points are not asked for again."""

    def absorb(self, guest: Whole, now: int) -> None:
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
        self.run_out |= guest.run_out
        self.run_out |= {hold.number for hold in guest.holds.values() if hold.status == "EXPIRED"}
        self.holds |= guest.holds
        for wallet in (COINS, CREDITS):
            self.debt[wallet] += guest.debt[wallet]
            for lot in sorted(self.lots, key=Lot.sooner):
                if lot.wallet == wallet:
                    self.pay_debt(lot)

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


class MergingOracle(Oracle):
    """Answers a merge as well."""

    def __init__(self, customers: list[int]) -> None:
        super().__init__(customers)
        self.customers = {customer: Whole() for customer in customers}

    def answer(self, command: Command, now: int) -> Answer:
        if not isinstance(command, Merge):
            return super().answer(command, now)
        key = command.key
        assert key is not None
        if key.key in self._answers:
            first = self._answers[key.key][1]
            return first[0], True, *first[2:]
        target, source = self.customers[command.customer_id], self.customers[command.source_id]
        assert isinstance(target, Whole)
        assert isinstance(source, Whole)
        again = target is source
        target.wait_until(now)
        if not again:
            source.wait_until(now)
            target.absorb(source, now)
            for name, customer in self.customers.items():
                if customer is source:
                    self.customers[name] = target
        answer = None, again, target.balance(COINS), target.balance(CREDITS), None
        self._answers[key.key] = command, answer
        return answer
