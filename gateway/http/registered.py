"""Documents that clients have registered by the hash of their text, within bounds for each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from sys import getsizeof
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable

_OVERHEAD = 400
"""Bytes of an entry beside its text."""


class _Kept(NamedTuple):
    text: str
    owner: Hashable
    weight: int


@dataclass(slots=True)
class _Share:
    """What one owner has registered and still has here."""

    number: int = 0
    weight: int = 0

    def add(self, weight: int, number: int = 1) -> None:
        self.number += number
        self.weight += weight


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept; weights in bytes."""

    number: int
    weight: int

    def exceeded_by(self, share: _Share) -> bool:
        """Say whether that is too much."""
        return share.number > self.number or share.weight > self.weight


class RegisteredDocuments:
    """The texts used last, by hash. In memory of this process alone.

    An owner over its bounds loses its own oldest text, so one that registers without end takes
    nothing from the others. Over the bounds of all, what was not used for the longest time goes.
    """

    def __init__(
        self,
        total: Bounds = Bounds(1_000, 4 * 1024 * 1024),
        each: Bounds = Bounds(50, 512 * 1024),
    ) -> None:
        self._bounds = total
        self._each = each
        self._items: OrderedDict[str, _Kept] = OrderedDict()
        self._total = _Share()
        self._shares: dict[Hashable, _Share] = {}

    def __len__(self) -> int:
        return len(self._items)

    def get(self, digest: str) -> str | None:
        """Return the text with that hash, if it is here."""
        kept = self._items.get(digest)
        if kept is None:
            return None
        self._items.move_to_end(digest)
        return kept.text

    def put(self, digest: str, text: str, owner: Hashable) -> None:
        """Keep a text; its hash has been checked, and that it is valid."""
        if digest in self._items:
            return
        weight = _OVERHEAD + getsizeof(text)
        self._items[digest] = _Kept(text, owner, weight)
        own = self._shares.setdefault(owner, _Share())
        own.add(weight)
        self._total.add(weight)
        while self._each.exceeded_by(own):
            self._drop(next(key for key, kept in self._items.items() if kept.owner == owner))
        while self._bounds.exceeded_by(self._total):
            self._drop(next(iter(self._items)))

    def _drop(self, digest: str) -> None:
        kept = self._items.pop(digest)
        own = self._shares[kept.owner]
        for share in (own, self._total):
            share.add(-kept.weight, -1)
        if not own.number:
            del self._shares[kept.owner]
