"""Which tier a rolling year reaches, and how far the next one is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.rules.earning_rules import Earning, Tier


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


def standing(earning: Earning, days: Iterable[Day], now: int) -> Standing:
    """Where the customer stands at `now`; days of the future or a year ago do not count."""
    raise NotImplementedError
