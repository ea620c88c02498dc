"""People of a merchant who sign in to the console."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Staff(Model):
    """One person at one merchant. The key of the row is (merchant_id, id)."""

    id: int = columns.key()
    merchant_id: int = columns.whole()
    email: str = columns.text()
    name: str = columns.text()
    role: str = columns.text()
    password_hash: str | None = columns.text_or_none()
    failed_tries: int = columns.whole()
    locked_until: int | None = columns.whole_or_none()
    created_at: int = columns.whole()
    seen_at: int | None = columns.whole_or_none()
    disabled_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "staff"


class StaffSession(Model):
    """One browser that is signed in. Its key is (merchant_id, token_hash)."""

    token_hash: str = columns.text_key()
    merchant_id: int = columns.whole()
    staff_id: int = columns.whole()
    created_at: int = columns.whole()
    seen_at: int = columns.whole()
    expires_at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "staff_session"


class StaffInvitation(Model):
    """A link to choose a password by. Its key is (merchant_id, token_hash)."""

    token_hash: str = columns.text_key()
    merchant_id: int = columns.whole()
    staff_id: int = columns.whole()
    kind: str = columns.text()
    created_at: int = columns.whole()
    expires_at: int = columns.whole()
    used_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "staff_invitation"
