"""Where events go, and what became of each."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class WebhookEndpoint(Model):
    """An address of a merchant that wants events. The key of the row is (merchant_id, id)."""

    id: int = columns.key()
    merchant_id: int = columns.whole()
    url: str = columns.text()
    description: str = columns.text()
    events: str = columns.text()
    secret: str = columns.text()
    previous_secret: str | None = columns.text_or_none()
    previous_until: int | None = columns.whole_or_none()
    enabled: bool = columns.flag()
    disabled_reason: str | None = columns.text_or_none()
    failing_since: int | None = columns.whole_or_none()
    created_at: int = columns.whole()
    updated_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "webhook_endpoint"


class WebhookDelivery(Model):
    """One event for one endpoint. The key of the row is (merchant_id, id).

    `customer_id`, `position` and `number` name the event; a test has none.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    endpoint_id: int = columns.whole()
    message_id: str = columns.text()
    kind: str = columns.text()
    customer_id: int | None = columns.whole_or_none()
    position: int | None = columns.whole_or_none()
    number: int | None = columns.whole_or_none()
    body: str = columns.text()
    state: str = columns.text()
    attempts: int = columns.whole()
    next_attempt_at: int | None = columns.whole_or_none()
    log: str = columns.text()
    created_at: int = columns.whole()
    finished_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "webhook_delivery"
