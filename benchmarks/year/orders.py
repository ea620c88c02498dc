"""What was told of an order, what of it is given back, and what it earns by the rules.

Plain arithmetic, as the rest of the recomputation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from benchmarks.year import events as told
from benchmarks.year.purse import SECOND, Hold
from benchmarks.year.terms import Earn, Terms


@dataclass(slots=True, eq=False)
class Order:
    """All that was told of an order, and what it came to."""

    customer: int
    content: object = None
    """What was completed; None: that is not told yet."""
    total: int = 0
    paid: int | None = None
    placed: int = 0
    hold: Hold | None = None
    failed: str | None = None
    """Why its redemption could not be captured."""
    cancelled: bool = False
    refunds: dict[str, tuple[int | None, int | None]] = field(
        default_factory=dict[str, "tuple[int | None, int | None]"]
    )
    earned: int = 0
    clawed: int = 0
    forgiven: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of it is given back."""
        rest = any(refund == (None, None) for refund in self.refunds.values())
        if self.cancelled or rest:
            return True
        if not self.paid:
            return 0 < self.total <= sum(lines or 0 for _, lines in self.refunds.values())
        return self.back == self.paid

    @property
    def back(self) -> int:
        """How much of what was paid is given back."""
        paid = self.paid or 0
        if self.cancelled or any(refund == (None, None) for refund in self.refunds.values()):
            return paid
        amounts = sum(amount or 0 for amount, _ in self.refunds.values())
        lines = sum(lines or 0 for _, lines in self.refunds.values())
        share = floor(Fraction(paid * lines, self.total)) if self.total else 0
        return min(paid, amounts + share)


def earned(
    terms: Terms,
    rule: Earn,
    order: Order,
    lines: tuple[told.Line, ...] | None,
    tier: str | None,
    *,
    first: bool,
) -> int:
    """What one rule gives for the order."""
    open_ = (rule.starts_at or 0) <= order.placed
    if not open_ or (rule.ends_at is not None and rule.ends_at <= order.placed):
        return 0
    if rule.kind not in {"ORDER", "FIRST_ORDER", "CAMPAIGN"} or (
        rule.tiers and tier not in rule.tiers
    ):
        return 0
    if rule.kind == "FIRST_ORDER" and not first:
        return 0
    paid = order.paid or 0
    if lines is None:
        covered = 0 if rule.collections else order.total
    else:
        covered = sum(
            line.minor
            for line in lines
            if line.product not in terms.excluded
            and (not rule.collections or line.collection in rule.collections)
        )
        # A shop may tell lines that add up to more than it was paid for.
        covered = min(covered, order.total)
    if not covered or paid < rule.minimum_minor:
        return 0
    if rule.kind != "ORDER":
        return rule.points if paid else 0
    times = next((times for name, _, times in terms.tiers if name == tier), 10_000)
    spend = Fraction(paid * covered, order.total)
    return floor(spend * Fraction(rule.points, rule.per_minor) * Fraction(times, 10_000))


def ends_at(terms: Terms, rule: Earn, starts: int) -> int | None:
    """When points of the rule that can be spent from `starts` on lapse; None: never."""
    seconds = terms.expiry_seconds if rule.expiry_seconds is None else rule.expiry_seconds
    return None if seconds is None else starts + seconds * SECOND
