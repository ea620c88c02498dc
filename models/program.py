"""What a merchant decided for Custom Checkout: as it is being edited, and each version of it."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class CustomCheckout(Model):
    """The integration's own settings; one row a merchant, changed in place."""

    merchant_id: int = columns.key()
    enabled: bool = columns.flag()
    minimum_payment_kind: str = columns.text()
    minimum_payment_value: int = columns.whole()
    hold_seconds: int = columns.whole()
    quote_seconds: int = columns.whole()
    refund_grace_seconds: int = columns.whole()
    clawback_policy: str = columns.text()
    order_lines_required: bool = columns.flag()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "custom_checkout"


class Program(Model):
    """One version of all of it, as `gateway.ledger.programs` encodes it. Never changed.

    The key is (merchant_id, version), which the ORM cannot express: insert and filter, never
    `save` a row that was read.
    """

    merchant_id: int = columns.key()
    version: int = columns.whole()
    body: str = columns.text()
    created_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "program"
