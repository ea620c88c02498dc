"""What is kept of a cart, so that rules can be tried on it: tier, tags and lines as texts."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import Final, NamedTuple

import orjson

from gateway.rules.facts import CartLine, Shopper

MOST_LINES: Final = 100
"""Of one cart; of a longer one no line is kept."""
MOST_BYTES: Final = 8_000
"""Of the text of all lines of a cart: the bound of the column."""
NO_TAGS: Final = "[]"

Lines = tuple[CartLine, ...]


class CartFacts(NamedTuple):
    """What a cart was besides its total. References only: nothing is copied while it is noted."""

    tier: str | None
    tags: frozenset[str] | None
    """None: nothing is to be kept of this cart."""
    lines: Lines

    def texts(self) -> tuple[str | None, str | None, str | None]:
        """Tier, tags and lines as they are stored."""
        if self.tags is None:
            return None, None, None
        return self.tier, tags_text(self.tags), lines_text(self.lines)


NOTHING: Final = CartFacts(None, None, ())


def facts_of(shopper: Shopper, lines: Lines) -> CartFacts:
    """What to keep of this customer's cart."""
    return CartFacts(shopper.tier, shopper.tags, lines if len(lines) <= MOST_LINES else ())


def tags_text(tags: Set[str]) -> str:
    """Tags as JSON."""
    return orjson.dumps(sorted(tags)).decode() if tags else NO_TAGS


def lines_text(lines: Lines) -> str | None:
    """Lines as JSON; None where there are none, or they are too long."""
    if not lines:
        return None
    rows = [
        (each.product_id, each.total_minor, each.quantity, each.collection_ids) for each in lines
    ]
    text = orjson.dumps(rows)
    return text.decode() if len(text) <= MOST_BYTES else None


def lines_from(text: str | None) -> Lines:
    """Lines out of their text."""
    if text is None:
        return ()
    return tuple(
        CartLine(product, total, quantity, tuple(collections))
        for product, total, quantity, collections in orjson.loads(text)
    )


@lru_cache(4_096)
def tags_from(text: str) -> frozenset[str]:
    """Tags out of their text; customers have few different sets of them."""
    return frozenset(orjson.loads(text))
