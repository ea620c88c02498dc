"""Histories made up by Hypothesis, on the real stores, against the naive ledger.

Where one goes wrong, Hypothesis shrinks it to the few steps that matter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any, cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from gateway.ledger.commands import Command, IdempotencyKey, Settle, Wallet, WalletUse
from gateway.ledger.order_commands import (
    Award,
    CancelOrder,
    CompleteOrder,
    RefundOrder,
    ReviewTier,
)
from gateway.ledger.order_state import RefundEvent
from gateway.rules.earning_rules import EarningKind
from tests.ledger.oracle import MERCHANT, PROGRAMS, TERMS, Oracle, shown
from tests.ledger.shop import DAY, SECOND, Shop

SETTINGS = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
)
WAITS = st.sampled_from([1, 59, 60, 61, 600, 900, 5_000])
COINS = st.integers(1, 60)
RECENT = st.integers(0, 3)
ORDERS = st.sampled_from([None, "one", "three"])
"""One of them is the name of a cart too."""
SALES = st.sampled_from(["one", "three", "four"])
TOTALS = st.sampled_from([0, 900, 7_777, 20_000])
REFUNDS = st.sampled_from(
    [
        RefundEvent("a", 900),
        RefundEvent("b", None, 3_333),
        RefundEvent("c", 15_000),
        RefundEvent("d"),
    ]
)
AGO = st.sampled_from([None, None, 1, 364, 365])
"""Days since an order was placed."""


class Telling(RuleBasedStateMachine):
    """One customer's story, told to a ledger on a database and to the naive one."""

    def __init__(self, shop: Shop, runner: asyncio.Runner, numbers: Iterator[int]) -> None:
        super().__init__()
        self.shop, self.runner, self.customer = shop, runner, next(numbers)
        self.oracle = Oracle([self.customer])
        self.redemptions: list[int] = []
        self.sent: list[Command] = []
        runner.run(shop.add_customers([self.customer]))

    def tell(self, *commands: Command) -> None:
        """Send them at once; they are decided in their order, as the naive ledger does."""
        self.shop.now += 100  # no batch takes less

        async def send() -> list[Any]:
            return await asyncio.gather(*map(self.shop.do, commands))

        for command, outcome in zip(commands, self.runner.run(send()), strict=True):
            assert shown(outcome) == self.oracle.answer(command, self.shop.now), command
            if outcome.redemption and outcome.redemption.id not in self.redemptions:
                self.redemptions.append(outcome.redemption.id)
        self.sent += commands

    def recent(self, back: int) -> int:
        return self.redemptions[-1 - back] if back < len(self.redemptions) else 1

    @rule(seconds=WAITS)
    def wait(self, seconds: int) -> None:
        self.shop.now += seconds * SECOND

    @rule(points=COINS, starts=st.none() | WAITS, lasts=st.none() | WAITS)
    def earn(self, points: int, starts: int | None, lasts: int | None) -> None:
        available = None if starts is None else self.shop.now + starts * SECOND
        expires = None if lasts is None else (available or self.shop.now) + lasts * SECOND
        times: dict[str, Any] = {"available_from": available, "expires_at": expires}
        self.tell(self.shop.grant(points, self.customer, **times))

    @rule(minor=st.integers(1, 5_000))
    def get_credit(self, minor: int) -> None:
        self.tell(self.shop.grant(minor, self.customer, wallet=Wallet.CREDITS))

    @rule(points=COINS)
    def take_away(self, points: int) -> None:
        self.tell(self.shop.withdraw(points, self.customer))

    @rule(
        points=st.none() | COINS,
        cart=st.sampled_from(["one", "two"]),
        total=st.sampled_from([900, 5_000, 20_000]),
        wallets=st.sampled_from(list(WalletUse)),
        twice=st.booleans(),
    )
    def apply(
        self, points: int | None, cart: str, total: int, wallets: WalletUse, twice: bool
    ) -> None:
        ask: dict[str, Any] = {"cart": cart, "total": total, "wallets": wallets}
        self.tell(
            *(self.shop.apply(points, self.customer, **ask) for _ in range(2 if twice else 1))
        )

    @rule(back=RECENT, points=st.none() | COINS, total=st.sampled_from([900, 20_000]))
    def capture(self, back: int, points: int | None, total: int) -> None:
        chosen = self.recent(back)
        self.tell(self.shop.capture(chosen, self.customer, points=points, total=total))

    @rule(back=RECENT)
    def release(self, back: int) -> None:
        self.tell(self.shop.release(self.recent(back), self.customer))

    @rule(back=RECENT)
    def race(self, back: int) -> None:
        chosen = self.recent(back)
        capture = self.shop.capture(chosen, self.customer, total=20_000)
        self.tell(capture, self.shop.release(chosen, self.customer), capture)

    @rule(
        order=ORDERS,
        total=st.sampled_from([900, 5_000, 20_000]),
        wallets=st.sampled_from(list(WalletUse)),
        twice=st.booleans(),
    )
    def perform(self, order: str | None, total: int, wallets: WalletUse, twice: bool) -> None:
        ask: dict[str, Any] = {"order": order, "total": total, "wallets": wallets}
        times = range(2 if twice else 1)
        self.tell(*(self.shop.perform(self.customer, **ask) for _ in times))

    @rule(order=ORDERS)
    def revert(self, order: str | None) -> None:
        self.tell(self.shop.revert(self.customer, order=order))

    @rule(order=ORDERS)
    def race_for_an_order(self, order: str | None) -> None:
        ask: dict[str, Any] = {"order": order, "total": 20_000}
        self.tell(
            self.shop.perform(self.customer, **ask),
            self.shop.revert(self.customer, order=order),
            self.shop.perform(self.customer, **ask),
        )

    @rule(back=RECENT, points=st.none() | COINS)
    def refund(self, back: int, points: int | None) -> None:
        self.tell(self.shop.refund(self.recent(back), self.customer, points=points))

    def of(self, order: str) -> dict[str, Any]:
        """What commands of an order have in common; with a key of their own, or without."""
        number = next(self.shop.numbers)
        key = IdempotencyKey("order", f"own-{number}", "hash") if number % 4 else None
        common: dict[str, Any] = {"merchant_id": MERCHANT, "customer_id": self.customer}
        # The database is all examples' together, and an order is one customer's.
        return common | {"key": key, "order_id": f"{order}-{self.customer}", "id": number}

    @rule(
        order=SALES,
        total=TOTALS,
        back=st.none() | RECENT,
        cart=st.none() | st.sampled_from(["one", "two"]),
        ago=AGO,
        by_paid=st.booleans(),
        lenient=st.booleans(),
        twice=st.booleans(),
    )
    def complete(
        self,
        order: str,
        total: int,
        back: int | None,
        cart: str | None,
        ago: int | None,
        *,
        by_paid: bool,
        lenient: bool,
        twice: bool,
    ) -> None:
        command = CompleteOrder(
            digest=f"{total}",
            total_minor=None if by_paid else total,
            paid_minor=total if by_paid else None,
            placed_at=None if ago is None else self.shop.now - ago * DAY,
            redemption_id=None if back is None else self.recent(back),
            cart_id=cart if back is None else None,
            lenient=lenient,
            **self.of(order),
        )
        self.tell(command, *([replace(command, **self.of(order))] if twice else []))

    @rule(order=SALES, refund=REFUNDS)
    def give_back(self, order: str, refund: RefundEvent) -> None:
        self.tell(RefundOrder(refund=refund, **self.of(order)))

    @rule(order=SALES)
    def cancel(self, order: str) -> None:
        self.tell(CancelOrder(**self.of(order)))

    @rule(order=SALES, total=TOTALS, refund=REFUNDS)
    def all_at_once(self, order: str, total: int, refund: RefundEvent) -> None:
        complete = CompleteOrder(digest=f"{total}", total_minor=total, **self.of(order))
        cancel = CancelOrder(**self.of(order))
        self.tell(RefundOrder(refund=refund, **self.of(order)), complete, cancel)

    @rule(kind=st.sampled_from([EarningKind.SIGN_UP, EarningKind.BIRTHDAY]))
    def reward(self, kind: EarningKind) -> None:
        common = self.shop.common(self.customer, None)
        self.tell(Award(kind=kind, occasion=f"{kind.value}", **common))

    @rule(days=st.sampled_from([0, 1, 364]))
    def look_at_the_tier(self, days: int) -> None:
        self.shop.now += days * DAY
        self.tell(ReviewTier(merchant_id=MERCHANT, customer_id=self.customer))

    @rule(back=RECENT)
    def repeat(self, back: int) -> None:
        if back < len(self.sent):
            self.tell(self.sent[-1 - back])

    @rule(version=st.integers(1, 4))
    def edit_the_program(self, version: int) -> None:
        self.runner.run(self.shop.make_current(10 + version))
        self.oracle.terms = TERMS[version - 1]

    def teardown(self) -> None:
        self.tell(Settle(merchant_id=MERCHANT, customer_id=self.customer))
        assert self.runner.run(self.stored()) == self.expected()

    async def stored(self) -> tuple[Any, ...]:
        """Days, tier and open lots, as the database has them."""
        days = await self.shop.sql(
            "SELECT day, spent_minor, earned_points, orders FROM customer_day"
            " WHERE customer_id = $1 ORDER BY day",
            self.customer,
        )
        tier = await self.shop.sql("SELECT tier FROM customer WHERE id = $1", self.customer)
        lots = await self.shop.sql(
            "SELECT wallet, expires_at, pending, available, held FROM lot"
            " WHERE customer_id = $1 AND open ORDER BY wallet, expires_at IS NULL, 2, 3, 4, 5",
            self.customer,
        )
        return days, tier, [(w, *figures) for w, *figures in lots]

    def expected(self) -> tuple[Any, ...]:
        naive = self.oracle.customers[self.customer]
        wallets = ("COINS", "CREDITS")
        lots = [(w, *lot) for w in wallets for lot in self.oracle.lots(self.customer, w)]
        days = [(day, *naive.days()[day]) for day in sorted(naive.days())]
        return days, [(naive.tier,)], lots


async def prepared(url: str) -> Shop:
    """A shop with the programs of the naive ledger as versions 11 to 14."""
    shop = Shop(url)
    await shop.open()
    for version, program in enumerate(PROGRAMS, 11):
        await shop.publish(replace(program, version=version))
    return shop


def test_a_made_up_history_comes_to_what_the_naive_ledger_says(shop_url: str):
    with asyncio.Runner() as runner:
        shop, numbers = runner.run(prepared(shop_url)), count(1_000)

        def machine() -> Telling:
            runner.run(shop.make_current(11))
            return Telling(shop, runner, numbers)

        try:
            run_state_machine_as_test(cast("Any", machine), settings=SETTINGS)
            assert [c for c in runner.run(shop.verified(10**9)).checks if not c.ok] == []
        finally:
            runner.run(shop.close())
