"""The ledger's front: commands go into lanes, one transaction a batch; reads into one statement.

A customer's commands meet in one lane, in the order in which they came. Only one that was set
aside, because another process holds its customer's account, may be overtaken by a later one: who
waits for an answer before sending the next command never sees that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from gateway.errors import RequestError
from gateway.ledger.coalescer import Coalescer, overloaded
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.reads import Lookup, Snapshot
from gateway.ledger.rehearsing import Rehearsal, Run
from gateway.ledger.store import Store
from gateway.ledger.store_trouble import AccountsLocked, BatchConflict, StoreUnavailable
from gateway.ledger.unknown import OwnAttempts

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Work = Callable[[Sequence[Item], int], Awaitable[list[Answer]]]
Clock = Callable[[], int]
OnCommitted = Callable[[Sequence[Command]], None]
"""Told of each batch that was written; it must be quick and must not raise."""

CONFLICT_TRIES = 20
UNAVAILABLE_TRIES = 5
FIRST_PAUSE_SECONDS = 0.05
REDIRECTIONS = 10
"""From one customer to the one it was merged into, which may be merged itself meanwhile."""


class Ledger:
    """Where services hand their commands in. One per process and event loop."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        max_batch: int = 256,
        max_queue: int = 4096,
        on_committed: OnCommitted | None = None,
    ) -> None:
        """`clock` gives microseconds since the epoch; the store is started separately."""
        self._store = store
        self._clock = clock
        self._on_committed = on_committed
        self._lanes = [
            Coalescer[Command, Outcome](self._run, max_batch, max_queue) for _ in range(store.lanes)
        ]
        self._reads = Coalescer[Lookup, "Snapshot | None"](self._read, max_batch, max_queue)

    async def submit(self, command: Command) -> Outcome:
        """Carry the command out; durable when this returns. Raises RequestError(OVERLOADED).

        Where its customer was merged into another one, it is carried out there.
        """
        for _ in range(REDIRECTIONS):
            lane = hash((command.merchant_id, command.customer_id)) % len(self._lanes)
            outcome = await self._lanes[lane].submit(command)
            other = outcome.elsewhere
            if other is None:
                return outcome
            command = replace(command, customer_id=other.customer_id, heir_id=other.heir_id)
        raise overloaded("The customer is being merged. Try again with the same key.")

    async def read(self, lookup: Lookup) -> Snapshot | None:
        """The customer as of now, None when there is no such one."""
        return await self._reads.submit(lookup)

    async def rehearse(self, runs: Sequence[Run]) -> list[Rehearsal]:
        """What each run of commands would come to by itself, as of now; nothing is written.

        All in one reading: hand in some hundreds at most. Raises RequestError(OVERLOADED).
        """
        if not runs:
            return []
        return await self._persist(lambda: self._store.rehearse(runs, self._clock()))

    def coalescers(self) -> dict[str, Coalescer[Any, Any]]:
        """The lanes by their number, and `read`."""
        lanes = {str(number): lane for number, lane in enumerate(self._lanes)}
        return {**lanes, "read": self._reads}

    @property
    def depth(self) -> int:
        """How many commands wait for a transaction."""
        return sum(lane.depth for lane in self._lanes)

    async def drain(self) -> None:
        """Finish what is in the queues."""
        for coalescer in (*self._lanes, self._reads):
            await coalescer.drain()

    async def _run(self, commands: Sequence[Command]) -> Sequence[Outcome | Exception]:
        answers = await self._each_its_own(commands, OwnAttempts(self._store).run)
        if self._on_committed is not None:
            self._on_committed(commands)
        return answers

    async def _read(self, lookups: Sequence[Lookup]) -> Sequence[Snapshot | Exception | None]:
        return await self._each_its_own(lookups, self._store.read)

    async def _each_its_own(
        self, items: Sequence[Item], work: Work[Item, Answer]
    ) -> Sequence[Answer | Exception]:
        """Run a batch. What its trouble is not about goes through, and keeps its answer.

        Where it is not known what the trouble is about, halve the batch until the item that is to
        blame stands alone.
        """
        try:
            return await self._persist(lambda: work(items, self._clock()))
        except RequestError as error:
            return [error] * len(items)
        except AccountsLocked as locked:
            if locked.places:
                return await self._around(locked, items, work)
            fault: Exception = locked
        except Exception as error:  # noqa: BLE001 - find the item that the fault belongs to
            fault = error
        if len(items) == 1:
            return [fault]
        middle = len(items) // 2
        first = await self._each_its_own(items[:middle], work)
        return [*first, *await self._each_its_own(items[middle:], work)]

    async def _around(
        self, locked: AccountsLocked, items: Sequence[Item], work: Work[Item, Answer]
    ) -> Sequence[Answer | Exception]:
        """Run what can go on; the others are answered with `locked`, to be set aside."""
        answers: list[Answer | Exception] = [locked] * len(items)
        free = [place for place in range(len(items)) if place not in locked.places]
        if free:
            done = await self._each_its_own([items[place] for place in free], work)
            for place, answer in zip(free, done, strict=True):
                answers[place] = answer
        return answers

    async def _persist(self, attempt: Callable[[], Awaitable[Answer]]) -> Answer:
        """Try again after a clash at once, after an outage with growing pauses, then give up."""
        conflicts = outages = 0
        while True:
            try:
                return await attempt()
            except BatchConflict:
                conflicts += 1
                if conflicts == CONFLICT_TRIES:
                    raise overloaded(
                        "The ledger is contended. Try again with the same key."
                    ) from None
            except StoreUnavailable:
                outages += 1
                if outages == UNAVAILABLE_TRIES:
                    raise overloaded("The database is away. Try again with the same key.") from None
                await asyncio.sleep(FIRST_PAUSE_SECONDS * 2**outages)
