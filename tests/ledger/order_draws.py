"""Random commands about orders, for the histories of `tests.ledger.histories`."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any, Protocol

from gateway.ledger.commands import Command
from gateway.ledger.order_commands import (
    Award,
    CancelOrder,
    CompleteOrder,
    RefundOrder,
    ReviewTier,
)
from gateway.ledger.order_state import RefundEvent
from gateway.rules.earning_rules import EarningKind
from gateway.rules.facts import CartLine
from tests.ledger.naive_merging import MergingOracle
from tests.ledger.naive_orders import DAY

TOTALS = (0, 90, 2_500, 7_777, 20_000, 20_000, 33_333)
PLACED = (-1, -1, -3, -200, -363, -364, -365, -400, 1)
"""Days from now."""


class Teller(Protocol):
    """What a history knows when a command is drawn."""

    random: Random
    oracle: MergingOracle
    now: int
    next_id: int
    made: dict[int, int]

    def common(self, customer: int) -> dict[str, Any]:
        """Whose command it is, with a key of its own."""
        ...

    def some_order(self, customer: int) -> str:
        """An order that other commands name as well."""
        ...

    def some_cart(self, customer: int) -> str:
        """A cart that other commands name as well."""
        ...

    def one_name(self, customer: int) -> int:
        """One of all the names of whoever that customer is now."""
        ...

    def within_reach(self, order_id: str, redemption_id: int) -> bool:
        """Whether the one is at hand where the other is."""
        ...


def draw_about_an_order(tale: Teller) -> Command:
    """Of few orders at a time, and mostly for the customer whose it is."""
    random = tale.random
    anyone = random.choice(list(tale.oracle.customers))
    name = f"sale-{tale.next_id // 25}-{random.randrange(3)}"
    name = tale.some_order(anyone) if random.random() < 0.25 else name
    owner = tale.oracle.owner(name)
    customer = tale.one_name(anyone if owner is None else owner)
    if owner is not None and random.random() < 0.05:
        customer = random.choice(list(tale.oracle.customers))
    common = tale.common(customer)
    if random.random() < 0.15:
        common["key"] = None
    tale.next_id += 1
    about: dict[str, Any] = common | {"order_id": name, "id": tale.next_id}
    choice = random.random()
    if choice < 0.05:
        return ReviewTier(merchant_id=common["merchant_id"], customer_id=customer)
    if choice < 0.12:
        kind = random.choice((EarningKind.SIGN_UP, EarningKind.BIRTHDAY))
        return Award(kind=kind, occasion=f"{kind.value}:{random.randrange(3)}", **common)
    if choice < 0.22:
        return CancelOrder(**about)
    if choice < 0.5:
        return RefundOrder(refund=some_refund(random), **about)
    return of_its_redemption(tale, some_sale(tale, about))


def of_its_redemption(tale: Teller, sale: CompleteOrder) -> CompleteOrder:
    """A redemption's id names the customer under whom it was made."""
    number = sale.redemption_id or 0
    if not tale.within_reach(sale.order_id, number):
        return replace(sale, redemption_id=None)
    return replace(sale, customer_id=tale.made.get(number, sale.customer_id))


def some_refund(random: Random) -> RefundEvent:
    """Few names, so that some come again with other content."""
    amount = random.choice((None, 1, 500, 3_333, 40_000))
    lines = random.choice((None, 1, 777, 10_000)) if amount is None else None
    return RefundEvent(f"back-{random.randrange(6)}", amount, lines)


def some_sale(tale: Teller, about: dict[str, Any]) -> CompleteOrder:
    """With one of the customer's holds, or a cart, or nothing to redeem."""
    random, total = tale.random, tale.random.choice(TOTALS)
    holds = list(tale.oracle.customers[about["customer_id"]].holds.values())[-3:]
    redemption = cart = None
    draw = random.random()
    if holds and draw < 0.4:
        redemption = random.choice(holds).number
    elif draw < 0.55:
        cart = tale.some_cart(about["customer_id"])
    elif draw < 0.57:
        redemption = 1
    lines = random.choice((None, None, (), some_lines(random, total)))
    by_paid = random.random() < 0.3
    return CompleteOrder(
        digest=f"{total} {by_paid}" if random.random() < 0.2 else "as ever",
        total_minor=None if by_paid else total,
        paid_minor=total if by_paid else None,
        lines=lines,
        placed_at=tale.now + random.choice(PLACED) * DAY if random.random() < 0.4 else None,
        redemption_id=redemption,
        cart_id=cart,
        lenient=random.random() < 0.4,
        **about,
    )


def some_lines(random: Random, total: int) -> tuple[CartLine, ...]:
    """Lines of at most the total; gifts never earn."""
    parts = sorted(random.randint(0, total) for _ in range(2))
    amounts = (parts[0], parts[1] - parts[0], total - parts[1])
    names = ("shirt", "gift", "mug")
    return tuple(CartLine(name, n) for name, n in zip(names, amounts, strict=True) if n)
