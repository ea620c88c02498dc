"""What is to be told to the outside."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class OutboxEvent(Model):
    """One event, in its customer's order; `payload` is JSON. Only `gateway.ledger` inserts it.

    The key is (merchant_id, customer_id, position, number), which the ORM cannot express.
    """

    position: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    number: int = columns.whole()
    kind: str = columns.text()
    redemption_id: int | None = columns.whole_or_none()
    caller: str | None = columns.text_or_none()
    key: str | None = columns.text_or_none()
    payload: str = columns.text()
    at: int = columns.whole()
    delivered_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "outbox"
