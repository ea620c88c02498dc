"""What the rules are evaluated on: the cart and the customer, as the caller knows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line of a cart; `total_minor` is the whole line, not the unit price."""

    product_id: str
    total_minor: int
    quantity: int = 1
    collection_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cart:
    """A cart before points. `lines` may be empty when no rule names products or collections."""

    id: str
    total_minor: int
    lines: tuple[CartLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Shopper:
    """The customer as a rule sees them: spendable points, tier and tags."""

    available: int
    tier: str | None = None
    tags: frozenset[str] = frozenset()
