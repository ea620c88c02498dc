"""commercetools' messages about orders. A message says what has changed, and not the order.

So what is known is read from all messages about an order together: whichever comes last, the same
facts come of them. The order itself stands in OrderCreated and OrderImported, or in an `order` that
whoever passes a message on has added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gateway.currencies import CURRENCIES
from gateway.inbound import attributes
from gateway.inbound.facts import (
    Buyer,
    Delivery,
    Fact,
    Ignored,
    NotYet,
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
    Unfit,
)
from gateway.inbound.queues import message
from gateway.inbound.reading import Node
from gateway.rules.facts import CartLine

PAYMENT: Final = "OrderPaymentStateChanged"
STATE: Final = "OrderStateChanged"
RETURN: Final = "ReturnInfoAdded"
RETURNS: Final = "ReturnInfoSet"
ARRIVAL: Final = "OrderReturnShipmentStateChanged"
TYPES: Final = frozenset(
    {"OrderCreated", "OrderImported", PAYMENT, STATE, RETURN, RETURNS, ARRIVAL}
)
_BACK: Final = frozenset({"Returned", "BackInStock", "Unusable"})
"""What is only announced (`Advised`) is not back yet."""


def order_id(delivery: Delivery) -> str | None:
    """The order that the message is about; None where its type is not one of ours."""
    found = message(delivery.body)
    return _order_id(found) if found.text("type") in TYPES else None


def read(delivery: Delivery) -> tuple[Fact, ...] | Ignored:
    """The facts of all messages about the order."""
    if order_id(delivery) is None:
        return Ignored(reason="Messages of this type are not used.")
    known = [message(delivery.body), *map(message, delivery.earlier)]
    number = _order_id(known[0])
    paid, cancelled, returned = _paid(known), _cancelled(known), _returned(known)
    if not (paid or cancelled or returned):
        return Ignored(reason="The order is neither paid nor called off.")
    order = next((found for each in known if (found := each.node("order"))), None)
    if order is None:
        if any(each.fields.get("payloadNotIncluded") for each in known):
            raise NotYet("The message came without its payload, and no other told the order.")
        raise NotYet("The order is not known: its OrderCreated has not come.")
    _total(order).in_currency("currencyCode", delivery.currency)
    facts: list[Fact] = [_as_paid(number, order, delivery.currency)] if paid else []
    if cancelled:
        facts.append(OrderCancelled(order_id=number, buyer=_buyer(order)))
    return (*facts, *_refunds(number, order, returned, delivery.currency))


def _order_id(found: Node) -> str:
    order = found.node("order")
    return order.need_id("id") if order is not None else found.need("resource").need_id("id")


def _orders(known: list[Node]) -> Iterator[Node]:
    return (order for each in known if (order := each.node("order")) is not None)


def _paid(known: list[Node]) -> bool:
    """Whether it was ever paid: a state that went back is told by refunds and cancellations."""
    changed = (each.text("paymentState") for each in known if each.text("type") == PAYMENT)
    return "Paid" in {*changed, *(order.text("paymentState") for order in _orders(known))}


def _cancelled(known: list[Node]) -> bool:
    changed = (each.text("orderState") for each in known if each.text("type") == STATE)
    return "Cancelled" in {*changed, *(order.text("orderState") for order in _orders(known))}


def _returned(known: list[Node]) -> dict[str, Node]:
    """The items that came back, by their ids."""
    items: dict[str, Node] = {}
    back: set[str] = set()
    for each in known:
        if each.text("type") == ARRIVAL and each.text("returnShipmentState") in _BACK:
            back.add(each.need_id("returnItemId"))
        for item in _items(each):
            items.setdefault(item.need_id("id"), item)
            if item.text("shipmentState") in _BACK or item.text("paymentState") == "Refunded":
                back.add(item.need_id("id"))
    return {number: items[number] for number in sorted(back) if number in items}


def _items(found: Node) -> Iterator[Node]:
    """The items of all returns that a message tells of."""
    infos = [found.need("returnInfo")] if found.text("type") == RETURN else []
    infos += found.nodes("returnInfo") if found.text("type") == RETURNS else []
    order = found.node("order")
    infos += [] if order is None else order.nodes("returnInfo")
    for info in infos:
        yield from info.nodes("items")


def _as_paid(number: str, order: Node, currency: str) -> OrderPaid:
    custom = order.node("custom") or Node({})
    fields = (custom.node("fields") or Node({})).fields
    noted = {
        name: str(fields[name]) for name in attributes.NAMES if attributes.usable(fields.get(name))
    }
    return OrderPaid(
        order_id=number,
        buyer=_buyer(order),
        paid_minor=_cents(_total(order), currency),
        lines=tuple(
            CartLine(
                product_id=line.id("productId") or line.need_id("id"),
                quantity=max(1, line.whole("quantity", 1)),
                total_minor=_cents(_total(line), currency),
            )
            for line in order.nodes("lineItems")
        )
        or None,
        placed_at=order.instant("createdAt"),
        redemption=noted.get(attributes.REDEMPTION),
        cart_id=noted.get(attributes.CART),
    )


def _refunds(
    number: str, order: Node, returned: dict[str, Node], currency: str
) -> Iterator[OrderRefunded]:
    lines = {
        line.need_id("id"): line
        for name in ("lineItems", "customLineItems")
        for line in order.nodes(name)
    }
    for item_id, item in returned.items():
        line = lines.get(item.id("lineItemId") or item.id("customLineItemId") or "")
        if line is None:
            raise Unfit("A returned item is of no line of the order.")
        quantity, of = item.whole("quantity", 1), max(1, line.whole("quantity", 1))
        total = _cents(_total(line), currency) * min(quantity, of) // of
        if total:
            yield OrderRefunded(
                order_id=number, refund_id=item_id, buyer=_buyer(order), lines_minor=total
            )


def _total(priced: Node) -> Node:
    """What an order or a line comes to, with tax where that is known."""
    taxed = priced.node("taxedPrice")
    gross = None if taxed is None else taxed.node("totalGross")
    return priced.need("totalPrice") if gross is None else gross


def _cents(money: Node, currency: str) -> int:
    """Commercetools counts in the smallest unit too, and says how many decimals that has."""
    money.in_currency("currencyCode", currency)
    exponent = CURRENCIES[currency].exponent
    if (
        money.whole("fractionDigits", exponent) != exponent
        and money.text("type") != "highPrecision"
    ):
        raise Unfit(f"An amount has other decimals than {currency}.")
    return money.whole("centAmount", 0)


def _buyer(order: Node) -> Buyer:
    address = order.node("billingAddress") or order.node("shippingAddress") or Node({})
    return Buyer(
        external_id=order.id("customerId"),
        email=order.text("customerEmail") or address.text("email"),
        phone=address.text("phone") or address.text("mobile"),
        country=address.text("country"),
    )
