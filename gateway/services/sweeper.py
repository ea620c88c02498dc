"""Tidying by the clock: ends overdue holds, expires points, forgets what may be forgotten.

Nothing depends on it for correctness: every command settles its own customer first. It keeps what
nobody touches from lying about, and the database from growing without end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.ledger.commands import Settle
from gateway.ledger.lanes import Ledger
from gateway.ledger.store import Store

DAY_SECONDS = 86_400
MICROSECONDS = 1_000_000
BATCH = 500
PURGE_BATCH = 1_000
PURGE_BATCHES = 100
"""Of one sweep: more than a day's keys come to in a day's sweeps, at any load."""
PURGE_PAUSE_SECONDS = 0.05
"""Between two batches of a purge: those who wait for a transaction come in between."""
PURGE_AGAIN_SECONDS = 3_600
"""After a purge that failed."""


@dataclass(slots=True, eq=False)
class Sweeper:
    """A job of the workers; several processes may sweep side by side."""

    store: Store
    ledger: Ledger
    clock: Callable[[], int]
    retention_days: int
    chores: tuple[Callable[[], Awaitable[object]], ...] = ()
    """Other small things that are due as often."""
    on_failure: Callable[[Exception], None] = lambda _: None
    last_run_at: int = 0
    """When the last sweep ended well, in microseconds; 0: none has yet."""
    _purge_at: int = 0

    async def sweep(self) -> int:
        """Settle every customer for whom something is due; answers how many there were."""
        settled = 0
        while True:
            due = await self.store.due(self.clock(), BATCH)
            commands = [Settle(merchant_id=m, customer_id=c) for m, c in due]
            answers = await asyncio.gather(
                *(self.ledger.submit(command) for command in commands), return_exceptions=True
            )
            # One customer who cannot be settled must not keep all others from it.
            failed = [answer for answer in answers if isinstance(answer, Exception)]
            for error in failed:
                self.on_failure(error)
            settled += len(due) - len(failed)
            if failed or len(due) < BATCH:
                break
        for chore in self.chores:
            await chore()
        self.last_run_at = self.clock()
        await self._purge()
        return settled

    async def _purge(self) -> None:
        """Once a day, forget keys and events that are older than the retention, bit by bit."""
        now = self.clock()
        if now < self._purge_at:
            return
        self._purge_at = now + PURGE_AGAIN_SECONDS * MICROSECONDS
        before = now - self.retention_days * DAY_SECONDS * MICROSECONDS
        for _ in range(PURGE_BATCHES):
            if not await self.store.purge(before, PURGE_BATCH):
                self._purge_at = now + DAY_SECONDS * MICROSECONDS
                return
            await asyncio.sleep(PURGE_PAUSE_SECONDS)
        self._purge_at = now  # the rest comes with the next sweep, which must not be late for it
