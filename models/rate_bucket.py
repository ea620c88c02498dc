"""What is left of a rate limit that several processes share."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class RateBucket(Model):
    """One bucket; a row that is not there is a full one.

    The key is (merchant_id, key), which the ORM cannot express.
    """

    key: int = columns.key()
    merchant_id: int = columns.whole()
    full_at_ns: int = columns.whole()
    granted: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "rate_bucket"
