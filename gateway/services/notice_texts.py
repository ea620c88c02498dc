"""What a notice says: the customers who have changed, in texts that PostgreSQL can carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import orjson

from gateway.services.changes import Who

EVERYONE = "*"
"""Instead of names: anyone may have changed."""
HERE = "+"
"""Instead of names: somebody watches in the process that says so."""
NAMES = 180
"""In one text: two numbers of up to 19 digits and four signs each, so below 8,000 bytes in all."""


def packed(changed: Iterable[Who]) -> list[str]:
    """As few texts as it takes."""
    names = list(changed)
    return [
        orjson.dumps(names[start : start + NAMES]).decode() for start in range(0, len(names), NAMES)
    ]


def unpacked(text: str) -> list[Who] | None:
    """The customers that a text names. None for one that cannot be read, by another release say."""
    try:
        return [
            (int(merchant), int(customer))
            for merchant, customer in cast("list[tuple[int, int]]", orjson.loads(text))
        ]
    except (ValueError, TypeError):
        return None
