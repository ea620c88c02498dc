"""How a rate is written in a setting: `units a second, units at once`."""

from __future__ import annotations

from gateway.setting_values import Parser
from gateway.throttling.bucket import Rate

OFF = "off"
MOST_PER_SECOND = 100_000
MOST_AT_ONCE = 10_000_000


def _rate(text: str) -> Rate | None:
    if text in {OFF, "0"}:
        return None
    units, comma, burst = text.partition(",")
    return Rate(_whole(units, MOST_PER_SECOND), _whole(burst if comma else "", MOST_AT_ONCE))


def _whole(text: str, most: int) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))):
        raise ValueError
    if not 1 <= int(digits) <= most:
        raise ValueError
    return int(digits)


RATE = Parser(
    f"cost a second, a comma, cost at once (1 to {MOST_PER_SECOND}, 1 to {MOST_AT_ONCE}); or {OFF}",
    _rate,
)
"""A `Rate`, or None where there is no limit."""
