"""What is told of orders, in a random order and more than once; and where that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from gateway.ledger.commands import (
    Apply,
    Capture,
    Command,
    Grant,
    IdempotencyKey,
    Outcome,
    Refund,
    Release,
    Wallet,
    WalletUse,
    Withdraw,
)
from gateway.ledger.order_commands import CancelOrder, CompleteOrder, RefundOrder
from gateway.ledger.order_state import OrderState, RefundEvent
from gateway.rules.earning_rules import Earning
from gateway.rules.facts import Cart
from gateway.rules.program import ClawbackPolicy, Program
from tests.ledger.memory import MemoryStore
from tests.ledger.naive_terms import Gives
from tests.ledger.programs import PLAIN, earning_rule
from tests.ledger.shop import MERCHANT, PROGRAM, START

HELD, ORDER, TOTAL = 70, "sold", 33_333
BONUS = Gives(13, "CAMPAIGN", 7, life=4_000)
EARNING = Earning(
    rules=(earning_rule(PLAIN), earning_rule(BONUS)), expiry_seconds=None, reminder_seconds=None
)
REFUNDS = (
    RefundEvent("a", 1_111),
    RefundEvent("b", 7),
    RefundEvent("c", None, 4_321),
    RefundEvent("d", None, 5_000),
    RefundEvent("e", 12_345),
)


def program(policy: ClawbackPolicy, window: int = 0) -> Program:
    """The shop's, with earning by rules that do not look at other orders."""
    earning = replace(EARNING, return_window_seconds=window)
    return replace(PROGRAM, version=2, earning=earning, clawback_policy=policy)


@dataclass
class Told:
    """Commands with keys and ids of their own."""

    number: int = 100
    customer: int = 1
    answers: list[tuple[Command, Outcome]] = field(default_factory=list[tuple[Command, Outcome]])

    def common(self) -> dict[str, Any]:
        """Whose command it is."""
        self.number += 1
        key = IdempotencyKey("backend", f"key-{self.customer}-{self.number}", "hash")
        return {"merchant_id": MERCHANT, "customer_id": self.customer, "key": key}

    def given(self, credit: int) -> list[Command]:
        """Points and credit, of which some are held for a cart."""
        use = WalletUse.COINS_AND_CREDITS if credit else WalletUse.COINS
        common = self.common()
        hold = Apply(redemption_id=HELD, cart=Cart("cart", TOTAL), wallets=use, **common)
        points = Grant(wallet=Wallet.COINS, points=87, reason="given", **self.common())
        money = Grant(wallet=Wallet.CREDITS, points=credit, reason="given", **self.common())
        return [points, *([money] if credit else []), hold]

    def owing(self, points: int) -> Command:
        """More is taken away than there is."""
        return Withdraw(wallet=Wallet.COINS, points=points, reason="taken", **self.common())

    def complete(self, order: str = ORDER, total: int = TOTAL, **more: Any) -> Command:
        """The order is paid."""
        about = {"order_id": order, "digest": "", "total_minor": total, "id": self.number}
        return CompleteOrder(**about, **self.common(), **more)

    def cancel(self, order: str = ORDER) -> Command:
        """The order is given up."""
        return CancelOrder(order_id=order, id=self.number, **self.common())

    def refund(self, event: RefundEvent, order: str = ORDER) -> Command:
        """Some of the order is given back."""
        return RefundOrder(order_id=order, refund=event, id=self.number, **self.common())

    def redemption(self, name: str) -> Command:
        """The redemption is captured for the order, given back, or released."""
        if name == "capture":
            sale = {"order_id": ORDER, "order_total_minor": TOTAL}
            return Capture(redemption_id=HELD, **sale, **self.common())
        kind = Refund if name == "give back" else Release
        return kind(redemption_id=HELD, **self.common())

    def again(self, command: Command) -> Command:
        """The same, with another key."""
        return replace(command, key=self.common()["key"])


def arrive(told: Told, random: Random, events: Sequence[Command]) -> list[Command]:
    """Each at least once, some again at any place, and all of them once more at the end.

    So does a shop that tells again what was refused, until it is taken.
    """
    mixed = [*events, *(told.again(random.choice(events)) for _ in range(3))]
    random.shuffle(mixed)
    last = [told.again(event) for event in events for _ in range(2)]
    return [*mixed, *last[::2], *last[1::2]]


def end(told: Told, random: Random, made: Program, commands: Sequence[Command]) -> MemoryStore:
    """Run them in batches of any size; what each was answered is noted."""
    store, now, rest = MemoryStore(random, [made], [told.customer]), START, list(commands)
    while rest:
        count = random.choice((1, 1, 2, 5))
        batch, rest = rest[:count], rest[count:]
        told.answers += zip(batch, store.run(batch, now), strict=True)
        now += random.choice((1_000, 900_000))
    return store


def standing(order: OrderState) -> OrderState:
    """The order without the times and places at which it was told."""
    earnings = tuple(sorted((replace(e, lot_number=0) for e in order.earnings), key=repr))
    return replace(
        order,
        id=0,
        created_at=0,
        updated_at=0,
        placed_at=0,
        completed_at=0,
        cancelled_at=None if order.cancelled_at is None else 0,
        refunds=tuple(sorted(order.refunds, key=repr)),
        earnings=earnings,
    )
