"""What is noted while requests are served, and written down later: checkouts, and how calls end.

Noting is a look into a dictionary. A process that dies loses what it has not written, a few
seconds' worth; figures live with that, and points are not concerned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Protocol

from gateway.services.calendar_days import day_of
from gateway.services.cart_facts import NOTHING, CartFacts
from gateway.services.counted import rows_of
from gateway.services.database import statement, transaction
from gateway.services.figure_changes import ask
from gateway.services.merchants import find_merchant
from gateway.telemetry.metrics import counter

MOST: Final = 20_000
"""Checkouts that wait; at 5,000 previews a second of as many carts, four seconds' worth."""
MOST_LINES: Final = 60_000
"""Lines of all carts that wait, some twenty megabytes; of carts beyond it no lines are kept."""
EVERY_SECONDS: Final = 3
ROWS: Final = 250
"""Of one statement."""

DROPPED: Final = counter(
    "loyalty_checkouts_seen_dropped_total",
    "Checkouts that were not written down for figures: too many waited.",
)

Cart = tuple[int, int, str]


class _Person(Protocol):
    """As erasing names somebody (`gateway.services.privacy`, which needs this module first)."""

    @property
    def merchant_id(self) -> int: ...

    @property
    def customer_ids(self) -> Collection[int]: ...


_SEEN: Final = """
    INSERT INTO checkout_seen (merchant_id, customer_id, cart_id, day, redeemable,
        available_points, total_minor, discount_minor, previews, first_at, last_at,
        tier, tags, lines)
    VALUES {rows}
    ON CONFLICT (merchant_id, customer_id, cart_id, day) DO UPDATE SET
        redeemable = checkout_seen.redeemable OR excluded.redeemable,
        available_points = excluded.available_points, total_minor = excluded.total_minor,
        discount_minor = excluded.discount_minor,
        previews = checkout_seen.previews + excluded.previews,
        first_at = CASE WHEN excluded.first_at < checkout_seen.first_at
            THEN excluded.first_at ELSE checkout_seen.first_at END,
        last_at = CASE WHEN excluded.last_at > checkout_seen.last_at
            THEN excluded.last_at ELSE checkout_seen.last_at END,
        tier = excluded.tier, tags = excluded.tags, lines = excluded.lines
"""
_CALLS: Final = """
    INSERT INTO call_count (merchant_id, day, call, done, refused, failed) VALUES {rows}
    ON CONFLICT (merchant_id, day, call) DO UPDATE SET done = call_count.done + excluded.done,
        refused = call_count.refused + excluded.refused,
        failed = call_count.failed + excluded.failed
"""


@dataclass(slots=True)
class _Look:
    """The previews of one cart since the last time."""

    redeemable: bool
    available: int
    total_minor: int
    discount_minor: int
    first_at: int
    last_at: int
    facts: CartFacts
    previews: int = 1


