"""Secrets: how keys look, how they are stored, and how one secret gives many.

A key reads `whk_<merchant in base 36>_<43 random characters>`, so that its merchant is known before
anything is looked up, and every look-up starts with the merchant.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from gateway.ids import MAX_ID

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
MERCHANT_PATTERN: Final = "[1-9a-z][0-9a-z]{0,12}"
"""A merchant's id in base 36; without leading zeros no merchant is written in two ways."""

MAX_SECRET_LENGTH: Final = 80
"""More characters than any key has; what is longer need not be looked at."""

HINT_LENGTH: Final = 4
_RANDOM_BYTES: Final = 32


class CredentialKind(StrEnum):
    """What a key is for."""

    PUBLISHABLE = "PUBLISHABLE"
    """`pk_…`, public: it stands in the storefront's page."""
    SECRET_WEBHOOK = "SECRET_WEBHOOK"  # noqa: S105 - the name of a kind
    """`whk_…`, the Secret Webhook ID of the merchant's checkout backend."""
    ADMIN = "ADMIN"
    """`sk_…`, of the merchant's staff and scripts."""


PREFIXES: Final = {
    CredentialKind.PUBLISHABLE: "pk_",
    CredentialKind.SECRET_WEBHOOK: "whk_",
    CredentialKind.ADMIN: "sk_",
}
_KINDS: Final = {prefix: kind for kind, prefix in PREFIXES.items()}
_TOKEN: Final = re.compile(rf"({MERCHANT_PATTERN})_[A-Za-z0-9_-]{{43}}")
_SECRET: Final = re.compile(rf"(pk_|whk_|sk_)({MERCHANT_PATTERN})_[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True, slots=True)
class SecretParts:
    """What a key says of itself. Nothing of it is true before its hash has been found."""

    kind: CredentialKind
    merchant_id: int


def new_secret(kind: CredentialKind, merchant_id: int) -> str:
    """Make a key with 256 random bits."""
    return f"{PREFIXES[kind]}{base36(merchant_id)}_{token_urlsafe(_RANDOM_BYTES)}"


def read_secret(secret: str) -> SecretParts | None:
    """Read a key's kind and merchant; None when it is no key at all."""
    if len(secret) > MAX_SECRET_LENGTH:
        return None
    match = _SECRET.fullmatch(secret)
    merchant_id = read_base36(match[2]) if match else None
    if match is None or merchant_id is None:
        return None
    return SecretParts(_KINDS[match[1]], merchant_id)


def secret_hash(secret: str) -> str:
    """The form in which a key is stored: SHA-256, in hexadecimal.

    A slow or salted hash protects what people choose. Against 256 random bits there is nothing to
    guess, and a fast hash lets every request be checked with one look-up.
    """
    return sha256(secret.encode()).hexdigest()


def base36(number: int) -> str:
    """Write a positive integer with digits and small letters."""
    text = ""
    while number > 0:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text


def read_base36(text: str) -> int | None:
    """Read what matched MERCHANT_PATTERN; None when it is larger than an id can be."""
    number = int(text, 36)
    return number if number <= MAX_ID else None


def derive(secret_key: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; nothing follows from it for any other purpose.

    One HMAC-SHA256 is enough, since the secret key is long and random: it is the expansion step of
    HKDF (RFC 5869) for a single block.
    """
    return hmac.digest(secret_key.encode(), f"loyalty-gateway {purpose}".encode(), sha256)


def new_token(prefix: str, merchant_id: int) -> str:
    """Make a token with 256 random bits, written as a key is."""
    return f"{prefix}{base36(merchant_id)}_{token_urlsafe(_RANDOM_BYTES)}"


def merchant_of(prefix: str, token: str) -> int | None:
    """The merchant that a token of that prefix names; None when it is no such token."""
    if len(token) > MAX_SECRET_LENGTH or not token.startswith(prefix):
        return None
    match = _TOKEN.fullmatch(token.removeprefix(prefix))
    return read_base36(match[1]) if match else None
