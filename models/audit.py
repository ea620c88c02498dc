"""What was changed of a merchant's configuration, and by whom."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class AuditEntry(Model):
    """One change. Written once, in the transaction of the change. Its key is (merchant_id, id)."""

    id: int = columns.key()
    merchant_id: int = columns.whole()
    at: int = columns.whole()
    actor_kind: str = columns.text()
    actor_id: int | None = columns.whole_or_none()
    actor_name: str = columns.text()
    action: str = columns.text()
    target: str = columns.text()
    before: str = columns.text()
    after: str = columns.text()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "audit_log"