class Sightings:
    """Collects in memory; `flush` writes in sets."""

    def __init__(self, most: int = MOST) -> None:
        """Nothing is noted yet. At most so many checkouts wait; the oldest are dropped."""
        self._most = most
        self._zones: dict[int, str] = {}
        self._looks: dict[Cart, _Look] = {}
        self._lines = 0
        self._calls: defaultdict[tuple[int, int, str], list[int]] = defaultdict(lambda: [0, 0, 0])

    def checkout(
        self,
        cart: Cart,
        now: int,
        *,
        available: int,
        total_minor: int,
        discount_minor: int,
        facts: CartFacts = NOTHING,
    ) -> None:
        """Note a preview: merchant, customer and cart; the best that points would give."""
        look = self._looks.get(cart)
        if facts.lines or (look is not None and look.facts.lines):
            facts = self._within(facts, NOTHING if look is None else look.facts)
        if look is not None:
            look.redeemable = look.redeemable or discount_minor > 0
            look.available, look.total_minor = available, total_minor
            look.discount_minor, look.last_at, look.facts = discount_minor, now, facts
            look.previews += 1
            return
        if len(self._looks) >= self._most:
            del self._looks[next(iter(self._looks))]
            DROPPED.add()
        self._looks[cart] = _Look(
            discount_minor > 0, available, total_minor, discount_minor, now, now, facts
        )

    def _within(self, facts: CartFacts, before: CartFacts) -> CartFacts:
        """The facts, without their lines where too many wait already."""
        self._lines -= len(before.lines)
        if self._lines + len(facts.lines) > MOST_LINES:
            return facts._replace(lines=())
        self._lines += len(facts.lines)
        return facts

    async def forget(self, who: _Person) -> None:
        """Keep nothing of the carts of somebody who is erased, where they still wait."""
        people = {(who.merchant_id, customer_id) for customer_id in who.customer_ids}
        for (merchant_id, customer_id, _), look in self._looks.items():
            if (merchant_id, customer_id) in people:
                look.facts = NOTHING

    def call(self, merchant_id: int, name: str, now: int, outcome: int) -> None:
        """Note how a call ended: 0 done, 1 refused, 2 failed. Counted by the quarter of an hour."""
        self._calls[merchant_id, now // 900_000_000, name][outcome] += 1

    async def flush(self) -> int:
        """Write what was noted; what cannot be written is kept for the next time."""
        looks, calls = self._looks, self._calls
        self._looks, self._calls = {}, defaultdict(lambda: [0, 0, 0])
        self._lines = 0
        try:
            zones = {m: await self._zone(m) for m in {key[0] for key in (*looks, *calls)}}
            await _write_calls(calls, zones)
            calls.clear()
            waiting = sorted(looks)
            for at in range(0, len(waiting), ROWS):
                part = waiting[at : at + ROWS]
                await _write_looks({cart: looks[cart] for cart in part}, zones)
                for cart in part:
                    del looks[cart]
        except BaseException:
            self._keep(looks, calls)
            raise
        return len(waiting)

    async def _zone(self, merchant_id: int) -> str:
        """In which time zone the merchant's days begin; it never changes."""
        if merchant_id not in self._zones:
            found = await find_merchant(merchant_id)
            self._zones[merchant_id] = found.time_zone if found else "UTC"
        return self._zones[merchant_id]

    def _keep(self, looks: dict[Cart, _Look], calls: dict[tuple[int, int, str], list[int]]) -> None:
        for key, counts in calls.items():
            self._calls[key] = [a + b for a, b in zip(self._calls[key], counts, strict=True)]
        # What came meanwhile is newer: it stays, at the end, and the oldest go first.
        newer, self._looks = self._looks, looks
        for cart, look in newer.items():
            self._looks[cart] = look
        while len(self._looks) > self._most:
            del self._looks[next(iter(self._looks))]
            DROPPED.add()
        self._lines = sum(len(look.facts.lines) for look in self._looks.values())


async def _write_looks(looks: dict[Cart, _Look], zones: dict[int, str]) -> None:
    """One transaction: the checkouts, and that their customers' figures are to be made again."""
    values: list[Any] = []
    whose: defaultdict[int, set[int]] = defaultdict(set)
    for (merchant_id, customer_id, cart_id), look in looks.items():
        day = day_of(look.first_at, zones[merchant_id])
        values += [merchant_id, customer_id, cart_id, day, look.redeemable, look.available]
        values += [look.total_minor, look.discount_minor, look.previews]
        values += [look.first_at, look.last_at, *look.facts.texts()]
        whose[merchant_id].add(customer_id)

    async def work() -> None:
        await statement(_SEEN.format(rows=rows_of(len(looks), 14)), *values)
        for merchant_id, customers in sorted(whose.items()):
            await ask(merchant_id, list(customers), 0)

    await transaction(work)


async def _write_calls(calls: dict[tuple[int, int, str], list[int]], zones: dict[int, str]) -> None:
    counted: defaultdict[tuple[int, int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (merchant_id, quarter, name), counts in calls.items():
        key = merchant_id, day_of(quarter * 900_000_000, zones[merchant_id]), name
        counted[key] = [a + b for a, b in zip(counted[key], counts, strict=True)]
    rows = sorted(counted.items())
    for at in range(0, len(rows), ROWS):
        part = rows[at : at + ROWS]
        values = [value for key, counts in part for value in (*key, *counts)]
        await statement(_CALLS.format(rows=rows_of(len(part), 6)), *values)
