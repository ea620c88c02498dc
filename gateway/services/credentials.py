"""The keys of a merchant: made, rotated, revoked, and recognised.

A secret is told once, when it is made. After that only its hash is known here. Publishable keys
are public, so they are kept readable too.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from tortoise.expressions import F, Q

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ids import IdMaker
from gateway.services.audit import SYSTEM, Actor, record
from gateway.services.database import transaction
from gateway.services.secrets import (
    HINT_LENGTH,
    CredentialKind,
    new_secret,
    read_secret,
    secret_hash,
)
from models.credential import Credential
from models.merchant import Merchant

SECOND: Final = 1_000_000
DEFAULT_OVERLAP_SECONDS: Final = 86_400
MAX_OVERLAP_SECONDS: Final = 30 * 86_400
MAX_LABEL_LENGTH: Final = 100
LAST_USE_SECONDS: Final = 60
"""The last use of a key is known to this precision, and written no more often."""


@dataclass(frozen=True, slots=True)
class IssuedCredential:
    """A new key, with its secret for the one time that it is told."""

    id: int
    kind: CredentialKind
    secret: str
    hint: str

    def __repr__(self) -> str:
        return f"IssuedCredential(id={self.id}, kind={self.kind.value}, hint={self.hint!r})"


@dataclass(frozen=True, slots=True)
class CredentialView:
    """A key as its merchant may see it: without the secret. `*_at` are microseconds."""

    merchant_id: int
    id: int
    kind: CredentialKind
    label: str
    hint: str
    """The last characters of the secret, to tell keys apart."""
    public_value: str | None
    """The whole key, where it is a publishable one."""
    created_at: int
    expires_at: int | None
    revoked_at: int | None
    last_used_at: int | None

    def live(self, now: int) -> bool:
        """Whether the key works at this time."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


_SHOWN: Final = tuple(item.name for item in fields(CredentialView))


async def create_credential(
    merchant_id: int,
    kind: CredentialKind,
    label: str,
    now: int,
    ids: IdMaker,
    by: Actor = SYSTEM,
) -> IssuedCredential:
    """Make a key that works at once. Raise LoyaltyError(INVALID_INPUT) for an unusable label."""

    async def work() -> IssuedCredential:
        issued = await _issue(merchant_id, kind, label, now, ids)
        facts = _facts(label.strip(), issued)
        await record(merchant_id, by, now, "key.create", facts["label"], after=facts)
        return issued

    return await transaction(work)


def _facts(label: str, issued: IssuedCredential) -> dict[str, str]:
    return {"label": label, "kind": issued.kind.value, "hint": f"…{issued.hint}"}


async def _issue(
    merchant_id: int, kind: CredentialKind, label: str, now: int, ids: IdMaker
) -> IssuedCredential:
    name = label.strip()
    if not (1 <= len(name) <= MAX_LABEL_LENGTH and name.isprintable()):
        raise _invalid("label", f"A label has 1 to {MAX_LABEL_LENGTH} printable characters.")
    secret = new_secret(kind, merchant_id)
    issued = IssuedCredential(ids.next(), kind, secret, secret[-HINT_LENGTH:])
    await Credential.create(
        id=issued.id,
        merchant_id=merchant_id,
        kind=kind.value,
        label=name,
        secret_hash=secret_hash(secret),
        public_value=secret if kind is CredentialKind.PUBLISHABLE else None,
        hint=issued.hint,
        created_at=now,
    )
    return issued


