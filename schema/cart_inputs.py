"""Carts and orders, as a storefront and its backend send them."""

from __future__ import annotations

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.redemptions import Order
from schema import checks
from schema.describe import about, optional
from schema.money import MoneyInput

MAX_LINES = 500


@strawberry.input(description="One line of a cart.")
class CartLineInput:
    """One line of a cart."""

    product_id: str = about("The merchant's id of the product, 1 … 255 characters.")
    quantity: int = about("How many, 1 … 1000000.")
    total: MoneyInput = about("The whole line before points, not the unit price.")
    collection_ids: list[str] | None = optional("Collections that the product is in, at most 100.")

    def line(self, currency: str, of: str, index: int) -> CartLine:
        """The inside form; `of` is `cart` or `order`."""
        path = (of, "lines", str(index))
        collections = self.collection_ids or []
        checks.within(len(collections), 0, 100, *path, "collectionIds")
        return CartLine(
            product_id=checks.text(self.product_id, *path, "productId"),
            quantity=checks.within(self.quantity, 1, 1_000_000, *path, "quantity"),
            total_minor=self.total.minor(currency, *path, "total"),
            collection_ids=tuple(checks.text(c, *path, "collectionIds") for c in collections),
        )


@strawberry.input(description="A cart before points.")
class CartInput:
    """A cart before points."""

    id: str = about("The storefront's own id of the cart, 1 … 255 characters.")
    total: MoneyInput = about("What the customer would pay without points.")
    lines: list[CartLineInput] | None = optional(
        "Needed where a rule covers certain products or collections; at most 500, together at most"
        " the total."
    )

    def cart(self, currency: str) -> Cart:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        total = self.total.minor(currency, "cart", "total")
        lines = _lines(self.lines or [], currency, total, "cart")
        return Cart(checks.text(self.id, "cart", "id"), total, lines)


def _lines(
    given: list[CartLineInput], currency: str, total_minor: int, of: str
) -> tuple[CartLine, ...]:
    """The lines of a cart or an order. Raises LoyaltyError when they sum to more than its total."""
    checks.within(len(given), 0, MAX_LINES, of, "lines")
    lines = tuple(line.line(currency, of, index) for index, line in enumerate(given))
    if sum(line.total_minor for line in lines) > total_minor:
        refusal = Refusal(Code.INVALID_AMOUNT, field=(of, "lines"))
        raise LoyaltyError(refusal, f"The lines must not sum to more than the {of}'s total.")
    return lines


def lines_of(given: list[CartLineInput], currency: str) -> tuple[CartLine, ...]:
    """Lines of a refund. Raises RequestError or LoyaltyError, each with its field."""
    return _lines(given, currency, MAX_SAFE_INTEGER, "refund")


@strawberry.input(description="A paid order.")
class OrderInput:
    """A paid order."""

    id: str = about("The merchant's own id of the order, 1 … 255 characters.")
    total: MoneyInput = about("The order's total before points, as the backend knows it.")
    lines: list[CartLineInput] | None = optional(
        "Send them where rules cover certain products or collections: then the order, not the"
        " browser's cart, says what is covered. At most 500, together at most the total."
    )

    def order(self, currency: str) -> Order:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        total = self.total.minor(currency, "order", "total")
        lines = None if self.lines is None else _lines(self.lines, currency, total, "order")
        return Order(checks.text(self.id, "order", "id"), total, lines)
