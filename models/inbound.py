"""What shops tell of their orders."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class OrderSource(Model):
    """A shop, or a backend, that may tell of orders, and with which secret.

    The key is (merchant_id, id), which the ORM cannot express.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    name: str = columns.text()
    kind: str = columns.text()
    secret: str = columns.text()
    previous_secret: str | None = columns.text_or_none()
    previous_until: int | None = columns.whole_or_none()
    create_customers: bool = columns.flag()
    customer_prefix: str = columns.text()
    order_prefix: str = columns.text()
    created_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "order_source"


class InboxItem(Model):
    """One delivery as it came, and how far it has got.

    The key is (merchant_id, id), which the ORM cannot express.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    source_id: int = columns.whole()
    delivery_id: str = columns.text()
    topic: str = columns.text()
    headers: str = columns.text()
    body: str = columns.text()
    order_id: str | None = columns.text_or_none()
    state: str = columns.text()
    attempts: int = columns.whole()
    received_at: int = columns.whole()
    next_attempt_at: int = columns.whole()
    claimed_until: int | None = columns.whole_or_none()
    last_error: str | None = columns.text_or_none()
    keep_until: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "inbox"
