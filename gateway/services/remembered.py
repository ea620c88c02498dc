"""Answers kept for a time: bounded, and never for longer than they are true."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")


class _Entry(NamedTuple, Generic[V]):
    value: V
    since: int
    until: int


class Remembered(Generic[V]):
    """Values by text key, each for its own time; the one not asked for longest makes room.

    Times are microseconds. A value is not answered before the time at which it was found either:
    a clock that steps back must not give it a longer life.
    """

    def __init__(self, size: int) -> None:
        """Keep at most `size` values."""
        self._size = size
        self._entries: OrderedDict[str, _Entry[V]] = OrderedDict()
        self.generation = 0
        """Counts the calls of `forget`; note it before a value is looked up, for `put`."""

    def get(self, key: str, now: int) -> V | None:
        """The value, or None when there is none that is good at this time."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if not entry.since <= now < entry.until:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return entry.value

    def put(self, key: str, value: V, since: int, until: int, generation: int) -> None:
        """Keep a value, unless `forget` was called since its look-up began: it may be stale."""
        if generation != self.generation or until <= since:
            return
        self._entries[key] = _Entry(value, since, until)
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def forget(self) -> None:
        """Drop everything, also what is being looked up at this moment."""
        self.generation += 1
        self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)
