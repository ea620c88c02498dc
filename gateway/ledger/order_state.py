"""One order as its events have told it so far. Frozen values, no behaviour beyond their own sums.

Amounts are minor units of the merchant's currency, times microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RefundEvent:
    """Money or goods that were given back.

    `amount_minor` is of what was paid, `lines_minor` of the total before points; neither: all that
    is left.
    """

    refund_id: str
    amount_minor: int | None = None
    lines_minor: int | None = None
    at: int | None = field(default=None, compare=False, repr=False)
    """When it was told. No part of what it is: told again, it is the same refund."""

    @property
    def whole(self) -> bool:
        """Whether all that is left is given back."""
        return self.amount_minor is None and self.lines_minor is None


@dataclass(frozen=True, slots=True)
class Earned:
    """What one rule gave for the order, and the lot that its points came in with."""

    rule_id: int
    rule_version: int
    points: int
    spend_minor: int
    multiplier_bp: int
    lot_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderState:
    """One row of `customer_order`.

    Its events may come in any order: what is told of it is kept as facts (`digest` to
    `cancelled_at`, `refunds`), and what it moved follows from all of them together.
    """

    merchant_id: int
    customer_id: int
    order_id: str
    """The merchant's own."""
    id: int
    digest: str | None = None
    """Of what was completed; None: that is not told yet."""
    total_minor: int | None = None
    """Before points."""
    paid_minor: int | None = None
    """After points and store credit. Known once it is completed, or its redemption captured."""
    placed_at: int | None = None
    completed_at: int | None = None
    cancelled_at: int | None = None
    redemption_id: int | None = None
    capture_refusal: str | None = None
    """Why its redemption could not be captured, where the order stands all the same."""
    refunds: tuple[RefundEvent, ...] = ()
    refunded_minor: int = 0
    """How much of what was paid counts as given back: at most all of it."""
    earned_points: int = 0
    clawed_points: int = 0
    """Earned points taken back so far, and of these `forgiven_points` that nobody had any more."""
    forgiven_points: int = 0
    earnings: tuple[Earned, ...] = ()
    created_at: int
    updated_at: int

    @property
    def completed(self) -> bool:
        """Whether it is known to be paid."""
        return self.completed_at is not None

    @property
    def whole(self) -> bool:
        """Whether all of it is given back: then it takes no point and brings none."""
        if self.cancelled_at is not None or any(refund.whole for refund in self.refunds):
            return True
        if not self.paid_minor:
            return bool(self.total_minor) and self._lines_minor >= (self.total_minor or 0)
        return self.returned_minor == self.paid_minor

    @property
    def returned_minor(self) -> int:
        """How much of what was paid is given back, by all that was told."""
        paid, total = self.paid_minor or 0, self.total_minor or 0
        if self.cancelled_at is not None or any(refund.whole for refund in self.refunds):
            return paid
        amounts = sum(refund.amount_minor or 0 for refund in self.refunds)
        lines = paid * self._lines_minor // total if total else 0
        return min(paid, amounts + lines)

    @property
    def _lines_minor(self) -> int:
        return sum(refund.lines_minor or 0 for refund in self.refunds)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of `customer_day`: what a customer's orders of one day come to, net.

    `day` is whole days since 1970-01-01, UTC.
    """

    merchant_id: int
    customer_id: int
    day: int
    spent_minor: int
    earned_points: int
    orders: int


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One row of `award`: what was given once for an occasion."""

    merchant_id: int
    customer_id: int
    occasion: str
    rule_id: int
    points: int
    at: int
