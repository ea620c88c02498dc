"""What the ledger needs of a database engine, and how an engine says that it failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gateway.ledger.commands import Command, Outcome
from gateway.ledger.reads import Lookup, Snapshot
from gateway.ledger.rehearsing import Rehearsal, Run


class StoreUnavailable(Exception):  # noqa: N818 - it names a state of the store
    """The database cannot be reached, or the fate of a commit is unknown: run the batch again.

    Running it again with the same keys is safe: what was committed is read back and replayed.
    """


class CommitUnknown(StoreUnavailable):
    """The connection broke within COMMIT. `outcomes` are the batch's answers, if it went in."""

    def __init__(self, reason: str, outcomes: list[Outcome]) -> None:
        super().__init__(reason)
        self.outcomes = outcomes


class AccountsLocked(Exception):  # noqa: N818 - it names a state of the store
    """Accounts of the batch are locked elsewhere for longer than a batch may wait.

    Nothing was written. `places` are those of the commands that cannot go on now; none where it is
    not known which they are.
    """

    def __init__(self, places: frozenset[int] = frozenset()) -> None:
        super().__init__(f"locked elsewhere: {len(places) or 'unknown'}")
        self.places = places


class BatchConflict(Exception):  # noqa: N818 - it names an event, and is always retried
    """Another transaction got in between (a key, an order, a deadlock).

    Nothing was written; run it again.
    """


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
