"""What was decided under which key."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class IdempotencyRecord(Model):
    """The first outcome under an idempotency key, as JSON. Only `gateway.ledger` writes it.

    The key is (merchant_id, caller, key), which the ORM cannot express.
    """

    key: str = columns.text_key()
    merchant_id: int = columns.whole()
    caller: str = columns.text()
    request_hash: str = columns.text()
    accepted: bool = columns.flag()
    customer_id: int = columns.whole()
    outcome: str = columns.text()
    at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "idempotency"
