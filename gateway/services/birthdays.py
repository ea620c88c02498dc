"""When a customer's birthday is: a day of the merchant's calendar. Pure, but for the zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LEAP_DAY: Final = "02-29"
_MICROSECOND: Final = timedelta(microseconds=1)


def next_birthday(birthday: str, now: int, time_zone: str) -> int:
    """When the next one begins, today's included, as microseconds since the epoch.

    Who was born on 29 February has it on the 28th where there is none.
    """
    return _next(birthday[-5:], local_day(now, time_zone), time_zone)


def later_birthday(birthday: str, now: int, time_zone: str) -> int:
    """As `next_birthday`, but after today."""
    return _next(birthday[-5:], local_day(now, time_zone) + timedelta(days=1), time_zone)


def is_birthday(birthday: str, day: date) -> bool:
    """Whether that day is one."""
    return _in_year(birthday[-5:], day.year) == day


@lru_cache(4096)
def local_day(at: int, time_zone: str) -> date:
    """The day of that moment at the merchant's place."""
    return (_EPOCH + at * _MICROSECOND).astimezone(ZoneInfo(time_zone)).date()


@lru_cache(1024)
def _next(month_day: str, today: date, time_zone: str) -> int:
    day = _in_year(month_day, today.year)
    if day < today:
        day = _in_year(month_day, today.year + 1)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone))
    return (midnight - _EPOCH) // _MICROSECOND


def _in_year(month_day: str, year: int) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month_day == _LEAP_DAY and not leap:
        month_day = "02-28"
    return date.fromisoformat(f"{year}-{month_day}")
