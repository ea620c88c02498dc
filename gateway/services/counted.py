"""Whom figures count, in one place; and places for values in a statement."""

from __future__ import annotations

from typing import Final

from gateway.services.sandbox import real

COUNTED: Final = "c.merged_into IS NULL AND NOT c.sandbox"
"""A condition on a row `c` of `customer`. Whoever was merged counts with the customer that it
became a part of; whoever was forgotten still counts; a customer of the sandbox does not."""

LOT_COUNTED: Final = real("l")
"""The same for a row `l` of `lot`: a customer that was merged has no open one any more."""


def marks(number: int) -> str:
    """So many places for values, in brackets."""
    return f"({', '.join('?' * number)})"


def rows_of(number: int, width: int) -> str:
    """So many rows of places for values."""
    return ", ".join([marks(width)] * number)
