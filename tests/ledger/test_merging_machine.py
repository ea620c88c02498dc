"""Histories made up by Hypothesis in which a guest becomes a part of an account at some point.

The naive ledger has one customer of two names from then on. Neither name must ever show less or
more than that, whatever had been held, paid with, earned or owed before, and whichever of the two
an order is told of.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any, cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from gateway.ledger.commands import Capture, Command, Perform, Refund, Release, Revert
from gateway.ledger.order_commands import CompleteOrder, OrderCommand
from tests.ledger.merging import merge
from tests.ledger.naive_merging import MergingOracle
from tests.ledger.shop import Shop
from tests.ledger.test_machine import Telling, prepared

SETTINGS = settings(
    max_examples=35,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
)


class Merging(Telling):
    """The story of a guest and an account, told to a ledger on a database and to the naive one."""

    def __init__(self, shop: Shop, runner: asyncio.Runner, numbers: Iterator[int]) -> None:
        super().__init__(shop, runner, numbers)
        self.guest, self.account = self.customer, next(numbers)
        runner.run(shop.add_customers([self.account]))
        self.merging = MergingOracle([self.guest, self.account])
        self.oracle = self.merging
        self.other_name = False
        """Whether commands of orders name the other one of the two."""
        self.made: dict[int, int] = {}
        """Under which customer each redemption was made: its id names that one for good."""

    def tell(self, *commands: Command) -> None:
        told = tuple(map(self.addressed, commands))
        first = len(self.redemptions)
        super().tell(*told)
        for number in self.redemptions[first:]:
            self.made[number] = told[0].customer_id

    def addressed(self, command: Command) -> Command:
        """As a backend names it: a redemption by its id, an order by its own number."""
        if isinstance(command, Capture | Release | Refund):
            owner = self.made.get(command.redemption_id or 0, command.customer_id)
            return replace(command, customer_id=owner)
        if isinstance(command, Perform | Revert) and "/" not in (command.order_id or ""):
            return replace(command, order_id=f"{command.order_id}/{command.customer_id}")
        if isinstance(command, CompleteOrder) and command.redemption_id in self.made:
            return replace(command, customer_id=self.made[command.redemption_id])
        if isinstance(command, OrderCommand) and self.other_name:
            other = self.guest if command.customer_id == self.account else self.account
            return replace(command, customer_id=other)
        return command

    @rule(guest=st.booleans())
    def turn_to(self, guest: bool) -> None:
        self.customer = self.guest if guest else self.account

    @rule(other=st.booleans())
    def tell_orders_of(self, other: bool) -> None:
        self.other_name = other

    @rule()
    def become_one(self) -> None:
        self.tell(merge(self.shop, self.guest, self.account))

    def teardown(self) -> None:
        # Before the merge the guest has books of its own, and none that are open after it.
        for customer in sorted({self.account, self.guest} - self.merging.heirs.keys()):
            self.customer = customer
            super().teardown()


def test_a_made_up_merge_comes_to_what_the_naive_ledger_says(shop_url: str):
    with asyncio.Runner() as runner:
        shop, numbers = runner.run(prepared(shop_url)), count(1_000)

        def machine() -> Merging:
            runner.run(shop.make_current(11))
            return Merging(shop, runner, numbers)

        try:
            run_state_machine_as_test(cast("Any", machine), settings=SETTINGS)
            # Examples wait for a year at a time, and nobody sweeps what earlier ones left held.
            assert [c for c in runner.run(shop.verified(10**10)).checks if not c.ok] == []
        finally:
            runner.run(shop.close())
