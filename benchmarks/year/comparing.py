"""The gateway's books beside the recomputed ones: every answer, and at checkpoints everything."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, TypeVar

from benchmarks.year.events import Event
from benchmarks.year.naive import Naive, Order
from benchmarks.year.playing import Play
from benchmarks.year.terms import DAY, START
from gateway.ledger.order_commands import ReviewTier
from gateway.ledger.reads import Lookup
from gateway.services.database import statement

MONTH: Final = 30 * DAY
QUIET: Final = DAY // 8
"""At three in the morning nothing is told."""
MOST_DIFFERENCES: Final = 20
_TOGETHER: Final = 200
"""Customers read or reviewed side by side."""
_ORDERS: Final = (
    "SELECT merchant_id, customer_id, order_id, completed_at, cancelled_at, paid_minor,"
    " refunded_minor, earned_points, clawed_points, forgiven_points, capture_refusal"
    " FROM customer_order"
)
_TIERS: Final = "SELECT merchant_id, id, tier, tier_review_at FROM customer"


T = TypeVar("T")


class DiffersError(Exception):
    """So much differs that it is pointless to go on."""


@dataclass(slots=True, eq=False)
class Comparison:
    """Plays the script to both sides, and notes what differs."""

    play: Play
    naive: Naive
    say: Callable[[str], object] = lambda _: None
    differences: list[str] = field(default_factory=list[str])
    compared: Counter[str] = field(default_factory=Counter[str])
    seconds: float = 0.0
    """How long the gateway took for all that it was told."""

    async def run(self, script: Iterable[Event]) -> None:
        """All of the script, with a checkpoint each month, and the time after it."""
        due = START + MONTH + QUIET
        last = START
        for at, moment in groupby(script, lambda event: event.at):
            while at >= due:
                await self.checkpoint(due)
                due += MONTH
            await self._moment(list(moment))
            last = at
        # What is still pending arrives, what is left lapses, and tiers fall.
        for later in (MONTH, 12 * MONTH, 24 * MONTH):
            await self.checkpoint((last // DAY) * DAY + later + QUIET)

    async def _moment(self, events: list[Event]) -> None:
        began = time.perf_counter()
        answers = await self.play.tell(events)
        self.seconds += time.perf_counter() - began
        for event, answer in zip(events, answers, strict=True):
            self._same("answers", event, answer, self.naive.tell(event))

    async def checkpoint(self, now: int) -> None:
        """Compare everything as it is read, then let the sweeper tidy, and compare it again."""
        self.play.clock.now = now
        self.say(f"day {(now - START) // DAY}: {sum(self.compared.values()):,} compared")
        await self._balances(now)
        await self.play.gateway.sweeper.sweep()
        await self._review(now)
        await self._balances(now)
        await self._orders()
        await self._tiers(now)

    async def _balances(self, now: int) -> None:
        ledger = self.play.gateway.runtime.ledger
        for people in _parts(self.naive.customers):
            lookups = [
                Lookup(
                    merchant_id=self.play.books[merchant].merchant_id,
                    customer_id=self.play.customers[merchant, number].id,
                )
                for merchant, number in people
            ]
            read = await asyncio.gather(*(ledger.read(lookup) for lookup in lookups))
            for (merchant, number), snapshot in zip(people, read, strict=True):
                coins = snapshot.coins if snapshot else None
                found = coins and (coins.available, coins.held, coins.pending, coins.debt)
                gone = (merchant, number) in self.naive.merged
                expected = (0, 0, 0, 0) if gone else self.naive.balance(merchant, number, now)
                self._same("balances", (merchant, number), found, expected)

    async def _review(self, now: int) -> None:
        """Look at the tiers whose time has come, as a worker does."""
        rows = await statement(f"{_TIERS} WHERE tier_review_at <= ?", now)
        for due in _parts(rows):
            await asyncio.gather(
                *(
                    self.play.gateway.runtime.ledger.submit(
                        ReviewTier(merchant_id=row["merchant_id"], customer_id=row["id"])
                    )
                    for row in due
                )
            )

    async def _orders(self) -> None:
        merchants = {books.merchant_id: name for name, books in self.play.books.items()}
        numbers = {(m, known.id): number for (m, number), known in self.play.customers.items()}
        found: dict[tuple[str, str], tuple[object, ...]] = {}
        for row in await statement(_ORDERS):
            merchant = merchants[row["merchant_id"]]
            number = numbers[merchant, row["customer_id"]]
            found[merchant, row["order_id"]] = _stored(row, number)
        for key in found.keys() | self.naive.orders.keys():
            order = self.naive.orders.get(key)
            self._same("orders", key, found.get(key), order and _worked_out(order))

    async def _tiers(self, now: int) -> None:
        stored = {(row["merchant_id"], row["id"]): row["tier"] for row in await statement(_TIERS)}
        for merchant, number in self.naive.customers.keys() - self.naive.merged:
            known = self.play.customers[merchant, number].id
            tier = stored[self.play.books[merchant].merchant_id, known]
            expected = self.naive.tier(merchant, number, now)
            self._same("tiers", (merchant, number), tier, expected)

    def _same(self, what: str, where: object, found: object, expected: object) -> None:
        self.compared[what] += 1
        if found == expected:
            return
        day = (self.play.clock.now - START) / DAY
        text = f"{what}, day {day:.2f}: {found!r}, but worked out {expected!r}: {where!r}"
        self.differences.append(text)
        if len(self.differences) >= MOST_DIFFERENCES:
            raise DiffersError


def _stored(row: dict[str, Any], number: int) -> tuple[object, ...]:
    return (
        number,
        row["completed_at"] is not None,
        row["cancelled_at"] is not None,
        *(row[name] for name in ("paid_minor", "refunded_minor", "earned_points")),
        *(row[name] for name in ("clawed_points", "forgiven_points", "capture_refusal")),
    )


def _worked_out(order: Order) -> tuple[object, ...]:
    return (
        order.customer,
        order.content is not None,
        order.cancelled,
        *(order.paid, order.back, order.earned),
        *(order.clawed, order.forgiven, order.failed),
    )


def _parts(items: Iterable[T]) -> Iterable[list[T]]:
    listed = list(items)
    return (listed[i : i + _TOGETHER] for i in range(0, len(listed), _TOGETHER))
