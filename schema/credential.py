"""The merchant's keys, as staff see them: everything but the secrets."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.ids import to_global_id
from gateway.services.credentials import CredentialView
from schema.describe import about
from schema.enums import CredentialKind
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.scalars import instant

CREDENTIAL = "Credential"


@strawberry.type(description="A key of the merchant, without its secret.")
class Credential:
    """A key of the merchant, without its secret."""

    id: strawberry.ID = about("Opaque.")
    kind: CredentialKind = about("What it is for.")
    label: str = about("What it is called.")
    hint: str = about("Its last characters, to tell keys apart.")
    public_value: str | None = about("The whole key where it is publishable; else null.")
    live: bool = about("Whether it works now.")
    created_at: datetime = about("When it was made.")
    expires_at: datetime | None = about("When it ends, after a rotation say; null: it does not.")
    revoked_at: datetime | None = about("When it was revoked; null: it was not.")
    last_used_at: datetime | None = about("When it was last used, to the minute; null: never.")


@strawberry.input(description="A key to make.")
class CreateCredentialInput:
    """A key to make."""

    kind: CredentialKind = about("What it is for.")
    label: str = about("What it is called, 1 … 100 characters.")


@strawberry.input(description="A key to end.")
class RevokeCredentialInput:
    """A key to end."""

    id: strawberry.ID = about("Which.")


@strawberry.type(description="A new key, or why there is none.")
class CreateCredentialPayload:
    """A new key, or why there is none."""

    secret: str | None = about("The key itself. Told this once only; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Whether a key was ended.")
class RevokeCredentialPayload:
    """Whether a key was ended."""

    user_errors: list[RedemptionError] = about(ERRORS)


def credential(view: CredentialView, now: int) -> Credential:
    """The outside form."""
    return Credential(
        id=strawberry.ID(to_global_id(CREDENTIAL, view.id)),
        kind=CredentialKind[view.kind.name],
        label=view.label,
        hint=view.hint,
        public_value=view.public_value,
        live=view.live(now),
        created_at=instant(view.created_at),
        expires_at=_instant(view.expires_at),
        revoked_at=_instant(view.revoked_at),
        last_used_at=_instant(view.last_used_at),
    )


def _instant(at: int | None) -> datetime | None:
    return None if at is None else instant(at)
