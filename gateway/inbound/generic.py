"""Our own form, for a backend that tells of its orders itself: `type` and `data`."""

from __future__ import annotations

from typing import Final

from gateway.inbound.facts import (
    Buyer,
    Delivery,
    Fact,
    Ignored,
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
    Unfit,
)
from gateway.inbound.reading import Node, parsed
from gateway.rules.facts import CartLine

PAID: Final = "order.paid"
CANCELLED: Final = "order.cancelled"
REFUNDED: Final = "order.refunded"
TYPES: Final = (PAID, CANCELLED, REFUNDED)


def order_id(delivery: Delivery) -> str | None:
    """The order that the delivery is about; None where the type is not one of ours."""
    body = parsed(delivery.body)
    return body.need("data").need("order").need_id("id") if body.text("type") in TYPES else None


def read(delivery: Delivery) -> tuple[Fact, ...] | Ignored:
    """The facts of a delivery."""
    body, currency = parsed(delivery.body), delivery.currency
    kind = body.text("type")
    if kind not in TYPES:
        return Ignored(reason=f"`type` is none of {', '.join(TYPES)}.")
    data = body.need("data")
    order = data.need("order")
    order.in_currency("currency", currency)
    if kind == PAID:
        return (_paid(order, _buyer(data.need("customer")), currency),)
    customer = data.node("customer")
    buyer = None if customer is None else _buyer(customer)
    if kind == CANCELLED:
        return (OrderCancelled(order_id=order.need_id("id"), buyer=buyer),)
    refund = data.need("refund")
    refund.in_currency("currency", currency)
    return (
        OrderRefunded(
            order_id=order.need_id("id"),
            refund_id=refund.need_id("id"),
            buyer=buyer,
            amount_minor=refund.minor("amount", currency),
            lines_minor=refund.minor("lines", currency),
        ),
    )


def _paid(order: Node, buyer: Buyer, currency: str) -> OrderPaid:
    order.need_id("currency")
    total, paid = order.minor("total", currency), order.minor("paid", currency)
    if (total is None) == (paid is None):
        raise Unfit("`data.order` has `total` (before points) or `paid` (after them), not both.")
    return OrderPaid(
        order_id=order.need_id("id"),
        buyer=buyer,
        total_minor=total,
        paid_minor=paid,
        lines=_lines(order, currency),
        placed_at=order.instant("placedAt"),
        redemption=order.id("redemptionId"),
        cart_id=order.id("cartId"),
    )


def _lines(order: Node, currency: str) -> tuple[CartLine, ...] | None:
    if not order.has("lines"):
        return None
    return tuple(
        CartLine(
            product_id=line.need_id("productId"),
            quantity=max(1, line.whole("quantity", 1)),
            total_minor=line.need_minor("total", currency),
            collection_ids=line.texts("collectionIds"),
        )
        for line in order.nodes("lines")
    )


def _buyer(customer: Node) -> Buyer:
    return Buyer(
        external_id=customer.id("externalId"),
        email=customer.text("email"),
        phone=customer.text("phone"),
        country=customer.text("country"),
    )
