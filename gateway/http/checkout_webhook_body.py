"""Reads what a checkout asks of its webhook: JSON whose numbers keep their own digits.

Fields that are not known are ignored. Null and an empty text are as good as no field.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from gateway.errors import bad_input
from gateway.http.reading import HttpRefused
from gateway.ids import from_global_id, id_number
from gateway.ledger.commands import WalletUse
from gateway.money import to_minor
from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.customers import CustomerRef
from gateway.services.performing import Sale
from gateway.services.phones import mobile_e164
from schema import checks

ACTIONS: Final = ("list", "perform", "revert")
WALLETS: Final = {use.value.lower(): use for use in WalletUse}
_NUMBER: Final = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")
_NO_RULE: Final = 0


class Digits(str):
    """A number of the body as it was written, or what stands for none such as NaN: no float."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of one call. Each method reads one part, and raises RequestError naming it."""

    fields: dict[str, Any]

    def action(self) -> str:
        """One of ACTIONS."""
        action = self.fields.get("action")
        if action not in ACTIONS:
            raise bad_input(f"`action` must be one of {', '.join(ACTIONS)}.", "action")
        return action

    def customer(self, home: str | None) -> CustomerRef:
        """By `customer_id`, else by `mobile`; `home` is the country where none is named."""
        external_id = self._text("customer_id")
        if external_id is not None:
            return CustomerRef(external_id=checks.text(external_id, "customer_id"), old_names=True)
        mobile = self._text("mobile")
        if mobile is None:
            raise bad_input("One of `customer_id` and `mobile` is required.", "customer_id")
        phone = mobile_e164(mobile, self._text("country"), home)
        return CustomerRef(phone=phone, old_names=True)

    def customer_id(self) -> str | None:
        """Whom the call names, as it is written; None where that cannot be the id of anyone."""
        value = self.fields.get("customer_id")
        fits = isinstance(value, str) and 0 < len(value) <= checks.MAX_ID_LENGTH
        return str(value) if fits else None

    def order_id(self) -> str | None:
        """The merchant's reference of the order."""
        reference = self._text("reference_order_id")
        return None if reference is None else checks.text(reference, "reference_order_id")

    def sale(self, currency: str) -> Sale:
        """What is to be paid, and with what. Raises LoyaltyError for an amount out of bounds."""
        wallets = self._wallets()
        return Sale(
            total_minor=self._minor("amount", currency),
            order_id=self.order_id(),
            points=self._points(wallets, currency),
            wallets=wallets,
            rule_id=self._rule(wallets),
        )

    def _wallets(self) -> WalletUse:
        wallets = WALLETS.get(self._text("wallet_type") or "coins")
        if wallets is None:
            raise bad_input(f"`wallet_type` must be one of {', '.join(WALLETS)}.", "wallet_type")
        return wallets

    def _points(self, wallets: WalletUse, currency: str) -> int | None:
        if self._value("coin_value") is None:
            return None
        if not wallets.coins:
            return self._minor("coin_value", currency)
        number = Decimal(self._number("coin_value"))
        if number != int(number):
            raise bad_input("`coin_value` must be a whole number.", "coin_value")
        return checks.within(int(number), 1, MAX_SAFE_INTEGER, "coin_value")

    def _rule(self, wallets: WalletUse) -> int | None:
        promotion = self._text("promotion_id")
        if promotion is None or not wallets.coins:
            return None
        parts = from_global_id(promotion, "RedemptionRule")
        return (id_number(parts[0]) if parts and len(parts) == 1 else None) or _NO_RULE

    def _minor(self, name: str, currency: str) -> int:
        return to_minor(f"{Decimal(self._number(name)):f}", currency, name)

    def _number(self, name: str) -> str:
        """A decimal number, in JSON a number or a text."""
        value = self._value(name)
        if value is None:
            raise bad_input(f"`{name}` is required.", name)
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            raise bad_input(f'`{name}` must be a plain decimal such as 499.00 or "499.00".', name)
        return value

    def _text(self, name: str) -> str | None:
        """A text, or the digits of a whole number."""
        value = self._value(name)
        if value is None:
            return None
        if not isinstance(value, str) or (isinstance(value, Digits) and not value.isdigit()):
            raise bad_input(f"`{name}` must be a text.", name)
        return str(value)

    def _value(self, name: str) -> object:
        value = self.fields.get(name)
        return None if value == "" else value


def read(body: bytes) -> Body:
    """The fields of a JSON object. Raises HttpRefused for anything else."""
    try:
        found: object = json.loads(
            body.decode(), parse_float=Digits, parse_int=Digits, parse_constant=Digits
        )
    except RecursionError:
        raise HttpRefused(400, "The body is nested too deeply.") from None
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError are such
        raise HttpRefused(400, f"The body is not valid JSON in UTF-8: {error}.") from None
    if not isinstance(found, dict):
        raise HttpRefused(400, "The body must be a JSON object.")
    return Body(cast("dict[str, Any]", found))