async def rotate_secret_webhook_id(
    merchant_id: int,
    now: int,
    ids: IdMaker,
    overlap_seconds: int = DEFAULT_OVERLAP_SECONDS,
    label: str = "Secret Webhook ID",
    by: Actor = SYSTEM,
) -> IssuedCredential:
    """Make a new Secret Webhook ID; those before it work for the overlap and then no longer.

    One that would have ended sooner still does. Raise LoyaltyError(INVALID_INPUT) unless the
    overlap is 0 (the old ones end now) to 30 days.
    """
    if not 0 <= overlap_seconds <= MAX_OVERLAP_SECONDS:
        raise _invalid("overlapSeconds", f"An overlap is 0 to {MAX_OVERLAP_SECONDS} seconds.")
    ends_at = now + overlap_seconds * SECOND

    async def work() -> IssuedCredential:
        # An update that changes nothing is the lock, on both engines: of two rotations at once the
        # later one sees what the earlier one made, and ends it. SQLite has no lock for a read.
        await Merchant.filter(id=merchant_id).update(program_version=F("program_version"))
        await Credential.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=ends_at),
            merchant_id=merchant_id,
            kind=CredentialKind.SECRET_WEBHOOK.value,
            revoked_at__isnull=True,
        ).update(expires_at=ends_at)
        issued = await _issue(merchant_id, CredentialKind.SECRET_WEBHOOK, label, now, ids)
        facts = _facts(label, issued) | {"overlapSeconds": str(overlap_seconds)}
        await record(merchant_id, by, now, "key.rotate", label, after=facts)
        return issued

    return await transaction(work)


async def revoke_credential(
    merchant_id: int, credential_id: int, now: int, by: Actor = SYSTEM
) -> bool:
    """End a key now and for good; safe to repeat. False when the merchant has no such key."""
    mine = Credential.filter(merchant_id=merchant_id, id=credential_id)

    async def work() -> bool:
        if not await mine.filter(revoked_at__isnull=True).update(revoked_at=now):
            return await mine.exists()
        row = await mine.get()
        facts = {"kind": row.kind, "hint": f"…{row.hint}"}
        await record(merchant_id, by, now, "key.revoke", row.label, before=facts)
        return True

    return await transaction(work)


async def list_credentials(merchant_id: int) -> list[CredentialView]:
    """All keys of a merchant, the newest first, also those that have ended."""
    mine = Credential.filter(merchant_id=merchant_id).order_by("-id")
    return [_view(row) for row in await mine.values(*_SHOWN)]


async def authenticate_secret(secret: str, now: int) -> CredentialView | None:
    """Recognise a key, with one query at most.

    None when it is malformed, unknown, expired or revoked: the caller cannot tell which.
    """
    parts = read_secret(secret)
    if parts is None:
        return None
    digest = secret_hash(secret)
    same = Credential.filter(merchant_id=parts.merchant_id, secret_hash=digest)
    for row in await same.values("secret_hash", *_SHOWN):  # One at most: the hash is unique.
        found = _view(row)
        same_secret = hmac.compare_digest(row["secret_hash"], digest)
        if same_secret and found.kind is parts.kind and found.live(now):
            return found
    return None


class LastUse:
    """Collects when keys were used, and writes it from time to time, off the request's path.

    It holds two numbers for each key that this process has seen. What was not flushed before the
    process ends is lost: it informs people, nothing is decided on it.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], int] = {}
        self._written: dict[tuple[int, int], int] = {}

    def note(self, merchant_id: int, credential_id: int, now: int) -> None:
        """Remember a use; nothing is written."""
        self._seen[merchant_id, credential_id] = now

    async def flush(self) -> int:
        """Write the uses, at most one a minute for each key; answer how many were written.

        What could not be written for an error is kept for the next time.
        """
        due = [
            (key, at)
            for key, at in sorted(self._seen.items())
            if at - self._written.get(key, 0) >= LAST_USE_SECONDS * SECOND
        ]
        return sum([await self._write(key, at) for key, at in due])

    async def _write(self, key: tuple[int, int], at: int) -> int:
        # Several processes see the same key: the condition keeps the minute between all of them.
        written = await Credential.filter(
            Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - LAST_USE_SECONDS * SECOND),
            merchant_id=key[0],
            id=key[1],
        ).update(last_used_at=at)
        self._written[key] = at
        if self._seen.get(key) == at:  # A use that was noted meanwhile waits for the next flush.
            del self._seen[key]
        return written


def _view(row: Mapping[str, Any]) -> CredentialView:
    values: dict[str, Any] = {name: row[name] for name in _SHOWN}
    values["kind"] = CredentialKind(values["kind"])
    return CredentialView(**values)


def _invalid(field: str, detail: str) -> LoyaltyError:
    return LoyaltyError(Refusal(Code.INVALID_INPUT, field=(field,)), detail)
