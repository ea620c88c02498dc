"""Who is calling: from the two headers to a principal, and what each kind of caller may do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from gateway.errors import RequestCode, RequestError
from gateway.services.claims import Reason, TokenRejected
from gateway.services.credentials import LastUse, authenticate_secret
from gateway.services.identity import SANDBOX
from gateway.services.recent import Recent
from gateway.services.remembered import Remembered
from gateway.services.secrets import (
    MAX_SECRET_LENGTH,
    PREFIXES,
    CredentialKind,
    secret_hash,
)
from gateway.services.staff import Role
from gateway.services.tokens import MAX_TOKEN_LENGTH, TokenService
from gateway.throttling.guesses import Guesses

SECOND: Final = 1_000_000
CACHE_SIZE: Final = 10_000
UNKNOWN_SECRET: Final = "The key is unknown, revoked or expired."  # noqa: S105 - a message
NO_BEARER: Final = "Authorization must read: Bearer, a space, and a token or a key."
NOT_PUBLISHABLE: Final = "X-Loyalty-Key takes a publishable key (pk_…) and nothing else."
MISPLACED: Final = (
    "A secret (whk_… or sk_…) belongs in Authorization: Bearer, sent by a server,"
    " and never in X-Loyalty-Key."
)
TWO_MERCHANTS: Final = "Authorization and X-Loyalty-Key belong to two merchants."


class Scope(StrEnum):
    """One thing that a caller may be allowed to do."""

    READ_PROGRAM = "READ_PROGRAM"
    """See what points are worth and what a cart would earn."""
    READ_OWN = "READ_OWN"
    """See the customer that the token is for."""
    FOLLOW_OWN = "FOLLOW_OWN"
    """Be told of changes of the customer that the token is for: a screen's need, not a server's."""
    READ_ANY_CUSTOMER = "READ_ANY_CUSTOMER"
    """Name a customer of the merchant, to see or to act for."""
    PREVIEW = "PREVIEW"
    APPLY = "APPLY"
    RELEASE = "RELEASE"
    CAPTURE = "CAPTURE"
    REFUND = "REFUND"
    MANAGE_CUSTOMERS = "MANAGE_CUSTOMERS"
    PRIVACY = "PRIVACY"
    """Take out all that is kept of a customer, and forget a customer."""
    MINT_TOKENS = "MINT_TOKENS"
    ADJUST = "ADJUST"
    """Give and take points by hand."""
    CONFIGURE = "CONFIGURE"
    """Change the integration, its rules and its keys."""
    READ_MERCHANT = "READ_MERCHANT"
    """See the integration, its rules, keys and figures."""
    READ_AUDIT = "READ_AUDIT"
    """See who changed what."""
    MANAGE_STAFF = "MANAGE_STAFF"
    """Let people in, change their roles, shut them out."""


class CallerKind(StrEnum):
    """The kinds of callers."""

    PUBLISHABLE = "PUBLISHABLE"
    CUSTOMER = "CUSTOMER"
    BACKEND = "BACKEND"
    ADMIN = "ADMIN"
    STAFF = "STAFF"
    """A person in the console; what they may do is a matter of their role."""


_CUSTOMER = frozenset(
    (Scope.READ_PROGRAM, Scope.READ_OWN, Scope.PREVIEW, Scope.APPLY, Scope.RELEASE)
)
_BACKEND = _CUSTOMER | {
    Scope.READ_ANY_CUSTOMER,
    Scope.CAPTURE,
    Scope.REFUND,
    Scope.MANAGE_CUSTOMERS,
    Scope.MINT_TOKENS,
}
SCOPES: Final[Mapping[CallerKind, frozenset[Scope]]] = MappingProxyType(
    {
        CallerKind.PUBLISHABLE: frozenset((Scope.READ_PROGRAM,)),
        CallerKind.CUSTOMER: _CUSTOMER | {Scope.FOLLOW_OWN},
        CallerKind.BACKEND: _BACKEND,
        # Who has a key must not be able to make another way in for themselves.
        CallerKind.ADMIN: frozenset(Scope) - {Scope.FOLLOW_OWN, Scope.MANAGE_STAFF},
        CallerKind.STAFF: frozenset(),
    }
)
"""What each kind of caller may do. Beside a role, nothing else gives a right."""

_SUPPORT = frozenset(
    (
        Scope.READ_PROGRAM,
        Scope.READ_OWN,
        Scope.READ_MERCHANT,
        Scope.READ_ANY_CUSTOMER,
        Scope.PREVIEW,
        Scope.RELEASE,
        Scope.REFUND,
        Scope.ADJUST,
    )
)
_MANAGER = _SUPPORT | {
    Scope.MANAGE_CUSTOMERS,
    Scope.PRIVACY,
    Scope.CONFIGURE,
    Scope.READ_AUDIT,
}
ROLES: Final[Mapping[Role, frozenset[Scope]]] = MappingProxyType(
    {
        Role.SUPPORT: _SUPPORT,
        Role.MANAGER: _MANAGER,
        Role.OWNER: _MANAGER | {Scope.MANAGE_STAFF},
    }
)
"""What each role may do. No person applies or captures: that is the checkout's."""

