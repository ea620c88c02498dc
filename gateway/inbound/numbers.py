"""Amounts of money as others write them, read exactly."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from gateway.currencies import CURRENCIES
from gateway.inbound.facts import Unfit
from gateway.money import MAX_MINOR

_NUMBER: Final = re.compile(r"-?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:[eE][+-]?[0-9]{1,2})?")
_DIGITS: Final = 60


def minor_units(text: str, currency: str, place: str, *, rounded: bool = False) -> int:
    """A decimal as minor units of the currency, without its sign."""
    exponent = CURRENCIES[currency].exponent
    with localcontext() as context:
        context.prec = _DIGITS
        exact = abs(decimal_of(text, place)).scaleb(exponent)
        # Compared before anything is rounded or counted out: 1E+99 has a hundred digits.
        if exact > MAX_MINOR:
            raise Unfit(f"`{place}` is larger than any amount.")
        whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
        if whole != exact and not rounded:
            raise Unfit(f"`{place}` has more than {exponent} decimals, too many for {currency}.")
    return int(whole)


def decimal_of(text: str, place: str) -> Decimal:
    """The number that a text is, exactly."""
    if not _NUMBER.fullmatch(text):
        raise Unfit(f"`{place}` is no decimal number.")
    return Decimal(text)
