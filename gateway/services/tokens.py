"""Customer tokens: made here or by the merchant's own backend, and checked here.

A token's header names a key; the key decides the merchant, the algorithm and the issuer. Nothing
else in the header is believed: no key or address in it (`jwk`, `jku`, `x5u`) is ever used.
"""

from __future__ import annotations

import json
import re
from binascii import a2b_base64
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from secrets import token_urlsafe
from typing import Any, Final, NamedTuple, cast

from gateway.services.remembered import Remembered
from gateway.services.secrets import MERCHANT_PATTERN, base36, derive, read_base36
from gateway.services.signing_keys import VerifyingKey, find_signing_key

ISSUER: Final = "loyalty-gateway"
"""The `iss` of the tokens that the gateway makes."""

SECOND: Final = 1_000_000
LEEWAY_SECONDS: Final = 10
"""How far a merchant's clock may be off: `exp`, `nbf` and `iat` are read that much more kindly."""

MAX_LIFETIME_SECONDS: Final = 86_400
MAX_TOKEN_LENGTH: Final = 4096
MAX_SUBJECT_LENGTH: Final = 255
KEYS_REMEMBERED: Final = 4096
_OWN_KID: Final = re.compile(rf"gw\.({MERCHANT_PATTERN})")
_PLAIN_ALPHABET: Final = str.maketrans("-_", "+/")


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


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a good token proves. Times are microseconds."""

    merchant_id: int
    external_id: str
    expires_at: int
    revocable: bool
    """Whether the key behind it can be revoked: then this may be believed for a moment only."""


class _Header(NamedTuple):
    kid: str
    algorithm: object


class TokenService:
    """Makes and checks customer tokens. `secret_key` is the installation's."""

    def __init__(self, secret_key: str, audience: str, cache_seconds: int = 2) -> None:
        """Take what tokens must carry as `aud`, and how long a merchant's key is remembered."""
        self._secret_key = secret_key
        self._audience = audience
        self._cache = cache_seconds * SECOND
        self._keys: Remembered[VerifyingKey] = Remembered(KEYS_REMEMBERED)
        # Apart, so that made-up names do not push out the keys that are in use.
        self._unknown: Remembered[bool] = Remembered(KEYS_REMEMBERED)

    def warm(self) -> None:
        """Load what signing needs, about a quarter of a second; may run on a thread of its own.

        Without it the first token pays.
        """
        key = self._own_key("1")
        _verified_payload(_sign({}, cast(bytes, key.key), key.kid), key)

    def mint(self, merchant_id: int, external_id: str, now: int, seconds: int) -> tuple[str, int]:
        """Make a token for a customer; answer it with the time at which it expires.

        Raise ValueError for an id or a lifetime that `verify` would refuse.
        """
        if not (_is_subject(external_id) and 1 <= seconds <= MAX_LIFETIME_SECONDS):
            raise ValueError("A customer token is for a known customer, for a second to a day")
        issued = now // SECOND
        key = self._own_key(base36(merchant_id))
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": self._audience,
            "sub": external_id,
            "iat": issued,
            "exp": issued + seconds,
            "jti": token_urlsafe(12),
        }
        return _sign(claims, cast(bytes, key.key), key.kid), (issued + seconds) * SECOND

    async def verify(self, token: str, now: int) -> TokenClaims:
        """Tell whose token it is. Raise TokenRejected with the reason."""
        header = _read_header(token)
        if header is None:
            raise TokenRejected(Reason.MALFORMED)
        key = await self._key(header.kid, now)
        if key is None:
            raise TokenRejected(Reason.UNKNOWN_KEY)
        if header.algorithm != key.algorithm:
            raise TokenRejected(Reason.ALGORITHM)
        payload = _verified_payload(token, key)
        if payload is None:
            raise TokenRejected(Reason.SIGNATURE)
        return self._judged(_object(payload), key, now)

    def forget_keys(self) -> None:
        """Drop the merchants' keys from memory: a revocation in this process counts at once."""
        self._keys.forget()
        self._unknown.forget()

    async def _key(self, kid: str, now: int) -> VerifyingKey | None:
        own = _OWN_KID.fullmatch(kid)
        if own:
            return None if read_base36(own[1]) is None else self._own_key(own[1])
        key = self._keys.get(kid, now)
        if key is not None or self._unknown.get(kid, now):
            return key
        generation = self._keys.generation
        key = await find_signing_key(kid, self._secret_key)
        if key is None:
            self._unknown.put(kid, True, now, now + self._cache, generation)
        else:
            self._keys.put(kid, key, now, now + self._cache, generation)
        return key

    def _own_key(self, merchant: str) -> VerifyingKey:
        """The gateway's key for a merchant, derived: each merchant's tokens have their own."""
        secret = derive(self._secret_key, f"customer token v1 {merchant}")
        return VerifyingKey(f"gw.{merchant}", int(merchant, 36), "HS256", ISSUER, secret)

    def _judged(self, claims: dict[str, Any] | None, key: VerifyingKey, now: int) -> TokenClaims:
        if claims is None:
            raise TokenRejected(Reason.MALFORMED)
        if claims.get("iss") != key.issuer:
            raise TokenRejected(Reason.ISSUER)
        audience = claims.get("aud")
        named = cast("list[object]", audience) if isinstance(audience, list) else [audience]
        if self._audience not in named:
            raise TokenRejected(Reason.AUDIENCE)
        expires_at = _expiry(claims, now)
        subject = claims.get("sub")
        if not _is_subject(subject):
            raise TokenRejected(Reason.SUBJECT)
        revocable = not key.kid.startswith("gw.")
        return TokenClaims(key.merchant_id, cast(str, subject), expires_at, revocable)


