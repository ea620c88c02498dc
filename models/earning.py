"""How a merchant's customers earn points."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class EarningRule(Model):
    """One version of an earning rule; `current` marks the latest. Lists are JSON.

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
    per_minor: int = columns.whole()
    tier_multiplied: bool = columns.flag()
    minimum_order_minor: int = columns.whole()
    product_ids: str = columns.text()
    collection_ids: str = columns.text()
    excluded_product_ids: str = columns.text()
    excluded_collection_ids: str = columns.text()
    tiers: str = columns.text()
    tags: str = columns.text()
    starts_at: int | None = columns.whole_or_none()
    ends_at: int | None = columns.whole_or_none()
    expiry_seconds: int | None = columns.whole_or_none()
    created_at: int = columns.whole()
    edited_at: int = columns.whole()
    archived_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "earning_rule"


class EarningProgram(Model):
    """What holds for all earning; one row a merchant, changed in place.

    `tiers` is a JSON list of `[name, threshold, multiplier_bp]`, lowest first.
    """

    merchant_id: int = columns.key()
    return_window_seconds: int = columns.whole()
    expiry_seconds: int | None = columns.whole_or_none()
    reminder_seconds: int | None = columns.whole_or_none()
    tier_measure: str = columns.text()
    tiers: str = columns.text()
    excluded_product_ids: str = columns.text()
    excluded_collection_ids: str = columns.text()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "earning_program"
