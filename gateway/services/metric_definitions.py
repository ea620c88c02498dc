"""The metrics of a merchant: what each is called, counts and is divided by. Pure.

The same words stand in docs/guides/metrics.md, which a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Unit(StrEnum):
    """What a value is."""

    RATIO = "RATIO"
    MONEY = "MONEY"
    COUNT = "COUNT"


Sums = Mapping[str, int]
"""Columns of `daily_figure` and of `call_count`, tickets and reached customers, of some days."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what is counted, and what that is divided by."""

    id: str
    name: str
    unit: Unit
    definition: str
    counts: tuple[str, ...]
    less: tuple[str, ...] = ()
    per: tuple[str, ...] | None = None

    def value(self, sums: Sums) -> Fraction | None:
        """The exact value; None where there is nothing to divide by."""
        top = sum(sums.get(name, 0) for name in self.counts)
        top -= sum(sums.get(name, 0) for name in self.less)
        if self.per is None:
            return Fraction(top)
        bottom = sum(sums.get(name, 0) for name in self.per)
        return Fraction(top, bottom) if bottom else None


METRICS: Final = (
    Metric(
        "CHECKOUT_REDEMPTION_USAGE",
        "Checkout redemption usage",
        Unit.RATIO,
        "Paid orders of which points paid a part, divided by all paid orders.",
        ("redeemed_orders",),
        per=("orders",),
    ),
    Metric(
        "POINTS_REDEMPTION_RATE",
        "Points redemption rate",
        Unit.RATIO,
        "Points spent on orders, less points that refunds gave back, divided by points issued:"
        " earned, awarded and given by staff. Imported points were issued elsewhere.",
        ("spent_points",),
        ("returned_points",),
        per=("issued_points",),
    ),
    Metric(
        "REPEAT_PURCHASE_RATE",
        "Repeat purchase rate of members",
        Unit.RATIO,
        "Members who placed an order that was not their first one, divided by members who placed"
        " an order. Each counts once.",
        ("repeat_buyers",),
        per=("buyers",),
    ),
    Metric(
        "AVERAGE_ORDER_VALUE_REDEEMERS",
        "Average order value with points",
        Unit.MONEY,
        "Totals before points of the paid orders of which points paid a part, divided by their"
        " number.",
        ("redeemed_total_minor",),
        per=("redeemed_orders",),
    ),
    Metric(
        "AVERAGE_ORDER_VALUE_OTHERS",
        "Average order value without points",
        Unit.MONEY,
        "Totals of the paid orders of which points paid nothing, divided by their number.",
        ("other_total_minor",),
        per=("other_orders",),
    ),
    Metric(
        "CHECKOUT_COMPLETION_RATE",
        "Checkout completion with redeemable points",
        Unit.RATIO,
        "Checkouts in which points could be redeemed and that became a paid order, divided by all"
        " in which they could. A checkout is one cart of one customer, on the day it was first"
        " seen.",
        ("able_completed",),
        per=("able_checkouts",),
    ),
    Metric(
        "CUSTOMERS_USING_POINTS",
        "Share of customers using points at checkout",
        Unit.RATIO,
        "Customers who paid a part of an order with points, divided by customers who placed an"
        " order. Each counts once.",
        ("redeemers",),
        per=("buyers",),
    ),
    Metric(
        "SUPPORT_TICKETS",
        "Reward support tickets",
        Unit.COUNT,
        "Tickets about rewards that were recorded, by the time that they have.",
        ("tickets",),
    ),
    Metric(
        "DISCOUNT_COST",
        "Discount cost",
        Unit.MONEY,
        "Discounts that points bought on paid orders, less the part that went back with points that"
        " refunds gave back, on the day of the refund. Store credit is not a discount.",
        ("discount_minor",),
        ("discount_returned_minor",),
    ),
    Metric(
        "REPEAT_REVENUE",
        "Repeat revenue from members",
        Unit.MONEY,
        "What was paid, after points, for orders that were not a member's first one, less what of"
        " it was refunded, on the day of the refund.",
        ("repeat_paid_minor",),
        ("repeat_returned_minor",),
    ),
    Metric(
        "TECHNICAL_ERROR_RATE",
        "Technical error rate of redemption calls",
        Unit.RATIO,
        "Calls that concern redemptions and ended in an error of the gateway, divided by all of"
        " them. A refusal, and a mistake of the caller, is no technical error.",
        ("failed",),
        per=("done", "refused", "failed"),
    ),
)


def completed(sums: dict[str, int]) -> dict[str, int]:
    """The sums with what follows from them."""
    orders, total = sums.get("orders", 0), sums.get("total_minor", 0)
    return {
        **sums,
        "other_orders": orders - sums.get("redeemed_orders", 0),
        "other_total_minor": total - sums.get("redeemed_total_minor", 0),
    }
