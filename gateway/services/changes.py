"""Who waits for changes of whom: wakes those who watch a customer after a commit.

A wake says "read again" and nothing more. However many changes there were, whoever watches is woken
once and reads the latest state: a slow reader costs one flag, not a queue.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from gateway.errors import RequestCode, RequestError
from gateway.ledger.commands import Command
from gateway.ledger.loading import holders_of
from gateway.telemetry.metrics import gauge

Who = tuple[int, int]
"""Merchant and customer."""
SUBSCRIPTIONS = gauge("loyalty_subscriptions", "Subscriptions that are open.")
SLICE = 100
SLICE_PAUSE_SECONDS = 0.05


class Watch:
    """One who waits for changes of one customer. To be closed."""

    __slots__ = ("_changes", "_ended", "_woken", "who")

    def __init__(self, changes: Changes, who: Who) -> None:
        self.who = who
        self._changes = changes
        self._woken = asyncio.Event()
        self._ended = False

    async def changed(self, seconds: float) -> None:
        """Wait for a change since the last call, or so long. Raises RequestError at the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        if self._ended:
            raise RequestError(RequestCode.OVERLOADED, "The gateway is shutting down.")
        self._woken.clear()

    def wake(self) -> None:
        """There was a change, or there may have been one."""
        self._woken.set()

    def end(self) -> None:
        """Nothing more will come: the process is about to stop."""
        self._ended = True
        self._woken.set()

    def close(self) -> None:
        """Watch no longer; safe to repeat."""
        self._changes.forget(self)


class Changes:
    """All who watch in this process, and whom else to tell of a commit."""

    def __init__(self, per_customer: int = 5, most: int = 5_000) -> None:
        """Allow so many watches of one customer, and so many of all."""
        self._per_customer = per_customer
        self._most = most
        self._watching: dict[Who, set[Watch]] = {}
        self._count = 0
        self._rousing: asyncio.Task[None] | None = None
        self.closed = False
        self.tell_others: Callable[[Iterable[Who]], None] | None = None
        """Passes the customers of each commit on to other processes, where there are any."""
        self.on_first_watch: Callable[[], None] | None = None
        """Called when there is somebody again who watches here."""

    def __len__(self) -> int:
        return self._count

    def watch(self, who: Who) -> Watch:
        """Begin to watch. Raises RequestError: THROTTLED or OVERLOADED beyond the caps."""
        if self.closed or self._count >= self._most:
            raise RequestError(
                RequestCode.OVERLOADED, "Too many subscriptions are open.", retry_after_seconds=30
            )
        watches = self._watching.setdefault(who, set())
        if len(watches) >= self._per_customer:
            text = f"At most {self._per_customer} subscriptions of a customer can be open."
            raise RequestError(RequestCode.THROTTLED, text, retry_after_seconds=30)
        watch = Watch(self, who)
        watches.add(watch)
        self._count += 1
        SUBSCRIPTIONS.set(self._count)
        if self._count == 1 and self.on_first_watch is not None:
            self.on_first_watch()
        return watch

    def forget(self, watch: Watch) -> None:
        """Drop a watch."""
        watches = self._watching.get(watch.who)
        if watches is None or watch not in watches:
            return
        watches.remove(watch)
        self._count -= 1
        SUBSCRIPTIONS.set(self._count)
        if not watches:
            del self._watching[watch.who]

    def committed(self, commands: Sequence[Command]) -> None:
        """A batch of this process was written."""
        if self.tell_others is None and not self._watching:
            return
        changed = {key for command in commands for key in holders_of(command)}
        if self._watching:
            self.wake(changed)
        if self.tell_others is not None:
            self.tell_others(changed)

    def wake(self, changed: Iterable[Who]) -> None:
        """These have changed, here or in another process."""
        for who in changed:
            for watch in self._watching.get(who, ()):
                watch.wake()

    def wake_all(self) -> None:
        """Any may have changed: word of changes was lost. They are woken a few at a time."""
        if self._rousing is None or self._rousing.done():
            self._rousing = asyncio.create_task(self._rouse())

    async def _rouse(self) -> None:
        """Not all at once: their reads would fill the queue that checkouts wait in too."""
        everyone = [watch for watches in self._watching.values() for watch in watches]
        for start in range(0, len(everyone), SLICE):
            for watch in everyone[start : start + SLICE]:
                watch.wake()
            await asyncio.sleep(SLICE_PAUSE_SECONDS)

    def close(self) -> None:
        """End all watches, and take no more; safe to repeat."""
        self.closed = True
        if self._rousing is not None:
            self._rousing.cancel()
        for watches in self._watching.values():
            for watch in watches:
                watch.end()
