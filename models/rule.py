"""How points become a discount."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class RedemptionRule(Model):
    """One version of a redemption rule; `current` marks the latest. Lists are JSON.

    The key is (merchant_id, id, version), which the ORM cannot express: insert and
    `filter(…).update(…)`, never `save` a row that was read.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    version: int = columns.whole()
    current: bool = columns.flag()
    name: str = columns.text()
    kind: str = columns.text()
    points: int = columns.whole()
    discount_minor: int = columns.whole()
    percent_bp: int = columns.whole()
    minimum_points: int = columns.whole()
    maximum_discount_minor: int | None = columns.whole_or_none()
    maximum_percent_bp: int | None = columns.whole_or_none()
    minimum_cart_minor: int = columns.whole()
    cart_multiplier_bp: int | None = columns.whole_or_none()
    product_ids: str = columns.text()
    collection_ids: str = columns.text()
    tiers: str = columns.text()
    tags: str = columns.text()
    starts_at: int | None = columns.whole_or_none()
    ends_at: int | None = columns.whole_or_none()
    priority: int = columns.whole()
    minimum_payment_kind: str | None = columns.text_or_none()
    minimum_payment_value: int | None = columns.whole_or_none()
    created_at: int = columns.whole()
    edited_at: int = columns.whole()
    archived_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "redemption_rule"
