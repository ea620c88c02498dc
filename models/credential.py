"""What callers show to be let in."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Credential(Model):
    """A key of a merchant, stored as a digest. The key of the row is (merchant_id, id)."""

    id: int = columns.key()
    merchant_id: int = columns.whole()
    kind: str = columns.text()
    label: str = columns.text()
    secret_hash: str = columns.text()
    public_value: str | None = columns.text_or_none()
    hint: str = columns.text()
    created_at: int = columns.whole()
    expires_at: int | None = columns.whole_or_none()
    revoked_at: int | None = columns.whole_or_none()
    last_used_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "credential"


class SigningKey(Model):
    """A key with which a merchant signs customer tokens. Its key is (merchant_id, kid)."""

    kid: str = columns.text_key()
    merchant_id: int = columns.whole()
    algorithm: str = columns.text()
    issuer: str = columns.text()
    material: str = columns.text()
    created_at: int = columns.whole()
    revoked_at: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "signing_key"
