"""What the ledger needs of a database engine, and how an engine says that it failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gateway.ledger.commands import Command, Outcome
from gateway.ledger.reads import Lookup, Snapshot
from gateway.ledger.rehearsing import Rehearsal, Run


class Store(Protocol):
    """One engine: locks, loads, decides and writes a batch in one transaction."""

    lanes: int
    """How many batches may run side by side."""

    async def start(self) -> None:
        """Open the connections."""
        ...

    async def stop(self) -> None:
        """Close them."""
        ...

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """Carry the batch out durably; answers in the same order.

        Raises StoreUnavailable, BatchConflict or AccountsLocked; anything else is a fault of an
        item.
        """
        ...

    async def read(self, lookups: Sequence[Lookup], now: int) -> list[Snapshot | None]:
        """Read customers with balances as of `now`, in one statement."""
        ...

    async def rehearse(self, runs: Sequence[Run], now: int) -> list[Rehearsal]:
        """What each run would come to by itself, as of `now`. Locks and writes nothing."""
        ...

    async def due(self, now: int, limit: int) -> list[tuple[int, int]]:
        """Merchant and customer of those for whom the clock has made something due."""
        ...

    async def purge(self, before: int, limit: int) -> int:
        """Forget records and events from before that time, the oldest first; how many went.

        At most `limit` of each, in one short transaction: call it until it answers 0. An event goes
        only after it was handed over (see gateway.ledger.outbox), however old it is. The record of
        an imported file is kept for good: the same file must never count twice.
        """
        ...

    async def ping(self) -> None:
        """Raise StoreUnavailable when the database does not answer. Waits for no batch."""
        ...
