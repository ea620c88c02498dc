"""Concurrent commands coalesced into one transaction; concurrent reads into one statement.

No timer: a lane that is idle starts at once, and what arrives while a batch runs forms the next
one. The queue is bounded. A caller that goes away cancels nothing that is in the queue.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from gateway.errors import RequestCode, RequestError
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.reads import Lookup, Snapshot
from gateway.ledger.store import BatchConflict, Store, StoreUnavailable

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Run = Callable[[Sequence[Item]], Awaitable[Sequence[Answer | Exception]]]
Clock = Callable[[], int]

CONFLICT_TRIES = 20
UNAVAILABLE_TRIES = 5
FIRST_PAUSE_SECONDS = 0.05


def overloaded(reason: str) -> RequestError:
    """The answer when there is no room or no database; the caller may repeat the same key."""
    return RequestError(RequestCode.OVERLOADED, reason, retry_after_seconds=1)


class Coalescer(Generic[Item, Answer]):
    """Gathers items that wait at the same time and runs them together, one batch after another."""

    def __init__(self, run: Run[Item, Answer], max_batch: int, max_queue: int) -> None:
        """`run` answers a batch in its order, with an exception in the place of a failed item."""
        self._run = run
        self._max_batch = max_batch
        self._max_queue = max_queue
        self._queue: deque[tuple[Item, asyncio.Future[Answer]]] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def depth(self) -> int:
        """How many items wait."""
        return len(self._queue)

    async def submit(self, item: Item) -> Answer:
        """Wait for the item's answer. Raises RequestError(OVERLOADED) when the queue is full."""
        if self._closed:
            raise overloaded("The gateway is shutting down. Try again with the same key.")
        if len(self._queue) >= self._max_queue:
            raise overloaded("Too many requests are waiting. Try again with the same key.")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.append((item, future))
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        return await future

    async def drain(self) -> None:
        """Take nothing more, and wait until all that was taken is answered."""
        self._closed = True
        if self._worker is not None:
            await asyncio.shield(self._worker)

    async def _work(self) -> None:
        try:
            while self._queue:
                count = min(len(self._queue), self._max_batch)
                batch = [self._queue.popleft() for _ in range(count)]
                answers = await self._answers([item for item, _ in batch])
                for (_, future), answer in zip(batch, answers, strict=True):
                    if future.done():  # the caller went away; what was decided stands
                        continue
                    if isinstance(answer, Exception):
                        future.set_exception(answer)
                    else:
                        future.set_result(answer)
        finally:
            self._worker = None  # whatever ended this worker, the next item starts another

    async def _answers(self, items: Sequence[Item]) -> Sequence[Answer | Exception]:
        try:
            return await self._run(items)
        except Exception as error:  # noqa: BLE001 - a lane must outlive any fault of a batch
            return [error] * len(items)


class Ledger:
    """Where services hand their commands in. One per process and event loop."""

    def __init__(
        self, store: Store, clock: Clock, *, max_batch: int = 256, max_queue: int = 4096
    ) -> None:
        """`clock` gives microseconds since the epoch; the store is started separately."""
        self._store = store
        self._clock = clock
        self._lanes = [
            Coalescer[Command, Outcome](self._run, max_batch, max_queue) for _ in range(store.lanes)
        ]
        self._reads = Coalescer[Lookup, "Snapshot | None"](self._read, max_batch, max_queue)

    async def submit(self, command: Command) -> Outcome:
        """Carry the command out; durable when this returns. Raises RequestError(OVERLOADED)."""
        lane = hash((command.merchant_id, command.customer_id)) % len(self._lanes)
        return await self._lanes[lane].submit(command)

    async def read(self, lookup: Lookup) -> Snapshot | None:
        """The customer as of now, None when there is no such one."""
        return await self._reads.submit(lookup)

    @property
    def depth(self) -> int:
        """How many commands wait for a transaction."""
        return sum(lane.depth for lane in self._lanes)

    async def drain(self) -> None:
        """Finish what is in the queues."""
        for coalescer in (*self._lanes, self._reads):
            await coalescer.drain()

    async def _run(self, commands: Sequence[Command]) -> Sequence[Outcome | Exception]:
        return await self._each_its_own(commands, self._store.run)

    async def _read(self, lookups: Sequence[Lookup]) -> Sequence[Snapshot | Exception | None]:
        return await self._each_its_own(lookups, self._store.read)

    async def _each_its_own(
        self, items: Sequence[Item], work: Callable[[Sequence[Item], int], Awaitable[list[Answer]]]
    ) -> Sequence[Answer | Exception]:
        """Run a batch; where it fails, halve it until the item that is to blame stands alone."""
        try:
            return await self._persist(lambda: work(items, self._clock()))
        except RequestError:
            raise
        except Exception as fault:  # noqa: BLE001 - find the item that the fault belongs to
            if len(items) == 1:
                return [fault]
            middle = len(items) // 2
            first = await self._each_its_own(items[:middle], work)
            return [*first, *await self._each_its_own(items[middle:], work)]

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
