"""Who gains and who loses: how many, by how much, and who the most. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import Final

SHOWN: Final = 10
"""Customers that are named of each kind."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One customer's discounts over all days, if points are used whenever they can be."""

    size_minor: int
    """By how much they differ; the same for a gain and a loss."""
    customer_id: int
    now_minor: int
    draft_minor: int


@dataclass(slots=True)
class Changed:
    """Those who gain, or those who lose."""

    customers: int = 0
    total_minor: int = 0
    _heap: list[Change] = field(default_factory=list[Change])

    def add(self, change: Change) -> None:
        """Count one of them."""
        self.customers += 1
        self.total_minor += change.size_minor
        if len(self._heap) < SHOWN:
            heappush(self._heap, change)
        else:
            heappushpop(self._heap, change)

    @property
    def largest(self) -> list[Change]:
        """Those with the largest change, the largest first."""
        return sorted(self._heap, key=lambda each: (-each.size_minor, each.customer_id))
