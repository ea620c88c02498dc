"""Customer tokens: made here or by the merchant's own backend, and checked here.

A token's header names a key; the key decides the merchant, the algorithm and the issuer. Nothing
else in the header is believed: no key or address in it (`jwk`, `jku`, `x5u`) is ever used.
"""

from __future__ import annotations

import json
import re
from binascii import a2b_base64
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from secrets import token_urlsafe
from typing import Any, Final, NamedTuple, cast

from gateway.services.claims import (
    MAX_LIFETIME_SECONDS,
    SECOND,
    Reason,
    TokenRejected,
    expiry,
    is_subject,
)
from gateway.services.recent import Recent
from gateway.services.remembered import Remembered
from gateway.services.secrets import MERCHANT_PATTERN, base36, derive, read_base36
from gateway.services.signing_keys import VerifyingKey, find_signing_key

ISSUER: Final = "loyalty-gateway"
"""The `iss` of the tokens that the gateway makes."""

MAX_TOKEN_LENGTH: Final = 4096
KEYS_REMEMBERED: Final = 4096
_OWN_KID: Final = re.compile(rf"gw\.({MERCHANT_PATTERN})")
_PLAIN_ALPHABET: Final = str.maketrans("-_", "+/")

LookingUp = Callable[[], AbstractContextManager[Callable[[], object]]]
"""Stands around a look-up in the database; what it gives is called where something was found."""


def unguarded() -> AbstractContextManager[Callable[[], object]]:
    """Let every look-up through."""
    return nullcontext(lambda: None)


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a good token proves. Times are microseconds."""

    merchant_id: int
    external_id: str
    expires_at: int
    good_until: int
    """How long this may be remembered: a merchant's key can be revoked before the token ends."""


class _Key(NamedTuple):
    key: VerifyingKey
    good_until: int | None


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
        self._keys: Remembered[_Key] = Remembered(KEYS_REMEMBERED)
        # Apart, so that made-up names do not push out the keys that are in use.
        self._unknown: Remembered[bool] = Remembered(KEYS_REMEMBERED)
        self._good: Recent[str, bool] = Recent(KEYS_REMEMBERED)

    def warm(self) -> None:
        """Load what signing needs, about a quarter of a second; may run on a thread of its own.

        Without it the first token pays.
        """
        key = self._own_key("1").key
        _verified_payload(_sign({}, cast(bytes, key.key), key.kid), key)

    def mint(self, merchant_id: int, external_id: str, now: int, seconds: int) -> tuple[str, int]:
        """Make a token for a customer; answer it with the time at which it expires.

        Raise ValueError for an id or a lifetime that `verify` would refuse.
        """
        if not (is_subject(external_id) and 1 <= seconds <= MAX_LIFETIME_SECONDS):
            raise ValueError("A customer token is for a known customer, for a second to a day")
        issued = now // SECOND
        key = self._own_key(base36(merchant_id)).key
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": self._audience,
            "sub": external_id,
            "iat": issued,
            "exp": issued + seconds,
            "jti": token_urlsafe(12),
        }
        return _sign(claims, cast(bytes, key.key), key.kid), (issued + seconds) * SECOND

    async def verify(self, token: str, now: int, looking_up: LookingUp = unguarded) -> TokenClaims:
        """Tell whose token it is. Raise TokenRejected, and whatever `looking_up` raises."""
        header = _read_header(token)
        if header is None:
            raise TokenRejected(Reason.MALFORMED)
        found = await self._key(header.kid, now, looking_up)
        if found is None:
            raise TokenRejected(Reason.UNKNOWN_KEY)
        if header.algorithm != found.key.algorithm:
            raise TokenRejected(Reason.ALGORITHM)
        payload = _verified_payload(token, found.key)
        if payload is None:
            raise TokenRejected(Reason.SIGNATURE)
        return self._judged(_object(payload), found, now)

    def forget_keys(self) -> None:
        """Drop the merchants' keys from memory: a revocation in this process counts at once."""
        self._keys.forget()
        self._unknown.forget()

    async def _key(self, kid: str, now: int, looking_up: LookingUp) -> _Key | None:
        own = _OWN_KID.fullmatch(kid)
        if own:
            return None if read_base36(own[1]) is None else self._own_key(own[1])
        known = self._keys.get(kid, now)
        if known is not None or self._unknown.get(kid, now):
            return known
        generation, until = self._keys.generation, now + self._cache
        with unguarded() if self._good.get(kid) else looking_up() as found_it:
            key = await find_signing_key(kid, self._secret_key)
            if key is not None:
                found_it()
        if key is None:
            self._good.drop(kid)
            self._unknown.put(kid, True, now, until, generation)
            return None
        self._good.put(kid, True)
        found = _Key(key, until)
        self._keys.put(kid, found, now, until, generation)
        return found

    def _own_key(self, merchant: str) -> _Key:
        """The gateway's key for a merchant, derived: each merchant's tokens have their own."""
        secret = derive(self._secret_key, f"customer token v1 {merchant}")
        key = VerifyingKey(f"gw.{merchant}", int(merchant, 36), "HS256", ISSUER, secret)
        return _Key(key, None)

    def _judged(self, claims: dict[str, Any] | None, found: _Key, now: int) -> TokenClaims:
        key, good_until = found
        if claims is None:
            raise TokenRejected(Reason.MALFORMED)
        if claims.get("iss") != key.issuer:
            raise TokenRejected(Reason.ISSUER)
        audience = claims.get("aud")
        named = cast("list[object]", audience) if isinstance(audience, list) else [audience]
        if self._audience not in named:
            raise TokenRejected(Reason.AUDIENCE)
        expires_at = expiry(claims, now)
        subject = claims.get("sub")
        if not is_subject(subject):
            raise TokenRejected(Reason.SUBJECT)
        until = expires_at if good_until is None else min(expires_at, good_until)
        return TokenClaims(key.merchant_id, cast(str, subject), expires_at, until)


def _read_header(token: str) -> _Header | None:
    # PyJWT would take padding; without it no token is written in two ways.
    if len(token) > MAX_TOKEN_LENGTH or not token.isascii() or "=" in token:
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