_CALLERS: Final = {
    CredentialKind.PUBLISHABLE: CallerKind.PUBLISHABLE,
    CredentialKind.SECRET_WEBHOOK: CallerKind.BACKEND,
    CredentialKind.ADMIN: CallerKind.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling, proven. The merchant comes from here and never from an argument."""

    merchant_id: int
    kind: CallerKind
    external_id: str | None = None
    """The customer that a token is for; None for every other caller."""
    credential_id: int | None = None
    """The key that was shown; None where it was a token."""
    expires_at: int | None = field(default=None, compare=False)
    """When the token or the session expires, in microseconds; None for a key."""
    role: Role | None = None
    """Of a person in the console."""
    staff_id: int | None = None
    name: str = field(default="", compare=False)
    """Of a person in the console; the label of a key."""

    @property
    def caller(self) -> str:
        """The scope of idempotency keys: two callers with different ones share no key."""
        if self.kind is CallerKind.CUSTOMER:
            return f"customer:{self.external_id}"
        if self.kind is CallerKind.STAFF:
            return f"staff:{self.staff_id}"
        return self.kind.value.lower()

    def may(self, scope: Scope) -> bool:
        """Whether this caller is allowed to do that."""
        return scope in (SCOPES[self.kind] if self.role is None else ROLES[self.role])


class Authenticator:
    """Turns the two headers of a request into a principal.

    A revoked key works for `cache_seconds` more at most, and not at all in the process that calls
    `forget` after the revocation. Expiry is exact. `last_use` is to be flushed from time to time.
    """

    def __init__(
        self,
        tokens: TokenService,
        clock: Callable[[], int],
        cache_seconds: int,
        guesses: Guesses | None = None,
    ) -> None:
        """Take the clock in microseconds, and how long an answer of the database is kept."""
        self.last_use = LastUse()
        self._tokens = tokens
        self._clock = clock
        self._cache = cache_seconds * SECOND
        self._guesses = guesses or Guesses(None, clock)
        # By the hash of what was shown, so that no secret lies in memory. Misses are kept apart:
        # a flood of made-up keys must not push out the good ones.
        self._known: Remembered[Principal] = Remembered(CACHE_SIZE)
        self._unknown: Remembered[bool] = Remembered(CACHE_SIZE)
        self._customers: Remembered[Principal] = Remembered(CACHE_SIZE)
        # Who shows one of these again is not guessing, however many guesses come from its address.
        self._good: Recent[str, bool] = Recent(CACHE_SIZE)
        self._asking: dict[str, asyncio.Future[Principal]] = {}

    async def authenticate(
        self, authorization: str | None, loyalty_key: str | None, address: str = ""
    ) -> Principal | None:
        """Tell who sent `Authorization` and `X-Loyalty-Key`; None when neither was sent.

        `Authorization` decides where both are sent; they must be of one merchant. Raise
        RequestError(UNAUTHENTICATED) when anything is wrong with either, and THROTTLED where so
        many unknown keys came from `address` that no further one is looked up.
        """
        if authorization is None:
            return None if loyalty_key is None else await self._publishable(loyalty_key, address)
        principal = await self._bearer(authorization, address)
        if loyalty_key is not None:
            page = await self._publishable(loyalty_key, address)
            if page.merchant_id != principal.merchant_id:
                raise _refused(TWO_MERCHANTS)
        return principal

    async def webhook(self, webhook_id: str, address: str) -> Principal:
        """Tell whose Secret Webhook ID this is, where it comes by itself: in a URL.

        Raise RequestError(UNAUTHENTICATED), always the same one, for anything else; THROTTLED as
        `authenticate` does.
        """
        if not webhook_id.startswith(PREFIXES[CredentialKind.SECRET_WEBHOOK]):
            raise _refused(UNKNOWN_SECRET)
        return await self._secret(webhook_id, address)

    def forget(self) -> None:
        """Drop all answers, so that a revocation just committed counts at once in this process."""
        for memory in (self._known, self._unknown, self._customers):
            memory.forget()
        self._tokens.forget_keys()

    async def _bearer(self, authorization: str, address: str) -> Principal:
        scheme, _, credential = authorization.partition(" ")
        credential = credential.strip()
        if not credential or scheme.lower() != "bearer":
            raise _refused(NO_BEARER)
        if credential.startswith(("whk_", "pk_", "sk_")):
            return await self._secret(credential, address)
        return await self._token(credential, address)

    async def _publishable(self, loyalty_key: str, address: str) -> Principal:
        key = loyalty_key.strip()
        if key.startswith("pk_"):
            return await self._secret(key, address)
        misplaced = key.startswith(("whk_", "sk_"))
        raise _refused(MISPLACED if misplaced else NOT_PUBLISHABLE)

    async def _secret(self, secret: str, address: str) -> Principal:
        if len(secret) > MAX_SECRET_LENGTH or not secret.isascii():
            raise _refused(UNKNOWN_SECRET)
        now = self._clock()
        digest = secret_hash(secret)
        principal = self._known.get(digest, now)
        if principal is None:
            principal = await self._look_up(secret, digest, now, address)
        if principal.credential_id is not None:
            self.last_use.note(principal.merchant_id, principal.credential_id, now)
        return principal

    async def _look_up(self, secret: str, digest: str, now: int, address: str) -> Principal:
        """Ask the database, once for all who ask at the same time."""
        asking = self._asking.get(digest)
        if asking is None:
            asking = asyncio.ensure_future(self._asked(secret, digest, now, address))
            self._asking[digest] = asking
            asking.add_done_callback(lambda _: self._asking.pop(digest, None))
        return await asyncio.shield(asking)

    async def _asked(self, secret: str, digest: str, now: int, address: str) -> Principal:
        if self._unknown.get(digest, now):
            raise _refused(UNKNOWN_SECRET)
        until = now + self._cache
        generation = self._known.generation
        with self._guesses.looking_up("" if self._good.get(digest) else address) as found_it:
            found = await authenticate_secret(secret, now)
            if found is not None:
                found_it()
        if found is None:
            self._good.drop(digest)
            self._unknown.put(digest, True, now, until, generation)
            raise _refused(UNKNOWN_SECRET)
        self._good.put(digest, True)
        principal = Principal(
            found.merchant_id, _CALLERS[found.kind], credential_id=found.id, name=found.label
        )
        if found.expires_at is not None:
            until = min(until, found.expires_at)
        self._known.put(digest, principal, now, until, generation)
        return principal

    async def _token(self, token: str, address: str) -> Principal:
        if len(token) > MAX_TOKEN_LENGTH or not token.isascii():
            raise _refused(Reason.MALFORMED)
        now = self._clock()
        digest = secret_hash(token)
        principal = self._customers.get(digest, now)
        if principal is None:
            generation = self._customers.generation
            try:
                claims = await self._tokens.verify(
                    token, now, lambda: self._guesses.looking_up(address)
                )
            except TokenRejected as rejected:
                raise _refused(rejected.reason) from None
            if claims.external_id.startswith(SANDBOX):
                raise _refused(Reason.SUBJECT)  # whom the go-live test makes up is nobody's to be
            principal = Principal(
                claims.merchant_id,
                CallerKind.CUSTOMER,
                claims.external_id,
                expires_at=claims.expires_at,
            )
            self._customers.put(digest, principal, now, claims.good_until, generation)
        return principal


def _refused(message: str) -> RequestError:
    return RequestError(RequestCode.UNAUTHENTICATED, message)
