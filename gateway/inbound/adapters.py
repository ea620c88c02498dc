"""Which functions read the deliveries of which kind of source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.inbound import commercetools, generic, shopify, woocommerce
from gateway.inbound.facts import Delivery, Fact, Ignored, SourceKind


@dataclass(frozen=True, slots=True)
class Adapter:
    """Reads one kind of delivery. Both functions raise `Unfit`; `read` also `NotYet`."""

    order_id: Callable[[Delivery], str | None]
    read: Callable[[Delivery], tuple[Fact, ...] | Ignored]
    needs_earlier: bool = False
    """Whether a delivery is read together with all others about its order."""
    keep_days: int = 45
    """How long a delivery is kept once it is settled: personal data is in it."""


RETURNS_DAYS: Final = 200
"""How late goods may come back: the price of a returned line is in the first message."""

ADAPTERS: Final = {
    SourceKind.GENERIC: Adapter(generic.order_id, generic.read),
    SourceKind.SHOPIFY: Adapter(shopify.order_id, shopify.read),
    SourceKind.WOOCOMMERCE: Adapter(woocommerce.order_id, woocommerce.read),
    SourceKind.COMMERCETOOLS: Adapter(
        commercetools.order_id, commercetools.read, needs_earlier=True, keep_days=RETURNS_DAYS
    ),
}