def _expiry(claims: dict[str, Any], now: int) -> int:
    """When the token expires, in microseconds; raise TokenRejected where a time forbids it."""
    expires_at, issued_at, not_before = (_time(claims, name) for name in ("exp", "iat", "nbf"))
    if expires_at is None:
        raise TokenRejected(Reason.TIMES)
    leeway, lifetime = LEEWAY_SECONDS * SECOND, MAX_LIFETIME_SECONDS * SECOND
    if now >= expires_at + leeway:
        raise TokenRejected(Reason.EXPIRED)
    if any(start is not None and start > now + leeway for start in (issued_at, not_before)):
        raise TokenRejected(Reason.NOT_YET_VALID)
    # Both: the bound holds for the whole life, and for what is left of it.
    begun_at = now if issued_at is None else issued_at
    if expires_at - (now + leeway) > lifetime or expires_at - begun_at > lifetime:
        raise TokenRejected(Reason.LIFETIME)
    return expires_at


def _time(claims: dict[str, Any], name: str) -> int | None:
    """A claim that is a time, in microseconds. Fractions of a second do not count."""
    value = claims.get(name)
    if value is None:
        return None
    if type(value) is int or (isinstance(value, float) and isfinite(value)):
        return int(value) * SECOND
    raise TokenRejected(Reason.TIMES)


def _is_subject(value: object) -> bool:
    """Whether it can be a customer's id. Unprintable text could not be stored, so never is."""
    return isinstance(value, str) and 1 <= len(value) <= MAX_SUBJECT_LENGTH and value.isprintable()


def _read_header(token: str) -> _Header | None:
    if len(token) > MAX_TOKEN_LENGTH or not token.isascii():
        return None
    return _parsed_header(token.partition(".")[0])


@lru_cache(maxsize=512)
def _parsed_header(text: str) -> _Header | None:
    """The key's name and the algorithm; the header repeats from token to token of a merchant."""
    try:
        header = _object(a2b_base64(text.translate(_PLAIN_ALPHABET) + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    # `crit` and `b64` change how a token is read; this gateway knows no such extension.
    if (
        header is None
        or not isinstance(header.get("kid"), str)
        or not header.keys().isdisjoint(("crit", "b64"))
    ):
        return None
    return _Header(header["kid"], header.get("alg"))


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _sign(claims: dict[str, object], key: bytes, kid: str) -> str:
    from gateway.services.jose import sign  # noqa: PLC0415 - slow to load

    return sign(claims, key, kid)


def _verified_payload(token: str, key: VerifyingKey) -> bytes | None:
    from gateway.services.jose import verified_payload  # noqa: PLC0415 - slow to load

    return verified_payload(token, key)
