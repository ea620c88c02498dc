"""What is noted beside the ledger, for the figures of a merchant."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class CheckoutSeen(Model):
    """One cart of one customer on one day. The key is (merchant_id, customer_id, cart_id, day)."""

    cart_id: str = columns.text_key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    day: int = columns.whole()
    redeemable: bool = columns.flag()
    available_points: int = columns.whole()
    total_minor: int = columns.whole()
    discount_minor: int = columns.whole()
    previews: int = columns.whole()
    first_at: int = columns.whole()
    last_at: int = columns.whole()
    tier: str | None = columns.text_or_none()
    tags: str | None = columns.text_or_none()
    lines: str | None = columns.text_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "checkout_seen"


class CallCount(Model):
    """How calls of one kind ended on one day. The key is (merchant_id, day, call)."""

    call: str = columns.text_key()
    merchant_id: int = columns.whole()
    day: int = columns.whole()
    done: int = columns.whole()
    refused: int = columns.whole()
    failed: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "call_count"


class SupportTicket(Model):
    """A ticket that a help desk counted. The key is (merchant_id, reference)."""

    reference: str = columns.text_key()
    merchant_id: int = columns.whole()
    day: int = columns.whole()
    at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "support_ticket"
