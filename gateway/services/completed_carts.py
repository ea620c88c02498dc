"""Which carts became an order. Pure; the same for metrics and for what is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from gateway.services.customer_facts import Sale

DAY: Final = 86_400 * 1_000_000


class Seen(Protocol):
    """A cart of a customer, and when it was looked at."""

    @property
    def cart_id(self) -> str:
        """The storefront's own id."""
        ...

    @property
    def first_at(self) -> int:
        """First."""
        ...

    @property
    def last_at(self) -> int:
        """Last."""
        ...


def sales_of_carts(carts: Mapping[str, Seen], sales: Iterable[Sale]) -> dict[str, Sale]:
    """The order that each cart of a customer became, by the cart's id.

    That is one whose redemption was captured, or whose id is the order's. Any other order completes
    the cart that was seen last before it, within a day. `sales` are in the order of time.
    """
    found: dict[str, Sale] = {}
    others: list[Sale] = []
    for sale in sales:
        cart_id = sale.redemption.cart_id if sale.redemption else sale.order_id
        if cart_id in carts:
            found[cart_id] = sale
        else:
            others.append(sale)
    for sale in others:
        near = [
            cart
            for cart in carts.values()
            if cart.cart_id not in found and cart.first_at <= sale.at <= cart.last_at + DAY
        ]
        if near:
            found[max(near, key=lambda cart: (cart.last_at, cart.cart_id)).cart_id] = sale
    return found
