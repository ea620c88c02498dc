"""What two merchants decided, in plain values: neither side of the comparison explains the other.

Amounts are minor units, points whole, percentages and multipliers basis points, spans seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

DAY_SECONDS: Final = 86_400
DAY: Final = DAY_SECONDS * 1_000_000
START: Final = 1_767_225_600_000_000
"""1 January 2026, 00:00 UTC, in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """How points become a discount: `step` points for an amount, or for a percentage."""

    step: int
    discount_minor: int = 0
    percent_bp: int = 0
    maximum_minor: int | None = None
    maximum_bp: int | None = None
    minimum_cart_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Earn:
    """What brings points: by a rate where `per_minor` is given, else so many at once."""

    kind: str
    points: int
    per_minor: int = 0
    minimum_minor: int = 0
    collections: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    starts_at: int | None = None
    ends_at: int | None = None
    expiry_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All that holds for one merchant at a time."""

    merchant: str
    currency: str
    owes: bool
    """Whether points that cannot be taken back are owed; else they are forgiven."""
    minimum_bp: int = 0
    minimum_minor: int = 0
    """The least to be paid: a part of the cart, or an amount."""
    redeem: Redeem
    hold_seconds: int = 900
    grace_seconds: int
    window_seconds: int
    expiry_seconds: int | None
    excluded: frozenset[str]
    tiers: tuple[tuple[str, int, int], ...]
    """Name, threshold and multiplier, lowest first."""
    by_points: bool
    """Whether tiers are reached by points earned; else by what was spent."""
    earn: tuple[Earn, ...]


RUPEE: Final = Terms(
    merchant="rupee",
    currency="INR",
    owes=True,
    minimum_bp=2_000,
    redeem=Redeem(step=1, discount_minor=100, maximum_minor=10_000),
    grace_seconds=30 * DAY_SECONDS,
    window_seconds=14 * DAY_SECONDS,
    expiry_seconds=120 * DAY_SECONDS,
    excluded=frozenset({"gift-card"}),
    tiers=(("Silver", 150, 12_500), ("Gold", 600, 20_000)),
    by_points=True,
    earn=(
        Earn(kind="ORDER", points=1, per_minor=1_000),
        Earn(kind="FIRST_ORDER", points=50, minimum_minor=10_000, expiry_seconds=60 * DAY_SECONDS),
        Earn(
            kind="CAMPAIGN",
            points=30,
            minimum_minor=30_000,
            starts_at=START + 90 * DAY,
            ends_at=START + 150 * DAY,
            expiry_seconds=30 * DAY_SECONDS,
        ),
        Earn(kind="CAMPAIGN", points=20, tiers=frozenset({"Gold"})),
        Earn(kind="SIGN_UP", points=25, expiry_seconds=90 * DAY_SECONDS),
        Earn(kind="BIRTHDAY", points=40, expiry_seconds=45 * DAY_SECONDS),
    ),
)
DINAR: Final = Terms(
    merchant="dinar",
    currency="KWD",
    owes=False,
    minimum_minor=1_500,
    redeem=Redeem(step=10, percent_bp=250, maximum_bp=3_000, maximum_minor=25_000),
    grace_seconds=10 * DAY_SECONDS,
    window_seconds=0,
    expiry_seconds=150 * DAY_SECONDS,
    excluded=frozenset({"gift-card"}),
    tiers=(("Pearl", 60_000, 15_000), ("Coral", 250_000, 30_000)),
    by_points=False,
    earn=(
        Earn(kind="ORDER", points=3, per_minor=1_000),
        Earn(
            kind="ORDER",
            points=5,
            per_minor=2_000,
            collections=frozenset({"tea"}),
            expiry_seconds=40 * DAY_SECONDS,
        ),
        Earn(kind="FIRST_ORDER", points=40),
        Earn(
            kind="CAMPAIGN",
            points=15,
            minimum_minor=20_000,
            starts_at=START + 200 * DAY,
            ends_at=START + 230 * DAY,
            expiry_seconds=20 * DAY_SECONDS,
        ),
        Earn(kind="SIGN_UP", points=20),
        Earn(kind="BIRTHDAY", points=30, expiry_seconds=30 * DAY_SECONDS),
    ),
)
MERCHANTS: Final = {each.merchant: each for each in (RUPEE, DINAR)}
LATER: Final = (
    (
        START + 180 * DAY,
        replace(
            RUPEE,
            redeem=replace(RUPEE.redeem, maximum_minor=15_000, minimum_cart_minor=5_000),
            window_seconds=7 * DAY_SECONDS,
            earn=(replace(RUPEE.earn[0], points=3, per_minor=2_000), *RUPEE.earn[1:]),
        ),
    ),
    (START + 240 * DAY, replace(DINAR, window_seconds=3 * DAY_SECONDS, minimum_minor=2_000)),
)
"""When a merchant decided anew, and what."""
