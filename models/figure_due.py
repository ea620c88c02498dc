"""What is to be summed up again, and how far the ledger was looked through."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class FigureDue(Model):
    """A customer whose figures are to be made. The key is (merchant_id, customer_id)."""

    customer_id: int = columns.key()
    merchant_id: int = columns.whole()
    asked: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "figure_due"


class FigureDayDue(Model):
    """A day that is to be summed up. The key is (merchant_id, day)."""

    day: int = columns.key()
    merchant_id: int = columns.whole()
    asked: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "figure_day_due"


class FigureMark(Model):
    """Up to when the ledger was looked through."""

    merchant_id: int = columns.key()
    read_until: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "figure_mark"
