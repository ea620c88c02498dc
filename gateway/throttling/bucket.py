"""A token bucket as one integer: the time at which it would be full again (GCRA).

Times here are nanoseconds, so that a rate of many units a second still has a whole interval.
Nothing is refilled: a bucket fills by the passing of time, and one that is full is no bucket at
all, so it may be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

SECOND = 1_000_000_000
MICROSECOND = 1_000
HOUR_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Rate:
    """`units` come back in `seconds`, evenly, and at most `burst` are there. All are at least 1."""

    units: int
    burst: int
    seconds: int = 1
    interval: int = field(init=False, compare=False, repr=False)
    """Nanoseconds in which one unit comes back: rounded up, by less than 1 in 10,000."""
    span: int = field(init=False, compare=False, repr=False)
    """Nanoseconds in which an empty bucket becomes full."""

    def __post_init__(self) -> None:
        """Work out what every request needs."""
        interval = -(-self.seconds * SECOND // self.units)
        object.__setattr__(self, "interval", interval)
        object.__setattr__(self, "span", self.burst * interval)

    def __str__(self) -> str:
        return f"{self.units},{self.burst}"

    def left(self, full_at: int, now: int) -> int:
        """Units in a bucket that would be full at `full_at`."""
        return min(self.burst, max(0, now + self.span - full_at) // self.interval)


class Taken(NamedTuple):
    """What became of a wish to take units out of a bucket."""

    full_at: int
    """When the bucket will be full; unchanged where nothing was taken."""
    wait: int
    """0: taken. Else the nanoseconds after which the same wish would be granted."""


def take(rate: Rate, full_at: int, now: int, units: int) -> Taken:
    """Take all the units, or none. What is more than a full bucket takes a full one.

    A clock that has stepped back does not lock anyone out: no bucket is emptier than empty.
    """
    span = rate.span
    start = min(max(full_at, now), now + span)
    end = start + min(units, rate.burst) * rate.interval
    late = end - now - span
    return Taken(start, late) if late > 0 else Taken(end, 0)
