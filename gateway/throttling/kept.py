"""A bounded number of buckets, of which only full ones are ever forgotten.

Forgetting the one not used for longest would help an attacker: with many keys it could push its own
throttled one out. Here a key that finds no room shares a bucket with others, so a flood of keys
costs no memory, and frees nobody.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")
Key = tuple[Hashable, ...]
"""The merchant's id, then what tells the keys of a merchant apart."""

SHARED = 1_024
"""Buckets for keys that find no room. Which one, no caller can know: Python salts its hashes."""
_LOOKED_AT = 4


class Kept(Generic[V]):
    """Values by key, of which one may be forgotten once it is idle."""

    def __init__(self, size: int, idle_at: Callable[[V], int]) -> None:
        """Keep `size` keys of their own; `idle_at` says from when on a value means nothing."""
        self._size = size
        self._idle_at = idle_at
        self._values: OrderedDict[Key, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> V | None:
        """The value of a key, as `place` has named it."""
        return self._values.get(key)

    def put(self, key: Key, value: V) -> None:
        """Keep a value under a key that `place` has named."""
        self._values[key] = value

    def place(self, key: Key, now: int) -> Key:
        """The key to use for `key`: itself where it is known or there is room, else a shared one.

        Each new key looks at a few old ones, so what is idle goes without a sweep.
        """
        values = self._values
        if key in values:
            return key
        for _ in range(min(_LOOKED_AT, len(values))):
            oldest, value = values.popitem(last=False)
            if self._idle_at(value) > now:
                values[oldest] = value
        return key if len(values) < self._size else ("shared", hash(key) % SHARED)
