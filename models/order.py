"""Orders, and what a customer's days of them come to. Only `gateway.ledger` writes these."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class CustomerOrder(Model):
    """One order as its events have told it; `refunds` and `earnings` are JSON lists.

    The key is (merchant_id, customer_id, order_id), and an order id is one customer's only.
    """

    order_id: str = columns.text_key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    id: int = columns.whole()
    digest: str | None = columns.text_or_none()
    total_minor: int | None = columns.whole_or_none()
    paid_minor: int | None = columns.whole_or_none()
    placed_at: int | None = columns.whole_or_none()
    completed_at: int | None = columns.whole_or_none()
    cancelled_at: int | None = columns.whole_or_none()
    redemption_id: int | None = columns.whole_or_none()
    capture_refusal: str | None = columns.text_or_none()
    refunds: str = columns.text()
    refunded_minor: int = columns.whole()
    earned_points: int = columns.whole()
    clawed_points: int = columns.whole()
    forgiven_points: int = columns.whole()
    earnings: str = columns.text()
    created_at: int = columns.whole()
    updated_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "customer_order"


class CustomerDay(Model):
    """One day of one customer's orders, net. The key is (merchant_id, customer_id, day)."""

    day: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    spent_minor: int = columns.whole()
    earned_points: int = columns.whole()
    orders: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "customer_day"


class Award(Model):
    """What was given once. The key is (merchant_id, customer_id, occasion)."""

    occasion: str = columns.text_key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    rule_id: int = columns.whole()
    points: int = columns.whole()
    at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "award"
