"""Points reserved for a cart, and the lots that they came from."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Redemption(Model):
    """One redemption as it stands. Only `gateway.ledger` writes it.

    The key is (merchant_id, customer_id, id), which the ORM cannot express.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    cart_id: str = columns.text()
    status: str = columns.text()
    points: int = columns.whole()
    credits_minor: int = columns.whole()
    discount_minor: int = columns.whole()
    total_minor: int = columns.whole()
    eligible_minor: int = columns.whole()
    rule_id: int | None = columns.whole_or_none()
    rule_version: int | None = columns.whole_or_none()
    program_version: int = columns.whole()
    captured_points: int = columns.whole()
    captured_credits_minor: int = columns.whole()
    captured_discount_minor: int = columns.whole()
    refunded_points: int = columns.whole()
    refunded_credits_minor: int = columns.whole()
    order_id: str | None = columns.text_or_none()
    order_total_minor: int | None = columns.whole_or_none()
    close_reason: str | None = columns.text_or_none()
    created_at: int = columns.whole()
    expires_at: int = columns.whole()
    closed_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "redemption"


class RedemptionLot(Model):
    """What a redemption took from one lot. Only `gateway.ledger` writes it.

    The key is (merchant_id, customer_id, redemption_id, wallet, lot_number), which the ORM cannot
    express.
    """

    redemption_id: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    wallet: str = columns.text()
    lot_number: int = columns.whole()
    amount: int = columns.whole()
    captured: int = columns.whole()
    refunded: int = columns.whole()
    expires_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "redemption_lot"
