"""Shopify's webhooks orders/paid, orders/cancelled and refunds/create, in the REST shape.

Only the body is signed, not the topic: each topic is believed only if the body bears it out.
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
    Unfit,
)
from gateway.inbound.reading import Node, parsed
from gateway.rules.facts import CartLine

PAID: Final = "orders/paid"
CANCELLED: Final = "orders/cancelled"
REFUNDED: Final = "refunds/create"
_ONCE_PAID: Final = frozenset({"paid", "partially_refunded", "refunded"})
_FAILED: Final = frozenset({"failure", "error"})


def order_id(delivery: Delivery) -> str | None:
    """The order that the delivery is about; None where the topic is not one of ours."""
    if delivery.topic == REFUNDED:
        return parsed(delivery.body).need_id("order_id")
    return parsed(delivery.body).need_id("id") if delivery.topic in {PAID, CANCELLED} else None


def read(delivery: Delivery) -> tuple[Fact, ...] | Ignored:
    """The facts of a delivery."""
    if delivery.topic == PAID:
        return _paid(parsed(delivery.body), delivery.currency)
    if delivery.topic == CANCELLED:
        return _cancelled(parsed(delivery.body))
    if delivery.topic == REFUNDED:
        return _refunded(parsed(delivery.body), delivery.currency)
    return Ignored(reason="Deliveries of this topic are not used.")


def _paid(order: Node, currency: str) -> tuple[Fact, ...] | Ignored:
    if order.text("financial_status") not in _ONCE_PAID:
        raise Unfit("`financial_status` does not say that the order was paid.")
    if order.fields.get("test") is True:
        return Ignored(reason="It is a test order.")
    order.in_currency("currency", currency)
    noted = attributes.pairs(order.nodes("note_attributes"), "name")
    return (
        OrderPaid(
            order_id=order.need_id("id"),
            buyer=_buyer(order),
            paid_minor=order.need_minor("total_price", currency),
            lines=_lines(order, currency, attributes.points_code(noted)) or None,
            placed_at=order.instant("processed_at") or order.instant("created_at"),
            redemption=noted.get(attributes.REDEMPTION),
            cart_id=noted.get(attributes.CART),
        ),
    )


def _cancelled(order: Node) -> tuple[Fact, ...]:
    if not order.has("cancelled_at"):
        raise Unfit("`cancelled_at` does not say that the order was cancelled.")
    return (OrderCancelled(order_id=order.need_id("id"), buyer=_buyer(order)),)


def _refunded(refund: Node, currency: str) -> tuple[Fact, ...] | Ignored:
    order, number = refund.need_id("order_id"), refund.need_id("id")
    money = _money_back(refund, currency)
    if money:
        return (OrderRefunded(order_id=order, refund_id=number, amount_minor=money),)
    lines = sum(_returned(line, currency) for line in refund.nodes("refund_line_items"))
    if not lines:
        return Ignored(reason="Neither money nor a line was given back.")
    return (OrderRefunded(order_id=order, refund_id=number, lines_minor=lines),)


def _money_back(refund: Node, currency: str) -> int:
    """What went back or is on its way, as the transactions say."""
    total = 0
    for transaction in refund.nodes("transactions"):
        if transaction.text("kind") == "refund" and transaction.text("status") not in _FAILED:
            transaction.in_currency("currency", currency)
            total += transaction.need_minor("amount", currency)
    return total


def _returned(line: Node, currency: str) -> int:
    """A returned line with its tax."""
    tax = line.minor("total_tax", currency, rounded=True) or 0
    return (line.minor("subtotal", currency, rounded=True) or 0) + tax


def _buyer(order: Node) -> Buyer:
    customer = order.node("customer") or Node({})
    address = order.node("billing_address") or order.node("shipping_address") or Node({})
    return Buyer(
        external_id=customer.id("id"),
        email=customer.text("email") or order.text("email") or order.text("contact_email"),
        phone=customer.text("phone") or order.text("phone"),
        country=address.text("country_code"),
    )


def _lines(order: Node, currency: str, points_code: str | None) -> tuple[CartLine, ...]:
    """The lines after all discounts but the one that stands for points, where it is named."""
    applied = [found.text("code") for found in order.nodes("discount_applications")]
    return tuple(_line(each, currency, applied, points_code) for each in order.nodes("line_items"))


def _line(
    line: Node, currency: str, applied: list[str | None], points_code: str | None
) -> CartLine:
    quantity = max(1, line.whole("quantity", 1))
    total = (line.minor("price", currency) or 0) * quantity
    for found in line.nodes("discount_allocations"):
        at = found.whole("discount_application_index", len(applied))
        code = applied[at] if at < len(applied) else None
        if points_code is None or code != points_code:
            total -= found.minor("amount", currency, rounded=True) or 0
    return CartLine(
        product_id=line.id("product_id") or line.id("variant_id") or line.need_id("id"),
        quantity=quantity,
        total_minor=max(0, total),
    )
