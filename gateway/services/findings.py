"""What a reconciliation finds: where redemptions, orders and the shop's own books do not agree.

Amounts are minor units, points whole, times microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.errors import Code
from gateway.ledger import order_commands
from gateway.ledger.commands import Balance, Command, Refund


class FindingKind(StrEnum):
    """What does not agree. Stable across releases; the last seven need the shop's own list."""

    CAPTURED_WITHOUT_ORDER = "CAPTURED_WITHOUT_ORDER"
    CAPTURED_BUT_CANCELLED = "CAPTURED_BUT_CANCELLED"
    CAPTURE_REFUSED = "CAPTURE_REFUSED"
    HOLD_NOT_CAPTURED = "HOLD_NOT_CAPTURED"
    HOLD_ENDED_UNPAID = "HOLD_ENDED_UNPAID"
    ORDER_MISSING = "ORDER_MISSING"
    ORDER_NOT_CANCELLED = "ORDER_NOT_CANCELLED"
    ORDER_NOT_REFUNDED = "ORDER_NOT_REFUNDED"
    ORDER_CANCELLED_HERE = "ORDER_CANCELLED_HERE"
    ORDER_REFUNDED_MORE = "ORDER_REFUNDED_MORE"
    ORDER_DIFFERS = "ORDER_DIFFERS"
    ORDER_OF_ANOTHER = "ORDER_OF_ANOTHER"


HERE: Final = tuple(FindingKind)[:5]
"""What can be found without the shop's own list."""

REPAIRS: Final[Mapping[type[Command], str]] = {
    order_commands.CompleteOrder: "completeOrder",
    order_commands.CaptureLate: "captureRedemption",
    order_commands.CancelOrder: "cancelOrder",
    order_commands.RefundOrder: "refundOrder",
    Refund: "refundRedemption",
}
"""What a command of a repair is called outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a repair would come to, as of now; `refusal`: it would be refused, and change nothing.

    The balances are the customer's before and after it.
    """

    coins_before: Balance
    coins_after: Balance
    credits_before: Balance
    credits_after: Balance
    refusal: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not agree, and the commands that would mend it, in their order.

    Without a step it is for a person to look at.
    """

    kind: FindingKind
    merchant_id: int
    key: str
    """Names it among those of its kind; it keeps that name as long as it is there."""
    sentence: str
    at: int
    """When it came about: captured, ran out, completed, or placed."""
    customer_id: int | None = None
    order_id: str | None = None
    redemption_id: int | None = None
    points: int = 0
    """Of the redemption: captured and not given back, or held when it ran out."""
    credits_minor: int = 0
    amount_minor: int | None = None
    """Of the order before points, else of the cart; of a difference, how large it is."""
    steps: tuple[Command, ...] = ()
    preview: Preview | None = None
    points_there: bool | None = None
    """Of a hold that ended: whether the customer still has its points."""
    position: tuple[int, int] = (0, 0)
    """Where it stands among those of its kind."""

    @property
    def id(self) -> str:
        """Names it for good."""
        return f"{self.kind.value}:{self.key}"

    @property
    def open(self) -> bool:
        """Whether something is to be done: a hold that nobody paid is only worth knowing."""
        return self.kind is not FindingKind.HOLD_ENDED_UNPAID

    @property
    def repairs(self) -> tuple[str, ...]:
        """What would mend it, in the words of the API."""
        return tuple(REPAIRS[type(step)] for step in self.steps)
