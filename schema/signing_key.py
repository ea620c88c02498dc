"""Signing keys, as staff see, register and revoke them: never with their secret."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final

import strawberry

from gateway.services.checks import check
from gateway.services.signing_keys import Algorithm, SigningKeyView
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.scalars import instant

SHARED: Final = "HS256 takes a shared secret of at least 32 bytes."
PUBLIC_KEY: Final = "ES256 takes a public key on the curve P-256, in PEM."


@strawberry.enum(description="How the tokens of a signing key are signed.")
class SigningAlgorithm(Enum):
    """How the tokens of a signing key are signed."""

    HS256 = strawberry.enum_value("HS256", description=SHARED)
    ES256 = strawberry.enum_value("ES256", description=PUBLIC_KEY)


@strawberry.type(description="A key with which the merchant's backend signs customer tokens.")
class SigningKey:
    """A key with which the merchant's backend signs customer tokens."""

    kid: str = about("Its name, which the header of a token says.")
    algorithm: str = about("HS256 or ES256.")
    issuer: str = about("The `iss` that its tokens have to carry.")
    created_at: datetime = about("When it was registered.")
    revoked_at: datetime | None = about("When it was revoked; null: it works.")


@strawberry.input(description="A key to register. The gateway gives it its `kid`.")
class RegisterSigningKeyInput:
    """A key to register. The gateway gives it its `kid`."""

    algorithm: SigningAlgorithm = about("How its tokens are signed.")
    issuer: str = about("The `iss` that its tokens have to carry, 1 … 255 characters.")
    secret: str | None = optional(
        "For HS256: the shared secret, at least 32 bytes. It is stored encrypted and never told."
    )
    public_key: str | None = optional(
        "For ES256: the public key on the curve P-256, in PEM. Never the private one."
    )

    @property
    def inside(self) -> Algorithm:
        """The algorithm, as the service knows it."""
        return "HS256" if self.algorithm is SigningAlgorithm.HS256 else "ES256"

    @property
    def place(self) -> str:
        """The field in which the key of this algorithm stands."""
        return "secret" if self.inside == "HS256" else "publicKey"

    def material(self) -> str:
        """The key. Raises LoyaltyError with the field that is to blame."""
        shared = self.place == "secret"
        given, other = (self.secret, self.public_key)[:: 1 if shared else -1]
        detail = SHARED if shared else PUBLIC_KEY
        check(not other, detail, "publicKey" if shared else "secret")
        check(bool(given), detail, self.place)
        return given or ""


@strawberry.input(description="A signing key to end.")
class RevokeSigningKeyInput:
    """A signing key to end."""

    kid: str = about("Which; the tokens that it signed end too.")


@strawberry.type(description="A signing key that was registered, or why there is none.")
class RegisterSigningKeyPayload:
    """A signing key that was registered, or why there is none."""

    signing_key: SigningKey | None = about("The key, with its `kid`; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Whether a signing key was ended.")
class RevokeSigningKeyPayload:
    """Whether a signing key was ended."""

    user_errors: list[RedemptionError] = about(ERRORS)


def signing_key(view: SigningKeyView) -> SigningKey:
    """The outside form."""
    return SigningKey(
        kid=view.kid,
        algorithm=view.algorithm,
        issuer=view.issuer,
        created_at=instant(view.created_at),
        revoked_at=None if view.revoked_at is None else instant(view.revoked_at),
    )
