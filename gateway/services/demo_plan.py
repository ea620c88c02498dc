"""What came to pass in the demo's shop before today: the same each time it is asked. Pure.

Three months of a shop that grows, with busier weekends and a week of a festival, in which more and
more of those who may use points do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from random import Random
from typing import Final

DAYS: Final = 90
FIRST_SHOPPERS: Final = 36
FESTIVAL: Final = range(68, 75)
MORNING: Final = (10 * 60, 240)
EVENING: Final = (18 * 60, 240)
"""When people come, in minutes of the day: from then on, for so many minutes."""
TOGETHER: Final = 4
"""Newcomers come on every fourth day, those of four days at once."""
NEAR: Final = 75
"""From that day on they come twice a day; before, all who come meet at one time, which is quicker
to be told."""
RETURNED: Final = 0.045
"""Which part of the paid orders is given back, whole or in part."""
SATURDAY: Final = 5
CENT: Final = 100


class Ending(Enum):
    """How a visit to the checkout ends."""

    LEFT = auto()
    PAID = auto()
    FAILED = auto()
    """The payment did not go through: points that were held are let go."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One cart at the checkout. A shopper is a number, from 0."""

    shopper: int
    number: int
    total_minor: int
    likes_points: bool
    """Uses the points that are offered."""
    ending: Ending
    returned_percent: int = 0
    returned_after_days: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """Some visits at one time, each of another shopper; who is new, and tickets."""

    day: int
    minute: int
    joined: range
    visits: tuple[Visit, ...]
    ticket: bool = False


def planned(last: date) -> Iterator[Hour]:
    """All that happens on the days up to that one, in order; day 0 is the first."""
    dice = Random(20_261)  # noqa: S311 - a story, and the same one each time
    shoppers, number = 0, 0
    for day in range(DAYS):
        weekday = (last - timedelta(DAYS - 1 - day)).weekday()
        times = (MORNING, EVENING) if day >= NEAR else (EVENING,)
        for begins, minutes in times:
            known, shoppers = shoppers, FIRST_SHOPPERS + day // TOGETHER * TOGETHER
            some = _who(dice, shoppers, -(-_many(dice, day, weekday) // len(times)))
            visits = tuple(_visit(dice, day, who, number + n) for n, who in enumerate(some))
            number += len(visits)
            ticket = dice.random() < (0.5 - 0.0036 * day) / len(times)
            minute = begins + dice.randrange(minutes)
            yield Hour(day, minute, range(known, shoppers), visits, ticket)


def _many(dice: Random, day: int, weekday: int) -> int:
    busy = 1.4 if weekday >= SATURDAY else 1.0
    festival = 1.7 if day in FESTIVAL else 1.0
    return round((7.5 + 0.075 * day) * busy * festival * dice.uniform(0.75, 1.25))


def _who(dice: Random, shoppers: int, many: int) -> list[int]:
    """Different people; some come often."""
    found = {int(shoppers * dice.random() ** 1.7) for _ in range(many)}
    return sorted(found)


def _visit(dice: Random, day: int, shopper: int, number: int) -> Visit:
    likes = dice.random() < 0.24 + 0.0025 * day
    total = dice.triangular(240, 1_900, 520) * (1.12 if likes else 1.0)
    drawn = dice.random()
    paid, failed = (0.84, 0.89) if likes else (0.68, 0.70)
    ending = Ending.PAID if drawn < paid else Ending.FAILED if drawn < failed else Ending.LEFT
    returned = dice.choice((100, 50, 30)) if dice.random() < RETURNED else 0
    rounded = int(total / 10) * 10 * CENT
    return Visit(shopper, number, rounded, likes, ending, returned, dice.randint(2, 9))
