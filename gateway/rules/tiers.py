"""Which tier a rolling year reaches, and how far the next one is. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from gateway.rules.earning_rules import DAY_SECONDS, YEAR_DAYS, Earning, Tier, TierMeasure
from gateway.rules.program import BASIS_POINTS

DAY_MICROSECONDS = DAY_SECONDS * 1_000_000


class Sums(Protocol):
    """What counts of a day, however it is kept."""

    @property
    def day(self) -> int:
        """Since 1970."""
        ...

    @property
    def spent_minor(self) -> int:
        """Net of what was given back."""
        ...

    @property
    def earned_points(self) -> int:
        """Net of what was taken back."""
        ...


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a customer's orders: UTC days since 1970; net of what was given back."""

    day: int
    spent_minor: int
    earned_points: int
    orders: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a customer stands among the tiers."""

    tier: Tier | None
    counted: int
    """Points or minor units of the rolling year, as the measure says."""
    next_tier: Tier | None
    missing: int
    """How much of the measure is missing for the next tier; 0 where there is none."""
    review_at: int | None
    """When the tier would fall if nothing were added, in microseconds; None: it never falls."""


def day_of(at: int) -> int:
    """The UTC day of an instant."""
    return at // DAY_MICROSECONDS


def first_day(now: int) -> int:
    """The oldest day of the rolling year that ends with the day of `now`."""
    return day_of(now) - YEAR_DAYS + 1


def multiplier_bp(earning: Earning, tier: str | None) -> int:
    """By how much a tier multiplies what orders earn; once for a tier that has no multiplier."""
    return next((each.multiplier_bp for each in earning.tiers if each.name == tier), BASIS_POINTS)


def standing(earning: Earning, days: Iterable[Sums], now: int) -> Standing:
    """Where the customer stands at `now`; days of the future or a year ago do not count."""
    first = first_day(now)
    by_points = earning.tier_measure is TierMeasure.POINTS_EARNED
    year: dict[int, int] = defaultdict(int)
    for each in days:
        if 0 <= each.day - first < YEAR_DAYS:
            year[each.day] += each.earned_points if by_points else each.spent_minor
    counted = sum(year.values())
    reached = [tier for tier in earning.tiers if tier.threshold <= counted]
    tier = reached[-1] if reached else None
    above = earning.tiers[len(reached) :]
    return Standing(
        tier=tier,
        counted=counted,
        next_tier=above[0] if above else None,
        missing=above[0].threshold - counted if above else 0,
        review_at=None if tier is None else _falls_at(tier, year, counted),
    )


def _falls_at(tier: Tier, year: Mapping[int, int], counted: int) -> int | None:
    """The start of the day without the days that `tier` needs."""
    left = counted
    for day in sorted(year):
        left -= year[day]
        if left < tier.threshold:
            return (day + YEAR_DAYS) * DAY_MICROSECONDS
    return None
