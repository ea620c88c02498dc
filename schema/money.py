"""Money outside: an exact decimal string with its currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.money import to_decimal, to_minor
from schema.describe import about
from schema.enums import CurrencyCode
from schema.scalars import Decimal

if TYPE_CHECKING:
    from typing import Any


@strawberry.type(description="An amount of money.")
class Money:
    """An amount of money."""

    amount: Decimal = about('The exact amount in major units: "499.00".')
    currency_code: CurrencyCode = about("The currency of the amount.")


def money(minor: int, currency: str) -> Money:
    """The outside form of `minor` minor units."""
    member: Any = CurrencyCode[currency]
    return Money(amount=Decimal(to_decimal(minor, currency)), currency_code=member)


def money_or_none(minor: int | None, currency: str) -> Money | None:
    """The same of an amount that may be unknown."""
    return None if minor is None else money(minor, currency)


@strawberry.input(description="An amount of money.")
class MoneyInput:
    """An amount of money, as given."""

    amount: Decimal = about("The exact amount in major units, at most as many decimals as it has.")
    currency_code: CurrencyCode = about("Must be the merchant's currency.")

    def minor(self, currency: str, *path: str) -> int:
        """Minor units. Raises LoyaltyError for another currency, and for an impossible amount."""
        if self.currency_code.value != currency:
            refusal = Refusal(Code.CURRENCY_MISMATCH, field=(*path, "currencyCode"))
            raise LoyaltyError(refusal, f"The currency must be {currency}.")
        return to_minor(self.amount, currency, *path, "amount")
