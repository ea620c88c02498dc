"""Every movement of points, for good."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class JournalEntry(Model):
    """Points moved between two buckets of an account. Append-only; only `gateway.ledger` writes it.

    The key is (merchant_id, customer_id, wallet, sequence), which the ORM cannot express.
    """

    sequence: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    wallet: str = columns.text()
    kind: str = columns.text()
    source: str = columns.text()
    target: str = columns.text()
    points: int = columns.whole()
    lot_number: int | None = columns.whole_or_none()
    redemption_id: int | None = columns.whole_or_none()
    reason: str | None = columns.text_or_none()
    at: int = columns.whole()
    available_after: int = columns.whole()
    held_after: int = columns.whole()
    pending_after: int = columns.whole()
    debt_after: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "journal"
