"""What can be asked of the ledger about orders and occasions. Frozen values, no behaviour.

Each is known again by what it is about (the order and its event, the occasion), with or without
the caller's key: to repeat it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.ledger.commands import Command
from gateway.ledger.order_state import RefundEvent
from gateway.rules.earning_rules import EarningKind
from gateway.rules.facts import CartLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCommand(Command):
    """Common to the commands of an order; `id` becomes that of one of which nothing is known."""

    order_id: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteOrder(OrderCommand):
    """An order was paid: capture its redemption, if it has one, and earn.

    Exactly one of `total_minor` (before points) and `paid_minor` (after points) is given.
    """

    digest: str
    total_minor: int | None = None
    paid_minor: int | None = None
    lines: tuple[CartLine, ...] | None = None
    placed_at: int | None = None
    """When the customer ordered; None: now."""
    redemption_id: int | None = None
    cart_id: str | None = None
    """Finds the redemption where its id was lost."""
    lenient: bool = False
    """The order stands even where its redemption cannot be captured, or is told otherwise again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureLate(OrderCommand):
    """Capture what a completed order redeems, where that was refused or not told at the time."""

    redemption_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(OrderCommand):
    """All of the order is given back, whatever is still told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder(OrderCommand):
    """Some of the order is given back."""

    refund: RefundEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Command):
    """Give what the merchant gives once for an occasion, such as `SIGN_UP` or `BIRTHDAY:2026`."""

    kind: EarningKind
    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTier(Command):
    """Look at the customer's tier again: days have left the rolling year."""
