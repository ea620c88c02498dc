"""Points that came in together."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Lot(Model):
    """One lot of one account, and where its points are now. Only `gateway.ledger` writes it.

    The key is (merchant_id, customer_id, wallet, number), which the ORM cannot express.
    """

    number: int = columns.key()
    merchant_id: int = columns.whole()
    customer_id: int = columns.whole()
    wallet: str = columns.text()
    amount: int = columns.whole()
    pending: int = columns.whole()
    available: int = columns.whole()
    held: int = columns.whole()
    spent: int = columns.whole()
    expired: int = columns.whole()
    clawed_back: int = columns.whole()
    moved: int = columns.whole()
    available_from: int = columns.whole()
    expires_at: int | None = columns.whole_or_none()
    source: str = columns.text()
    created_at: int = columns.whole()
    from_customer: int | None = columns.whole_or_none()
    from_number: int | None = columns.whole_or_none()
    open: bool = columns.flag()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "lot"
