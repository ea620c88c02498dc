"""Percentages and multiples: decimals outside, basis points inside."""

from __future__ import annotations

import re

from gateway.errors import Code, LoyaltyError, Refusal
from schema.scalars import Decimal

_TWO_DECIMALS = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


def percent(bp: int) -> Decimal:
    """Basis points as a percentage: 2000 is "20", 1250 is "12.5"."""
    return _decimal(bp, 100)


def multiple(bp: int) -> Decimal:
    """Basis points as a multiple: 30000 is "3"."""
    return _decimal(bp, 10_000)


_WHOLE = 10_000
_LOWEST_MULTIPLE, _HIGHEST_MULTIPLE = 100, 1_000_000  # in hundredths


def percent_bp(text: str, *path: str) -> int:
    """A percentage as basis points. Raises LoyaltyError unless 0 < p ≤ 100, two decimals."""
    bp = _hundredths(text)
    if bp is None or not 0 < bp <= _WHOLE:
        refusal = Refusal(Code.INVALID_AMOUNT, field=path)
        raise LoyaltyError(
            refusal, "A percentage is more than 0 and at most 100, with at most two decimals."
        )
    return bp


def multiple_bp(text: str, *path: str) -> int:
    """A multiple as basis points. Raises LoyaltyError unless 1 ≤ m ≤ 10000, two decimals."""
    hundredths = _hundredths(text)
    if hundredths is None or not _LOWEST_MULTIPLE <= hundredths <= _HIGHEST_MULTIPLE:
        refusal = Refusal(Code.INVALID_AMOUNT, field=path)
        raise LoyaltyError(
            refusal, "A multiple is at least 1 and at most 10000, with at most two decimals."
        )
    return hundredths * 100


def _hundredths(text: str) -> int | None:
    match = _TWO_DECIMALS.fullmatch(text)
    return int(match[1] + (match[2] or "").ljust(2, "0")) if match else None


def _decimal(bp: int, unit: int) -> Decimal:
    whole, rest = divmod(bp, unit)
    if not rest:
        return Decimal(str(whole))
    digits = str(rest).zfill(len(str(unit)) - 1).rstrip("0")
    return Decimal(f"{whole}.{digits}")
