"""Stretches of days, and how they are cut into the points of a trend. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gateway.errors import bad_input
from gateway.services.calendar_days import date_of, number

LONGEST: Final = {"DAY": 400, "WEEK": 1_100, "MONTH": 3_700}
"""Days of a range: at most so many for each kind of point."""
FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2199, 12, 31)


class Granularity(StrEnum):
    """How long a point of a trend is."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included, as numbers since 1970-01-01."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    def before(self) -> Span:
        """As many days, right before."""
        return Span(self.first - self.days, self.first - 1)


def span(begins: date, ends: date, granularity: Granularity) -> Span:
    """The days from `begins` to `ends`. Raises RequestError(BAD_USER_INPUT) where too long."""
    if begins > ends:
        raise bad_input("`from` must not be after `to`.", "from")
    if begins < FIRST or ends > LAST:
        raise bad_input(f"Dates must be from {FIRST} to {LAST}.", "from")
    found, most = Span(number(begins), number(ends)), LONGEST[granularity]
    if found.days > most:
        longer = "" if granularity is Granularity.MONTH else "; take a longer granularity"
        raise bad_input(f"A range by {granularity} has at most {most} days{longer}.", "to")
    return found


def cut(whole: Span, granularity: Granularity) -> list[Span]:
    """Its points: days, weeks from Monday, months. The first and the last may be shorter."""
    found: list[Span] = []
    first = whole.first
    while first <= whole.last:
        last = min(whole.last, _last(date_of(first), granularity))
        found.append(Span(first, last))
        first = last + 1
    return found


def _last(day: date, granularity: Granularity) -> int:
    if granularity is Granularity.DAY:
        return number(day)
    if granularity is Granularity.WEEK:
        return number(day) + 6 - day.weekday()
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return number(following) - 1
