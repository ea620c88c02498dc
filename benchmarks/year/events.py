"""What a store tells the gateway. Frozen values, in plain words and numbers.

Amounts are minor units, points whole, times microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.year.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that is told at a moment. `key`: an idempotency key of the store's, if it sent one.

    The same key always comes with the same content.
    """

    at: int
    merchant: str
    customer: int
    """The store's number of the customer; 0 where it is about none."""
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms(Event):
    """The merchant decided anew."""

    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion(Event):
    """Signed up, or has a birthday; the customer is new to the store with the first one."""

    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    product: str
    minor: int
    collection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply(Event):
    """Points for a cart; `points` None: as many as there may be."""

    cart: str
    total_minor: int
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Event):
    """The payment failed, and the store says so."""

    cart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Event):
    """The redemption alone is captured; the order may be completed later, or never."""

    cart: str
    order: str
    total_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Event):
    """An order was paid. One of `total_minor` and `paid_minor` is given."""

    order: str
    cart: str | None = None
    by: Literal["id", "cart", "nothing"] = "nothing"
    """How it names what it redeems: by what the store was answered for the cart, or the cart."""
    total_minor: int | None = None
    paid_minor: int | None = None
    lines: tuple[Line, ...] | None = None
    placed_at: int | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Event):
    """All of the order is given back. `named`: the store says whose it is."""

    order: str
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack(Event):
    """A part of the order is given back: an amount, lines by their total, or neither: the rest."""

    order: str
    refund: str
    amount_minor: int | None = None
    lines_minor: int | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Event):
    """A guest turns out to be this customer, and becomes a part of it."""

    guest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Event):
    """Staff gave points, or took some."""

    points: int
    expires_at: int | None = None
