"""How a merchant's customers earn points, as it is decided: rules, tiers, windows.

Money is integer minor units, points are whole, multipliers are basis points (10,000: once), times
are microseconds and spans are seconds. An `Earning` is part of one immutable program version.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YEAR_DAYS: Final = 365
"""The rolling year by which tiers are reached, and the default life of earned points."""

DAY_SECONDS: Final = 86_400


class EarningKind(StrEnum):
    """What a customer earns for."""

    ORDER = "ORDER"
    """`points` per `per_minor` of what was paid."""
    FIRST_ORDER = "FIRST_ORDER"
    """`points` once, with the first order."""
    CAMPAIGN = "CAMPAIGN"
    """`points` with each order."""
    SIGN_UP = "SIGN_UP"
    """`points` once, for being a customer."""
    BIRTHDAY = "BIRTHDAY"
    """`points` once a calendar year."""


ORDER_KINDS: Final = frozenset({EarningKind.ORDER, EarningKind.FIRST_ORDER, EarningKind.CAMPAIGN})
"""The kinds that an order earns by; the others have an occasion of their own."""


class TierMeasure(StrEnum):
    """What is counted over the rolling year to reach a tier."""

    POINTS_EARNED = "POINTS_EARNED"
    AMOUNT_SPENT = "AMOUNT_SPENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningRule:
    """One version of an earning rule. What is left empty does not bind."""

    id: int
    version: int
    name: str
    kind: EarningKind
    points: int
    per_minor: int = 0
    """Minor units of spend that bring `points`; above zero for ORDER, zero for the others."""
    tier_multiplied: bool = True
    """Whether the tier's multiplier counts; for ORDER alone."""
    minimum_order_minor: int = 0
    """Least that must have been paid, in whole."""
    product_ids: frozenset[str] = frozenset()
    collection_ids: frozenset[str] = frozenset()
    excluded_product_ids: frozenset[str] = frozenset()
    excluded_collection_ids: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    starts_at: int | None = None
    ends_at: int | None = None
    expiry_seconds: int | None = None
    """How long these points live once they are available; None: as the merchant's others."""
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier, reached at `threshold` points or minor units of the rolling year."""

    name: str
    threshold: int
    multiplier_bp: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """One version of everything the merchant decided about earning."""

    rules: tuple[EarningRule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    """By threshold, lowest first. None: tiers are the merchant's own to set on a customer."""
    tier_measure: TierMeasure = TierMeasure.POINTS_EARNED
    return_window_seconds: int = 0
    """Earned points are pending for so long."""
    expiry_seconds: int | None = YEAR_DAYS * DAY_SECONDS
    """How long earned points live once they are available; None: for good."""
    reminder_seconds: int | None = 14 * DAY_SECONDS
    """So long before points expire their customer is to be reminded; None: never."""
    excluded_product_ids: frozenset[str] = frozenset()
    excluded_collection_ids: frozenset[str] = frozenset()
    """What never earns, under no rule."""


NO_EARNING: Final = Earning()
