"""Sums of a customer's and of a merchant's days."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class CustomerFigure(Model):
    """One day of one customer. The key is (merchant_id, customer_id, day)."""

    day: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    orders: int = columns.whole()
    total_minor: int = columns.whole()
    redeemed_orders: int = columns.whole()
    redeemed_total_minor: int = columns.whole()
    repeat_orders: int = columns.whole()
    repeat_paid_minor: int = columns.whole()
    repeat_returned_minor: int = columns.whole()
    discount_minor: int = columns.whole()
    discount_returned_minor: int = columns.whole()
    issued_points: int = columns.whole()
    spent_points: int = columns.whole()
    returned_points: int = columns.whole()
    checkouts: int = columns.whole()
    able_checkouts: int = columns.whole()
    able_completed: int = columns.whole()
    buyer_before: int | None = columns.whole_or_none()
    repeat_before: int | None = columns.whole_or_none()
    redeemer_before: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "customer_figure"


class DailyFigure(Model):
    """One day of a merchant. The key is (merchant_id, day)."""

    day: int = columns.key()
    merchant_id: int = columns.whole()
    orders: int = columns.whole()
    total_minor: int = columns.whole()
    redeemed_orders: int = columns.whole()
    redeemed_total_minor: int = columns.whole()
    repeat_orders: int = columns.whole()
    repeat_paid_minor: int = columns.whole()
    repeat_returned_minor: int = columns.whole()
    discount_minor: int = columns.whole()
    discount_returned_minor: int = columns.whole()
    issued_points: int = columns.whole()
    spent_points: int = columns.whole()
    returned_points: int = columns.whole()
    checkouts: int = columns.whole()
    able_checkouts: int = columns.whole()
    able_completed: int = columns.whole()
    buyers: int = columns.whole()
    repeat_buyers: int = columns.whole()
    redeemers: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "daily_figure"


class DailyReach(Model):
    """Customers of a day by the day before. The key is (merchant_id, kind, day, day_before)."""

    day: int = columns.key()
    merchant_id: int = columns.whole()
    kind: str = columns.text()
    day_before: int = columns.whole()
    customers: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "daily_reach"
