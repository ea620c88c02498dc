"""From what is told of an order to the command of the ledger; what it is made of was checked.

Amounts are minor units, points whole, times microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import orjson

from gateway.ledger.commands import IdempotencyKey, Refund
from gateway.ledger.order_commands import CancelOrder, CaptureLate, CompleteOrder, RefundOrder
from gateway.ledger.order_state import RefundEvent
from gateway.rules.facts import Cart, CartLine
from gateway.services.quotes import cart_digest
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A paid order. One of `total_minor` (before points) and `paid_minor` (after them) is given.

    `redemption_id` or `cart_id` names what it redeems; neither is needed where the order has
    captured it already. `lenient`: the order stands also where that cannot be captured any more.
    """

    order_id: str
    total_minor: int | None = None
    paid_minor: int | None = None
    lines: tuple[CartLine, ...] | None = None
    placed_at: int | None = None
    redemption_id: int | None = None
    cart_id: str | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFact:
    """What was given back: money, lines by their total before points, or all that is left."""

    refund_id: str
    amount_minor: int | None = None
    lines_minor: int | None = None


def completing(
    runtime: Runtime, merchant_id: int, customer_id: int, sale: Completion, keyed: Keyed | None
) -> CompleteOrder:
    """The command of `complete_order`; what it is made of was checked."""
    digest = _digest(sale)
    asked = ("complete", customer_id, digest, sale.redemption_id, sale.cart_id)
    return CompleteOrder(
        merchant_id=merchant_id,
        customer_id=customer_id,
        key=_key(runtime, keyed, *asked),
        order_id=sale.order_id,
        id=runtime.ids.next(),
        digest=digest,
        total_minor=sale.total_minor,
        paid_minor=sale.paid_minor,
        lines=sale.lines,
        placed_at=sale.placed_at,
        redemption_id=sale.redemption_id,
        cart_id=sale.cart_id,
        lenient=sale.lenient,
    )


def capturing_late(
    runtime: Runtime,
    merchant_id: int,
    customer_id: int,
    order_id: str,
    redemption_id: int,
    keyed: Keyed | None = None,
) -> CaptureLate:
    """The command that captures what a completed order redeems after all."""
    return CaptureLate(
        merchant_id=merchant_id,
        customer_id=customer_id,
        key=_key(runtime, keyed, "captureLate", customer_id, order_id, redemption_id),
        order_id=order_id,
        id=runtime.ids.next(),
        redemption_id=redemption_id,
    )


def giving_back(
    runtime: Runtime,
    merchant_id: int,
    customer_id: int,
    redemption_id: int,
    keyed: Keyed | None = None,
) -> Refund:
    """The command that gives back all that is left of what a redemption captured."""
    return Refund(
        merchant_id=merchant_id,
        customer_id=customer_id,
        key=_key(runtime, keyed, "giveBack", customer_id, redemption_id),
        redemption_id=redemption_id,
    )


def cancelling(
    runtime: Runtime, merchant_id: int, customer_id: int, order_id: str, keyed: Keyed | None
) -> CancelOrder:
    """The command of `cancel_order`."""
    return CancelOrder(
        merchant_id=merchant_id,
        customer_id=customer_id,
        key=_key(runtime, keyed, "cancel", customer_id, order_id),
        order_id=order_id,
        id=runtime.ids.next(),
    )


def refunding(
    runtime: Runtime,
    merchant_id: int,
    customer_id: int,
    order_id: str,
    refund: RefundFact,
    keyed: Keyed | None,
) -> RefundOrder:
    """The command of `refund_order`."""
    parts = (refund.refund_id, refund.amount_minor, refund.lines_minor)
    return RefundOrder(
        merchant_id=merchant_id,
        customer_id=customer_id,
        key=_key(runtime, keyed, "refundOrder", customer_id, order_id, *parts),
        order_id=order_id,
        id=runtime.ids.next(),
        refund=RefundEvent(*parts),
    )


def _key(runtime: Runtime, keyed: Keyed | None, *asked: object) -> IdempotencyKey:
    """The caller's key, or one that no caller can have: an order is known again by its own id."""
    own = keyed or Keyed("order", str(runtime.ids.next()))
    return own.bind(*asked)


def _digest(sale: Completion) -> str:
    """A digest of what the order is; when it was placed and what it redeems are no part of it."""
    lines = Cart(sale.order_id, sale.total_minor or sale.paid_minor or 0, sale.lines or ())
    asked = [sale.total_minor, sale.paid_minor, sale.lines is None, cart_digest(lines)]
    return blake2b(orjson.dumps(asked), digest_size=16).hexdigest()
