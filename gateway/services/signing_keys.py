"""The keys with which a merchant's own backend signs customer tokens.

A key's name, its `kid`, begins with the merchant: `mk.<merchant in base 36>.<random>`. So the
tenant of a token comes from the key that signed it, never from what the token claims.
"""

from __future__ import annotations

import logging
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field, fields
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final, Literal, cast

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.services.audit import SYSTEM, Actor, record
from gateway.services.database import transaction
from gateway.services.secrets import MERCHANT_PATTERN, base36, derive, read_base36
from models.credential import SigningKey

# `cryptography` takes a good part of a second to load, and most merchants have no such key: it is
# loaded where one is first used.
if TYPE_CHECKING:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

Algorithm = Literal["HS256", "ES256"]

SECOND: Final = 1_000_000
MIN_SECRET_BYTES: Final = 32
MAX_MATERIAL_LENGTH: Final = 2_000
MAX_ISSUER_LENGTH: Final = 255
_KID: Final = re.compile(rf"mk\.({MERCHANT_PATTERN})\.[A-Za-z0-9_-]{{22}}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """What tokens with one `kid` are checked with; a key has one algorithm and one issuer."""

    kid: str
    merchant_id: int
    algorithm: Algorithm
    issuer: str
    key: bytes | EllipticCurvePublicKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class SigningKeyView:
    """A signing key as its merchant may see it: without the secret. `*_at` are microseconds."""

    kid: str
    algorithm: Algorithm
    issuer: str
    created_at: int
    revoked_at: int | None


_SHOWN: Final = tuple(item.name for item in fields(SigningKeyView))


async def register_signing_key(
    merchant_id: int,
    algorithm: Algorithm,
    issuer: str,
    material: str,
    now: int,
    secret_key: str,
    by: Actor = SYSTEM,
) -> str:
    """Store a merchant's key and answer its `kid`, which the tokens' header must name.

    `material` is for HS256 a shared secret of at least 32 bytes, taken as it is and stored
    encrypted under `secret_key`; for ES256 a P-256 public key in PEM. Raise
    LoyaltyError(INVALID_INPUT) for anything else, above all for a private key.
    """
    if not (1 <= len(issuer) <= MAX_ISSUER_LENGTH and issuer.isprintable()):
        raise _invalid("issuer", f"An issuer has 1 to {MAX_ISSUER_LENGTH} printable characters.")
    if len(material) > MAX_MATERIAL_LENGTH:
        raise _invalid("material", f"A key has at most {MAX_MATERIAL_LENGTH} characters.")
    if "PRIVATE KEY" in material.upper():
        raise _invalid(
            "material",
            "This is a private key. Register the public key that belongs to it; and make a new"
            " pair, for a private key that was sent anywhere is no longer private.",
        )
    kid = f"mk.{base36(merchant_id)}.{token_urlsafe(16)}"
    if algorithm == "HS256":
        _check_shared_secret(material)
        sealed = _vault(secret_key, kid).encrypt_at_time(material.encode(), now // SECOND)
        stored = sealed.decode()
    else:
        stored = _public_pem(material)

    async def work() -> str:
        await SigningKey.create(
            merchant_id=merchant_id,
            kid=kid,
            algorithm=algorithm,
            issuer=issuer,
            material=stored,
            created_at=now,
        )
        facts = {"kind": "SIGNING_KEY", "algorithm": algorithm, "issuer": issuer}
        await record(merchant_id, by, now, "key.create", kid, after=facts)
        return kid

    return await transaction(work)


async def revoke_signing_key(merchant_id: int, kid: str, now: int, by: Actor = SYSTEM) -> bool:
    """End a key now and for good; safe to repeat. False when the merchant has no such key."""
    mine = SigningKey.filter(merchant_id=merchant_id, kid=kid)

    async def work() -> bool:
        if not await mine.filter(revoked_at__isnull=True).update(revoked_at=now):
            return await mine.exists()
        await record(merchant_id, by, now, "key.revoke", kid, before={"kind": "SIGNING_KEY"})
        return True

    return await transaction(work)


async def list_signing_keys(merchant_id: int) -> list[SigningKeyView]:
    """All keys of a merchant, the newest first, also those that were revoked."""
    mine = SigningKey.filter(merchant_id=merchant_id).order_by("-created_at", "kid")
    return [SigningKeyView(**row) for row in await mine.values(*_SHOWN)]


async def find_signing_key(kid: str, secret_key: str) -> VerifyingKey | None:
    """Find the key to check a token with, by one query at most.

    None when the name is malformed or unknown, when the key was revoked, and when its secret was
    stored under another secret key; the last is logged.
    """
    match = _KID.fullmatch(kid)
    merchant_id = read_base36(match[1]) if match else None
    if merchant_id is None:
        return None
    row = await SigningKey.get_or_none(merchant_id=merchant_id, kid=kid, revoked_at__isnull=True)
    key = _opened(row, secret_key) if row else None
    if row is None or key is None:
        return None
    return VerifyingKey(kid, merchant_id, cast(Algorithm, row.algorithm), row.issuer, key)


def _opened(row: SigningKey, secret_key: str) -> bytes | EllipticCurvePublicKey | None:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - slow to load, see above

    if row.algorithm == "ES256":
        return _public_key(row.material)
    try:
        return _vault(secret_key, row.kid).decrypt(row.material)
    except InvalidToken:
        _log.warning("Signing key %s was stored under another secret key", row.kid)
        return None


def _vault(secret_key: str, kid: str) -> Fernet:
    """One encryption key for each signing key: a stored secret opens under its own name only."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - slow to load, see above

    return Fernet(urlsafe_b64encode(derive(secret_key, f"signing key storage v1 {kid}")))


def _check_shared_secret(material: str) -> None:
    if "-----BEGIN" in material or material.lstrip().startswith("{"):
        # Shared secrets are secret; a PEM or JWK text is mostly someone's public key.
        raise _invalid("material", "This is a key in PEM or JSON. HS256 takes a shared secret.")
    if material != material.strip() or not material.isprintable():
        raise _invalid("material", "The secret holds line breaks, or spaces at an end.")
    if len(material.encode()) < MIN_SECRET_BYTES:
        raise _invalid("material", f"A shared secret has at least {MIN_SECRET_BYTES} bytes.")


def _public_pem(material: str) -> str:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow, see above

    key = _public_key(material)
    if key is None:
        raise _invalid("material", "ES256 takes a public key on the curve P-256, in PEM.")
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def _public_key(pem: str) -> EllipticCurvePublicKey | None:
    """The P-256 key in a PEM text; None for anything else. A point off the curve is refused."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - slow, see above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - slow, see above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - slow, see above

    try:
        key = serialization.load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def _invalid(name: str, detail: str) -> LoyaltyError:
    return LoyaltyError(Refusal(Code.INVALID_INPUT, field=(name,)), detail)
