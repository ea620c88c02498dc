"""Items that wait at the same time are run together, one batch after another.

No timer: an idle coalescer starts at once, and what arrives while a batch runs forms the next one.
The queue is bounded. A caller that goes away cancels nothing that was taken.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gateway.errors import RequestCode, RequestError
from gateway.ledger.store_trouble import AccountsLocked

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Run = Callable[[Sequence[Item]], Awaitable[Sequence[Answer | Exception]]]

ASIDE_SECONDS = (0.05, 0.1, 0.2, 0.4, *[0.5] * 8)
"""The pauses of an item that was set aside, before each further try; about five seconds in all."""


def overloaded(reason: str) -> RequestError:
    """The answer when there is no room or no database; the caller may repeat the same key."""
    return RequestError(RequestCode.OVERLOADED, reason, retry_after_seconds=1)


@dataclass(slots=True, eq=False)
class _Waiting(Generic[Item, Answer]):
    """An item that was taken, and where its answer goes."""

    item: Item
    future: asyncio.Future[Answer]
    tries: int = 0

    def settle(self, answer: Answer | Exception) -> None:
        if self.future.done():  # the caller went away; what was decided stands
            return
        if isinstance(answer, Exception):
            self.future.set_exception(answer)
        else:
            self.future.set_result(answer)


class Coalescer(Generic[Item, Answer]):
    """Gathers items and runs them together.

    An item that is answered with `AccountsLocked` is set aside and comes back into the queue after
    a pause, while the others go on; after a few seconds it is answered OVERLOADED.
    """

    def __init__(self, run: Run[Item, Answer], max_batch: int, max_queue: int) -> None:
        """`run` answers a batch in its order, with an exception in the place of a failed item."""
        self._run = run
        self._max_batch = max_batch
        self._max_queue = max_queue
        self._queue: deque[_Waiting[Item, Answer]] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._aside: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def depth(self) -> int:
        """How many items wait, in the queue or set aside."""
        return len(self._queue) + len(self._aside)

    def around(self, wrap: Callable[[Run[Item, Answer]], Run[Item, Answer]]) -> None:
        """Put something around the running of batches, such as a watch."""
        self._run = wrap(self._run)

    async def submit(self, item: Item) -> Answer:
        """Wait for the item's answer. Raises RequestError(OVERLOADED) when the queue is full."""
        if self._closed:
            raise overloaded("The gateway is shutting down. Try again with the same key.")
        if self.depth >= self._max_queue:
            raise overloaded("Too many requests are waiting. Try again with the same key.")
        waiting = _Waiting[Item, Answer](item, asyncio.get_running_loop().create_future())
        self._enqueue(waiting)
        return await waiting.future

    async def drain(self) -> None:
        """Take nothing more, and wait until all that was taken is answered."""
        self._closed = True
        while self._worker is not None or self._aside:
            await asyncio.wait({*self._aside, *([self._worker] if self._worker else [])})

    def _enqueue(self, waiting: _Waiting[Item, Answer]) -> None:
        self._queue.append(waiting)
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._queue:
                count = min(len(self._queue), self._max_batch)
                batch = [self._queue.popleft() for _ in range(count)]
                answers = await self._answers([waiting.item for waiting in batch])
                for waiting, answer in zip(batch, answers, strict=True):
                    if isinstance(answer, AccountsLocked):
                        self._set_aside(waiting)
                    else:
                        waiting.settle(answer)
        finally:
            self._worker = None  # whatever ended this worker, the next item starts another

    async def _answers(self, items: Sequence[Item]) -> Sequence[Answer | Exception]:
        try:
            return await self._run(items)
        except Exception as error:  # noqa: BLE001 - a lane must outlive any fault of a batch
            return [error] * len(items)

    def _set_aside(self, waiting: _Waiting[Item, Answer]) -> None:
        if waiting.tries == len(ASIDE_SECONDS):
            reason = "Another process is at work on this customer. Try again with the same key."
            waiting.settle(overloaded(reason))
            return
        task = asyncio.create_task(self._come_back(waiting))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _come_back(self, waiting: _Waiting[Item, Answer]) -> None:
        await asyncio.sleep(ASIDE_SECONDS[waiting.tries])
        waiting.tries += 1
        self._enqueue(waiting)
