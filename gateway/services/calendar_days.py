"""Days on a merchant's own calendar, as whole numbers since 1970-01-01. Pure.

A day is as long as its time zone makes it: 23 or 25 hours where clocks are changed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = date(1970, 1, 1).toordinal()
MICROSECONDS: Final = 1_000_000
QUARTER: Final = 900 * MICROSECONDS
"""Every time zone of today changes its date, and its clocks, at a whole quarter of an hour."""

_START: Final = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(at: int, time_zone: str) -> int:
    """The day on which an instant falls; microseconds since the epoch, UTC."""
    return _day_of_quarter(at // QUARTER, time_zone)


@lru_cache(65_536)
def _day_of_quarter(quarter: int, time_zone: str) -> int:
    moment = _START + timedelta(microseconds=quarter * QUARTER)
    return moment.astimezone(ZoneInfo(time_zone)).toordinal() - EPOCH


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - EPOCH


def date_of(day: int) -> date:
    """The day with that number."""
    return date.fromordinal(day + EPOCH)
