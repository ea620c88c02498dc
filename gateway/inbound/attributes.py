"""What a checkout writes on an order, so that its points are found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from gateway.inbound.reading import LONGEST_ID, Node

REDEMPTION: Final = "loyalty_redemption_id"
CART: Final = "loyalty_cart_id"
DISCOUNT_CODE: Final = "loyalty_discount_code"
"""The code of the discount that stands for points: lines are told before it."""
NAMES: Final = (REDEMPTION, CART, DISCOUNT_CODE)


def pairs(entries: Iterable[Node], key: str) -> dict[str, str]:
    """Ours of a list of names and values; what cannot be an id is left out, not refused.

    Everyone's plugins write here, and shoppers can: an odd value must not cost an order its points.
    """
    found: dict[str, str] = {}
    for entry in entries:
        name, value = entry.fields.get(key), entry.fields.get("value")
        if isinstance(name, str) and name in NAMES and usable(value):
            found[name] = str(value)
    return found


def points_code(found: Mapping[str, str]) -> str | None:
    """The code that stands for points on this order; None where it redeems none of ours."""
    redeems = REDEMPTION in found or CART in found
    return found.get(DISCOUNT_CODE) if redeems else None


def usable(value: object) -> bool:
    """Whether it can be an id."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()
