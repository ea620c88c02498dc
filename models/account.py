"""What a customer has."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Account(Model):
    """One wallet of one customer. For reading: only `gateway.ledger` writes it.

    The key is (merchant_id, customer_id, wallet), which the ORM cannot express.
    """

    customer_id: int = columns.key()
    merchant_id: int = columns.whole()
    wallet: str = columns.text()
    available: int = columns.whole()
    held: int = columns.whole()
    pending: int = columns.whole()
    debt: int = columns.whole()
    sequence: int = columns.whole()
    clock: int = columns.whole()
    next_due_at: int | None = columns.whole_or_none()
    expiry_at: int | None = columns.whole_or_none()
    expiry_points: int = columns.whole()
    remind_at: int | None = columns.whole_or_none()
    reminded_until: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "account"
