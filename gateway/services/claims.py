"""What a customer token claims: the bounds, judged against the time that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import isfinite
from typing import Any, Final

SECOND: Final = 1_000_000
LEEWAY_SECONDS: Final = 10
"""How far a merchant's clock may be off: `exp`, `nbf` and `iat` are read that much more kindly."""

MAX_LIFETIME_SECONDS: Final = 86_400
MAX_SUBJECT_LENGTH: Final = 255


class Reason(StrEnum):
    """Why a token was refused, in words for a developer. Claims are judged only once signed."""

    MALFORMED = "The customer token is malformed."
    UNKNOWN_KEY = "The kid of the customer token names no key that is in use."
    ALGORITHM = "The alg of the customer token is not the one of its key."
    SIGNATURE = "The signature of the customer token is wrong."
    ISSUER = "The iss of the customer token is not the one of its key."
    AUDIENCE = "The aud of the customer token does not name this gateway."
    EXPIRED = "The customer token has expired."
    NOT_YET_VALID = "The customer token is not valid yet (nbf or iat)."
    LIFETIME = "The customer token is valid for more than 24 hours (exp)."
    TIMES = "The customer token lacks an exp, or a time in it is not a number."
    SUBJECT = "The sub of the customer token is not 1 to 255 printable characters."


class TokenRejected(Exception):  # noqa: N818 - it is an answer, as `Refused` is
    """A token that proves nothing; the reason may be shown to whoever sent it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def expiry(claims: Mapping[str, Any], now: int) -> int:
    """When the token expires, in microseconds; raise TokenRejected where a time forbids it."""
    expires_at, issued_at, not_before = (_time(claims, name) for name in ("exp", "iat", "nbf"))
    if expires_at is None:
        raise TokenRejected(Reason.TIMES)
    leeway, lifetime = LEEWAY_SECONDS * SECOND, MAX_LIFETIME_SECONDS * SECOND
    if now >= expires_at + leeway:
        raise TokenRejected(Reason.EXPIRED)
    if any(start is not None and start > now + leeway for start in (issued_at, not_before)):
        raise TokenRejected(Reason.NOT_YET_VALID)
    # An `iat` is never far ahead (above), so this bounds what is left of the life as well.
    if expires_at - (now if issued_at is None else issued_at) > lifetime:
        raise TokenRejected(Reason.LIFETIME)
    return expires_at


def _time(claims: Mapping[str, Any], name: str) -> int | None:
    """A claim that is a time, in microseconds. Fractions of a second do not count."""
    value = claims.get(name)
    if value is None:
        return None
    if type(value) is int or (isinstance(value, float) and isfinite(value)):
        return int(value) * SECOND
    raise TokenRejected(Reason.TIMES)


def is_subject(value: object) -> bool:
    """Whether it can be a customer's id. Unprintable text could not be stored, so never is."""
    return isinstance(value, str) and 1 <= len(value) <= MAX_SUBJECT_LENGTH and value.isprintable()
