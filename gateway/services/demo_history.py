"""Tells the demo's past to the gateway: as its storefront would have, on a clock that is wound on.

Everything goes through the services that serve requests, so the ledger, its journal and all figures
are what they would be had it happened.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gateway.ledger.commands import Outcome
from gateway.rules.facts import Cart
from gateway.services.customers import CustomerRef
from gateway.services.demo import CAST, DAY, Keys, Person, open_shop, settle_in
from gateway.services.demo_plan import DAYS, Ending, Hour, Visit, planned
from gateway.services.directory import Known
from gateway.services.earning_settings import EarningChange, update_earning
from gateway.services.orders import Completion, RefundFact, complete_order, refund_order
from gateway.services.previews import Wish, preview
from gateway.services.redemptions import Keyed, RedemptionRef, apply, release
from gateway.services.rollups import Rollups
from gateway.services.runtime import Runtime
from gateway.services.support_tickets import record_ticket

ZONE: Final = ZoneInfo("Asia/Kolkata")
MICROSECONDS: Final = 1_000_000
MINUTE: Final = 60 * MICROSECONDS
EARNED_LIVE_SECONDS: Final = 150 * 86_400
WELCOME: Final = ((50, 120),)
DONE, REFUSED, FAILED = 0, 1, 2
TROUBLE: Final = frozenset({37, 61})
"""Days on which one call came to nothing, for the rate of technical errors."""
NAMES: Final = ("aarav", "diya", "ishaan", "kavya", "rohan", "ananya", "vikram", "nisha", "farah")


@dataclass(slots=True)
class ToldClock:
    """What time it is in the story; the real time before it and after it."""

    real: Callable[[], int]
    at: int | None = None

    def __call__(self) -> int:
        """Microseconds since the epoch."""
        return self.real() if self.at is None else self.at


async def seed_history(runtime: Runtime, clock: ToldClock) -> Keys:
    """Make the demo's merchant as `seed_demo` does, with a past of some months that ends now.

    `clock` is the one that `runtime` goes by. All figures are summed up at the end.
    """
    now = clock.real()
    last = datetime.fromtimestamp(now / MICROSECONDS, ZONE).date()
    opened = datetime.combine(last - timedelta(DAYS - 1), datetime.min.time(), ZONE)
    first = int(opened.astimezone(UTC).timestamp()) * MICROSECONDS
    clock.at = first
    try:
        keys = await open_shop(runtime)
        lives = EarningChange(expiry_seconds=EARNED_LIVE_SECONDS)
        await update_earning(keys.merchant_id, lives, first)
        telling = _Telling(runtime, keys.merchant_id, clock)
        for hour in planned(last):
            if first + hour.day * DAY + (hour.minute + 10) * MINUTE > now:
                break
            clock.at = first + hour.day * DAY + hour.minute * MINUTE
            await telling.tell(hour)
    finally:
        clock.at = None
    await settle_in(runtime, keys.merchant_id, CAST)
    await runtime.sightings.flush()
    await Rollups(runtime).run()
    return keys


@dataclass(slots=True)
class _Telling:
    runtime: Runtime
    merchant_id: int
    clock: ToldClock
    people: list[Known] = field(default_factory=list[Known])
    due: defaultdict[int, list[tuple[str, RefundFact]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """What is given back, by day."""

    async def tell(self, hour: Hour) -> None:
        """Let these visits happen, side by side."""
        newcomers = [_newcomer(number) for number in hour.joined]
        self.people += await settle_in(self.runtime, self.merchant_id, newcomers)
        shown = await asyncio.gather(*(self._preview(v) for v in hour.visits))
        self._pass(1)
        wanting = [
            v for v, offered in zip(hour.visits, shown, strict=True) if v.likes_points and offered
        ]
        held = dict(zip(wanting, await asyncio.gather(*map(self._apply, wanting)), strict=True))
        self._pass(2)
        await asyncio.gather(*(self._end(v, held.get(v), hour.day) for v in hour.visits))
        for order, fact in self.due.pop(hour.day, ()):
            await refund_order(self.runtime, self.merchant_id, order, fact)
        await self._around(hour)

    def _pass(self, minutes: int) -> None:
        self.clock.at = self.clock() + minutes * MINUTE

    def _note(self, call: str, outcome: Outcome | None = None) -> None:
        """As the gateway notes calls when it answers them."""
        ended = DONE if outcome is None or outcome.refusal is None else REFUSED
        self.runtime.sightings.call(self.merchant_id, call, self.clock(), ended)

    async def _preview(self, visit: Visit) -> bool:
        """Whether points are offered."""
        who = CustomerRef(external_id=self.people[visit.shopper].external_id)
        seen = await preview(self.runtime, self.merchant_id, who, Wish(cart=_cart(visit)))
        self._note("redemptionPreview")
        return seen.plan is not None and seen.plan.eligible

    async def _apply(self, visit: Visit) -> int | None:
        """The redemption that holds the points."""
        outcome = await apply(
            self.runtime,
            self.merchant_id,
            self.people[visit.shopper],
            Wish(cart=_cart(visit)),
            Keyed("demo", f"cart-{visit.number}"),
        )
        self._note("applyRedemption", outcome)
        return outcome.redemption and outcome.redemption.id

    async def _end(self, visit: Visit, held: int | None, day: int) -> None:
        who = self.people[visit.shopper]
        if visit.ending is Ending.PAID:
            order = f"order-{1_001 + visit.number}"
            sale = Completion(
                order_id=order, total_minor=visit.total_minor, redemption_id=held, cart_id=None
            )
            done = await complete_order(self.runtime, self.merchant_id, who, sale)
            self._note("completeOrder", done)
            if visit.returned_percent:
                amount = visit.total_minor * visit.returned_percent // 100
                fact = RefundFact(refund_id=f"return-{order}", amount_minor=amount)
                self.due[day + visit.returned_after_days].append((order, fact))
        elif held is not None:
            which = RedemptionRef(self.merchant_id, who.id, held)
            self._note("releaseRedemption", await release(self.runtime, which, None))

    async def _around(self, hour: Hour) -> None:
        """What is told of beside the checkout."""
        now = self.clock()
        if hour.ticket:
            name = f"ticket-{hour.day}-{hour.minute}"
            await record_ticket(self.merchant_id, name, None, now, ZONE.key)
        if hour.day in TROUBLE:
            self.runtime.sightings.call(self.merchant_id, "applyRedemption", now, FAILED)


def _cart(visit: Visit) -> Cart:
    return Cart(f"cart-{1_001 + visit.number}", visit.total_minor)


def _newcomer(number: int) -> Person:
    name = NAMES[number % len(NAMES)]
    return Person(
        external_id=f"custom_website-{20_001 + number}",
        lots=WELCOME,
        phone=f"+9198200{number + 10_001:05}",
        email=f"{name}{number + 1}@mail.example",
    )
