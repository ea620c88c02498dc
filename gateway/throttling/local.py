"""Buckets of one kind in the memory of one process."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from gateway.throttling.bucket import MICROSECOND, Rate, take
from gateway.throttling.kept import Kept, Key

KEYS = 10_000
"""Of a kind; each takes about 300 bytes."""


class Answer(NamedTuple):
    """Whether units were taken."""

    wait: int
    """0: taken. Else the nanoseconds after which the same wish would be granted."""
    left: int
    """Units that are left."""


class Limit(Protocol):
    """Buckets of one kind, one a key."""

    rate: Rate

    async def take(self, key: Key, units: int) -> Answer:
        """Take the units out of the key's bucket, all or none."""
        ...

    def give_back(self, key: Key, units: int) -> None:
        """Undo a `take` that was granted a moment ago."""
        ...


class LocalLimit:
    """See `Limit`. Exact: nothing is decided elsewhere."""

    def __init__(self, rate: Rate, clock: Callable[[], int], keys: int = KEYS) -> None:
        """Take the clock in microseconds, and how many keys have a bucket of their own."""
        self.rate = rate
        self._clock = clock
        self._full_at: Kept[int] = Kept(keys, lambda full_at: full_at)

    async def take(self, key: Key, units: int) -> Answer:
        """Take the units out of the key's bucket, all or none. Never waits."""
        return self.take_now(key, units)

    def take_now(self, key: Key, units: int) -> Answer:
        """The same, where there is nothing to await."""
        now = self._clock() * MICROSECOND
        place = self._full_at.place(key, now)
        full_at, wait = take(self.rate, self._full_at.get(place) or 0, now, units)
        self._full_at.put(place, full_at)
        return Answer(wait, self.rate.left(full_at, now))

    def give_back(self, key: Key, units: int) -> None:
        """Undo a `take` that was granted a moment ago."""
        place = self._full_at.place(key, self._clock() * MICROSECOND)
        full_at = self._full_at.get(place)
        if full_at is not None:
            back = min(units, self.rate.burst) * self.rate.interval
            self._full_at.put(place, full_at - back)
