"""Who may call from a browser."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class AllowedOrigin(Model):
    """One origin of a merchant's list, as a browser writes it.

    The key is (merchant_id, origin), which the ORM cannot express.
    """

    origin: str = columns.text_key()
    merchant_id: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "allowed_origin"
