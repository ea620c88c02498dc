"""Money: whole minor units inside, an exact decimal string outside. No float in between.

A currency is its ISO 4217 code, and `gateway.currencies` says how many decimals it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gateway.currencies import CURRENCIES
from gateway.errors import Code, LoyaltyError, Refusal

MAX_MINOR: Final = 2**53 - 1
"""Largest amount that may come in: the largest integer a JSON number carries exactly."""

MAX_AMOUNT_LENGTH: Final = 20
"""Most characters that a decimal amount may have."""

# [0-9], not \d: \d also matches the digits of other scripts.
_PLAIN_DECIMAL: Final = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_EXPONENTS: Final = {code: currency.exponent for code, currency in CURRENCIES.items()}


def to_minor(amount: str, currency: str, *path: str) -> int:
    """Read a decimal amount as minor units, exactly; `path` names the input field to blame.

    Zeros behind the currency's last decimal are accepted ("5.000" is 500 paise), any other digit
    there is not.

    Raises:
        LoyaltyError: INVALID_AMOUNT, when `amount` is not a plain decimal of at most 20
            characters, is negative, has too many decimals or exceeds 2^53-1 minor units, or when
            `currency` is not a known code.
    """
    exponent = _EXPONENTS.get(currency)
    if exponent is None:
        raise _invalid("The currency is not a known ISO 4217 code.", path)
    match = _PLAIN_DECIMAL.fullmatch(amount) if len(amount) <= MAX_AMOUNT_LENGTH else None
    if match is None:
        raise _invalid(_malformed(amount), path)
    whole, fraction = match[1], (match[2] or "").rstrip("0")
    if len(fraction) > exponent:
        raise _invalid(f"An amount in {currency} has at most {exponent} decimals.", path)
    minor = int(whole + fraction.ljust(exponent, "0"))
    if minor > MAX_MINOR:
        raise _invalid(f"The amount must be at most {to_decimal(MAX_MINOR, currency)}.", path)
    return minor


def to_decimal(minor: int, currency: str) -> str:
    """Write minor units as a decimal with all decimals of the currency: "499.00", "500" in JPY.

    Raises KeyError for an unknown currency; codes are checked where they come in.
    """
    exponent = _EXPONENTS[currency]
    if not exponent:
        return str(minor)
    if minor < 0:
        return "-" + to_decimal(-minor, currency)
    digits = str(minor).zfill(exponent + 1)
    return f"{digits[:-exponent]}.{digits[-exponent:]}"


def _malformed(amount: str) -> str:
    if len(amount) > MAX_AMOUNT_LENGTH:
        return f"An amount has at most {MAX_AMOUNT_LENGTH} characters."
    if amount.startswith("-") and _PLAIN_DECIMAL.fullmatch(amount, 1):
        return "An amount must not be negative."
    return 'An amount is a plain decimal such as "499.00".'


def _invalid(detail: str, path: tuple[str, ...]) -> LoyaltyError:
    return LoyaltyError(Refusal(Code.INVALID_AMOUNT, field=path or None), detail)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units and its currency. A difference may be negative.

    Adding, subtracting or ordering two currencies raises ValueError; they are merely not equal.
    """

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same_currency(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same_currency(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same_currency(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same_currency(other)

    def __str__(self) -> str:
        """Show the decimal amount and the code: "499.00 INR"."""
        return f"{to_decimal(self.minor, self.currency)} {self.currency}"

    def _same_currency(self, other: Money) -> int:
        if self.currency != other.currency:
            raise ValueError(f"Cannot combine {self.currency} with {other.currency}")
        return other.minor
