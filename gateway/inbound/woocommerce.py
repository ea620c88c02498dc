"""WooCommerce's webhooks order.created and order.updated: each tells the whole order as it stands.

So one delivery may say several things at once: that it was paid, and every refund so far.
"""

from __future__ import annotations

from typing import Final

from gateway.inbound import attributes
from gateway.inbound.facts import (
    Buyer,
    Delivery,
    Fact,
    Ignored,
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
)
from gateway.inbound.reading import Node, parsed
from gateway.rules.facts import CartLine

TOPICS: Final = frozenset({"order.created", "order.updated"})
_PAID: Final = frozenset({"processing", "completed"})
_ALL: Final = "all"
"""The refund of an order that says `refunded` and lists no refund."""


def order_id(delivery: Delivery) -> str | None:
    """The order that the delivery is about; None where the topic is not one of ours."""
    return parsed(delivery.body).need_id("id") if delivery.topic in TOPICS else None


def read(delivery: Delivery) -> tuple[Fact, ...] | Ignored:
    """The facts of a delivery."""
    if delivery.topic not in TOPICS:
        return Ignored(reason="Deliveries of this topic are not used.")
    order, currency = parsed(delivery.body), delivery.currency
    status = order.text("status")
    order.in_currency("currency", currency)
    facts: list[Fact] = []
    if status in _PAID or (status == "refunded" and order.has("date_paid")):
        facts.append(_paid(order, currency))
    refunds = _refunds(order, currency)
    if status == "cancelled":
        facts.append(OrderCancelled(order_id=order.need_id("id"), buyer=_buyer(order)))
    elif facts or status == "refunded":
        facts += refunds
    if status == "refunded" and not refunds:
        number = order.need_id("id")
        facts.append(OrderRefunded(order_id=number, refund_id=_ALL, buyer=_buyer(order)))
    return tuple(facts) or Ignored(reason="The order is neither paid nor called off.")


def _paid(order: Node, currency: str) -> OrderPaid:
    noted = attributes.pairs(order.nodes("meta_data"), "key")
    return OrderPaid(
        order_id=order.need_id("id"),
        buyer=_buyer(order),
        paid_minor=order.need_minor("total", currency),
        lines=_lines(order, currency, attributes.points_code(noted)) or None,
        placed_at=order.instant("date_created_gmt"),
        redemption=noted.get(attributes.REDEMPTION),
        cart_id=noted.get(attributes.CART),
    )


def _refunds(order: Node, currency: str) -> list[Fact]:
    """Each refund of money; its total is written below zero. One of nothing only restocks."""
    number, buyer = order.need_id("id"), _buyer(order)
    listed = [(each, each.need_minor("total", currency)) for each in order.nodes("refunds")]
    return [
        OrderRefunded(
            order_id=number, refund_id=each.need_id("id"), buyer=buyer, amount_minor=amount
        )
        for each, amount in listed
        if amount
    ]


def _buyer(order: Node) -> Buyer:
    billing = order.node("billing") or Node({})
    customer = order.id("customer_id")
    return Buyer(
        external_id=None if customer == "0" else customer,  # 0 is a guest
        email=billing.text("email"),
        phone=billing.text("phone"),
        country=billing.text("country"),
    )


def _lines(order: Node, currency: str, points_code: str | None) -> tuple[CartLine, ...]:
    """The lines with tax, after coupons; before them where the only one stands for points."""
    used = [(coupon.text("code") or "").lower() for coupon in order.nodes("coupon_lines")]
    before = points_code is not None and used == [points_code.lower()]
    names = ("subtotal", "subtotal_tax") if before else ("total", "total_tax")
    return tuple(
        CartLine(
            product_id=line.id("product_id") or line.need_id("id"),
            quantity=max(1, line.whole("quantity", 1)),
            total_minor=sum(line.minor(name, currency, rounded=True) or 0 for name in names),
        )
        for line in order.nodes("line_items")
    )
