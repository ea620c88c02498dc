"""Reads JSON that strangers wrote: numbers keep their own digits, and nothing is taken on trust.

Every function raises `Unfit` for what it cannot take, naming the field and never its value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from gateway.currencies import CURRENCIES
from gateway.inbound.facts import Unfit
from gateway.inbound.numbers import decimal_of, minor_units
from gateway.money import MAX_MINOR

LONGEST_ID: Final = 255
MOST_ENTRIES: Final = 10_000
"""Of one list; an order with more lines is no order."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Digits(str):
    """A number as it was written; no float, and no integer of a million digits."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON object, with its place for messages."""

    fields: dict[str, Any]
    place: str = ""

    def _named(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        """Whether there is something: null and an empty text are as good as no field."""
        return self.fields.get(name) not in (None, "")

    def node(self, name: str) -> Node | None:
        """The object there; None where there is none."""
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Unfit(f"`{self._named(name)}` is no object.")
        return Node(cast("dict[str, Any]", value), self._named(name))

    def need(self, name: str) -> Node:
        """The object there, which must be."""
        found = self.node(name)
        if found is None:
            raise Unfit(f"`{self._named(name)}` is missing.")
        return found

    def nodes(self, name: str) -> list[Node]:
        """The objects of a list; none where there is no list."""
        value = self.fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Unfit(f"`{self._named(name)}` is no list.")
        entries = cast("list[object]", value)
        if len(entries) > MOST_ENTRIES:
            raise Unfit(f"`{self._named(name)}` has over {MOST_ENTRIES} entries.")
        if not all(isinstance(entry, dict) for entry in entries):
            raise Unfit(f"`{self._named(name)}` holds what is no object.")
        found = cast("list[dict[str, Any]]", entries)
        return [Node(entry, f"{self._named(name)}[{at}]") for at, entry in enumerate(found)]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list; none where there is no list."""
        value = self.fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise Unfit(f"`{self._named(name)}` is no list.")
        entries = cast("list[object]", value)
        if len(entries) > MOST_ENTRIES or not all(isinstance(entry, str) for entry in entries):
            raise Unfit(f"`{self._named(name)}` is no list of texts.")
        return tuple(str(entry) for entry in entries)

    def text(self, name: str) -> str | None:
        """A text, or the digits of a number; None where there is nothing."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise Unfit(f"`{self._named(name)}` is no text.")
        return str(value)

    def id(self, name: str) -> str | None:
        """A text that can be stored and shown: printable, and no longer than an id."""
        found = self.text(name)
        if found is not None and (len(found) > LONGEST_ID or not found.isprintable()):
            raise Unfit(f"`{self._named(name)}` is not 1 to {LONGEST_ID} printable characters.")
        return found

    def need_id(self, name: str) -> str:
        """The same, which must be there."""
        found = self.id(name)
        if found is None:
            raise Unfit(f"`{self._named(name)}` is missing.")
        return found

    def whole(self, name: str, default: int) -> int:
        """A whole number from 0, as a number or as text."""
        found = self.text(name)
        if found is None:
            return default
        number = decimal_of(found, self._named(name))
        if number != number.to_integral_value() or not 0 <= number <= MAX_MINOR:
            raise Unfit(f"`{self._named(name)}` is no whole number.")
        return int(number)

    def minor(self, name: str, currency: str, *, rounded: bool = False) -> int | None:
        """An amount in minor units, its sign left out: shops write refunds with and without one.

        Exact: `rounded` only where shops divide amounts among lines, half up then.
        """
        found = self.text(name)
        if found is None:
            return None
        return minor_units(found, currency, self._named(name), rounded=rounded)

    def need_minor(self, name: str, currency: str) -> int:
        """The same, exact, which must be there."""
        found = self.minor(name, currency)
        if found is None:
            raise Unfit(f"`{self._named(name)}` is missing.")
        return found

    def instant(self, name: str) -> int | None:
        """An ISO 8601 instant as microseconds; without an offset it is UTC."""
        found = self.text(name)
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            since = moment - _EPOCH
        except (ValueError, OverflowError):
            raise Unfit(f"`{self._named(name)}` is no ISO 8601 instant.") from None
        if since.days < 0:
            raise Unfit(f"`{self._named(name)}` is before 1970.")
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def in_currency(self, name: str, currency: str) -> None:
        """Refuse amounts of another currency than the merchant's; no currency is no matter."""
        found = self.text(name)
        if found is not None and found.upper() != currency:
            shown = found.upper() if found.upper() in CURRENCIES else "another currency"
            raise Unfit(f"The amounts are in {shown}, and the merchant's currency is {currency}.")


def parsed(body: str) -> Node:
    """The JSON object that a body is."""
    try:
        found: object = json.loads(
            body, parse_float=Digits, parse_int=Digits, parse_constant=Digits
        )
    except RecursionError:
        raise Unfit("The body is nested too deeply.") from None
    except ValueError:
        raise Unfit("The body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise Unfit("The body is no JSON object.")
    return Node(cast("dict[str, Any]", found))
