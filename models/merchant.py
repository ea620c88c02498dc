"""The tenant."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Merchant(Model):
    """A merchant. `program_version` is also the lock of all edits of its configuration."""

    id: int = columns.key()
    name: str = columns.text()
    currency: str = columns.text()
    locale: str = columns.text()
    time_zone: str = columns.text()
    program_version: int = columns.whole()
    created_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "merchant"
