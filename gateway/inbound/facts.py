"""What a delivery says, whatever shop it comes from. Frozen values; money in minor units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gateway.rules.facts import CartLine


class SourceKind(StrEnum):
    """Whose shape the deliveries of a source have."""

    GENERIC = "GENERIC"
    SHOPIFY = "SHOPIFY"
    WOOCOMMERCE = "WOOCOMMERCE"
    COMMERCETOOLS = "COMMERCETOOLS"


class Unfit(Exception):  # noqa: N818 - it names what the delivery is
    """The delivery can never be used. The message says why, and holds nothing of a person."""


class NotYet(Exception):  # noqa: N818 - it names the state of things
    """The delivery says too little without one that has not come yet. The message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Whom the shop names, as it writes them; `country` is where the phone is dialled."""

    external_id: str | None = None
    email: str | None = None
    phone: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid:
    """An order was paid. One of `total_minor` (before points) and `paid_minor` is there."""

    order_id: str
    buyer: Buyer
    total_minor: int | None = None
    paid_minor: int | None = None
    lines: tuple[CartLine, ...] | None = None
    placed_at: int | None = None
    """Microseconds since 1970, UTC."""
    redemption: str | None = None
    """The global id of the redemption that was used, as the order carries it."""
    cart_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled:
    """An order was called off. `buyer` None: the delivery names nobody."""

    order_id: str
    buyer: Buyer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefunded:
    """Money of an order was given back, once for each `refund_id`; no amount: all that is left.

    `amount_minor` is of what was paid, `lines_minor` the returned lines before points.
    """

    order_id: str
    refund_id: str
    buyer: Buyer | None = None
    amount_minor: int | None = None
    lines_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """There is nothing to do, and why."""

    reason: str


Fact = OrderPaid | OrderCancelled | OrderRefunded


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery as it came; `currency` is the merchant's, in which all amounts must be."""

    topic: str
    body: str
    currency: str
    headers: Mapping[str, str]
    earlier: tuple[str, ...] = ()
    """Bodies of the same source on the same order, where the kind needs them; in any order."""
