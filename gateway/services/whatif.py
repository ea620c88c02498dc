"""What a rule that is still being written would have done: carts of the past, replayed.

The work is done in small slices on the event loop, between which checkouts are served; where there
is other work, it steps back. It goes on only while somebody asks for the next event.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Final

from gateway.rules.program import Program, Rule
from gateway.rules.whatif.contest import contest
from gateway.rules.whatif.replay import Replay
from gateway.services.calendar_days import day_of
from gateway.services.counted import marks
from gateway.services.database import statement
from gateway.services.turns import Turns
from gateway.services.whatif_reading import CartReader
from gateway.services.whatif_window import MOST_CARTS, Window, customers_of, window

FEWEST_DAYS: Final = 7
MOST_DAYS: Final = 90
CUSTOMERS: Final = 100
"""Read at once."""
SLICE_SECONDS: Final = 0.002
"""Of the processor: another program on the machine is no reason to step back."""
BUSY_SECONDS: Final = 0.001
"""Where others of this process took more than this between two slices, the next one waits."""
STEP_BACK: Final = 3
"""Slices that are then left to others."""
EVENT_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class WhatIfAsked:
    """Which rule to try, and on how many days up to now."""

    merchant_id: int
    time_zone: str
    program: Program
    draft: Rule
    days: int
    now: int
    most_carts: int = MOST_CARTS


@dataclass(frozen=True, slots=True)
class WhatIfFound:
    """What came of it."""

    asked: WhatIfAsked
    window: Window
    replay: Replay
    names: dict[int, str]
    """The merchant's own ids of the customers that are named."""


@dataclass(frozen=True, slots=True)
class WhatIfState:
    """How far it is."""

    done: int
    total: int
    waiting: bool = False
    recorded_since: int | None = None
    """The first day of which there are carts."""
    found: WhatIfFound | None = None


class WhatIf:
    """An asynchronous iterator of states; the last one has what was found. To be closed."""

    def __init__(self, asked: WhatIfAsked, turns: Turns) -> None:
        """Nothing is read before the first state is asked for."""
        self._asked, self._turns = asked, turns
        self._replay = Replay(contest(asked.program, asked.draft))
        self._window: Window | None = None
        self._customers: Sequence[int] = ()
        self._read = 0
        self._told = self._holds = self._ended = False
        self._began = 0.0

    def __aiter__(self) -> WhatIf:
        return self

    async def __anext__(self) -> WhatIfState:
        """The next state, after a moment's work. Raises RequestError where too many wait."""
        if self._ended:
            raise StopAsyncIteration
        if not self._holds:
            if self._turns.taken and not self._told:
                self._told = True
                return WhatIfState(0, 0, waiting=True)
            await self._turns.take()
            self._holds = True
        if self._window is None:
            return await self._begin()
        return await self._go_on(self._window)

    async def aclose(self) -> None:
        """Stop; safe to repeat."""
        self._ended = True
        if self._holds:
            self._holds = False
            self._turns.give_back()

    async def _begin(self) -> WhatIfState:
        asked = self._asked
        today = day_of(asked.now, asked.time_zone)
        first = today - asked.days + 1
        found = await window(asked.merchant_id, first, today, asked.most_carts)
        self._customers = await customers_of(asked.merchant_id, found)
        self._window = found
        return self._state(found)

    async def _go_on(self, found: Window) -> WhatIfState:
        lines = self._replay.contest.names_goods
        reader = CartReader(self._asked.merchant_id, found.first_day, found.last_day, lines)
        until = perf_counter() + EVENT_SECONDS
        while self._read < len(self._customers):
            chosen = self._customers[self._read : self._read + CUSTOMERS]
            found_visits = await reader.visits(chosen)
            self._began = thread_time()
            for customer_id, visits in found_visits:
                for _ in self._replay.customer(customer_id, visits):
                    await self._breathe()
            self._read += len(chosen)
            if perf_counter() >= until and self._read < len(self._customers):
                return self._state(found)
        names = await self._names()
        await self.aclose()
        done, came = self._replay.carts, WhatIfFound(self._asked, found, self._replay, names)
        return WhatIfState(done, done, recorded_since=found.recorded_since, found=came)

    def _state(self, found: Window) -> WhatIfState:
        done = min(self._replay.carts, found.carts)
        return WhatIfState(done, found.carts, recorded_since=found.recorded_since)

    async def _breathe(self) -> None:
        """Let others come in, once a slice is used up."""
        if thread_time() - self._began < SLICE_SECONDS:
            return
        left = thread_time()
        await asyncio.sleep(0)
        if thread_time() - left > BUSY_SECONDS:
            await asyncio.sleep(SLICE_SECONDS * STEP_BACK)
        self._began = thread_time()

    async def _names(self) -> dict[int, str]:
        largest = (*self._replay.gainers.largest, *self._replay.losers.largest)
        ids = [each.customer_id for each in largest]
        if not ids:
            return {}
        sql = f"SELECT id, external_id FROM customer WHERE merchant_id = ? AND id IN {marks(len(ids))}"  # noqa: S608, E501 - places alone
        return {
            row["id"]: row["external_id"]
            for row in await statement(sql, self._asked.merchant_id, *ids)
        }
