"""What an evaluation answers: offers, the limits that bounded them, and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.errors import Refusal
from gateway.rules.program import Rule


class LimitKind(StrEnum):
    """The bounds that can keep a redemption from being larger."""

    POINTS_BALANCE = "POINTS_BALANCE"
    REQUESTED_POINTS = "REQUESTED_POINTS"
    STEP = "STEP"
    MAX_DISCOUNT = "MAX_DISCOUNT"
    MIN_PAYMENT = "MIN_PAYMENT"
    ELIGIBLE_ITEMS = "ELIGIBLE_ITEMS"
    MIN_CART_MULTIPLE = "MIN_CART_MULTIPLE"


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound and what it alone would allow: points, and the discount in minor units."""

    kind: LimitKind
    points: int
    discount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one rule gives on one cart. Not eligible: zero points, and `refusal` says why."""

    rule: Rule
    points: int = 0
    discount_minor: int = 0
    minimum_points: int = 0
    """Fewest points this offer can be used with, here; 0 when it cannot be used."""
    maximum_points: int = 0
    """Most points this offer can be used with, here, whatever was asked for."""
    step: int = 1
    """Points between two allowed values."""
    floor_minor: int = 0
    """Least the customer must pay under this rule: the minimum payment F, at most the cart."""
    limits: tuple[Limit, ...] = ()
    refusal: Refusal | None = None

    @property
    def eligible(self) -> bool:
        """Whether the offer can be applied as it stands."""
        return self.refusal is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All offers, best first; `best` is the first eligible one. Reasons when there is none."""

    offers: tuple[Offer, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def best(self) -> Offer | None:
        """The offer to use, or None when nothing can be redeemed."""
        return self.offers[0] if self.offers and self.offers[0].eligible else None
