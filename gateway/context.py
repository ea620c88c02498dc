"""One request: who calls, in which language, and what the use cases work with."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.auth import Principal, Scope
from gateway.errors import Code, RequestCode, RequestError
from gateway.loaders import Years
from gateway.messages import negotiate
from gateway.services.audit import SYSTEM, Actor, ActorKind
from gateway.services.runtime import Runtime


@dataclass(slots=True, eq=False)
class Context:
    """Made once per operation; resolvers reach everything through it."""

    runtime: Runtime
    principal: Principal | None
    accept_language: str | None = None
    default_language: str = "en"
    request_id: str = ""
    address: str = ""
    """The client's, as far as limits are concerned; empty where it is not known."""
    refusals: list[Code] = field(default_factory=list[Code])
    """What this operation was refused for, as data, so far; for logs and counts."""
    years: Years = field(default_factory=Years)
    """Reads what several customers ordered in one statement."""
    _language: str | None = field(default=None)

    @property
    def language(self) -> str:
        """The language of messages: the request's, else the merchant's."""
        if self._language is None:
            self._language = negotiate(self.accept_language, self.default_language)
        return self._language

    @property
    def actor(self) -> Actor:
        """The caller, for the audit log."""
        who = self.principal
        if who is None:
            return SYSTEM
        if who.staff_id is not None:
            return Actor(ActorKind.STAFF, who.staff_id, who.name)
        return Actor(ActorKind.KEY, who.credential_id or 0, who.name)

    def require(self, scope: Scope) -> Principal:
        """The caller, if it may do this. Raises RequestError otherwise.

        The one place where permission is decided: every root field calls it first.
        """
        if self.principal is None:
            raise RequestError(
                RequestCode.UNAUTHENTICATED,
                "Send a credential: a customer token, the Secret Webhook ID or an admin key as"
                " `Authorization: Bearer …`, or the publishable key as `X-Loyalty-Key`.",
            )
        if not self.principal.may(scope):
            raise RequestError(
                RequestCode.FORBIDDEN,
                f"This credential ({self.principal.kind.value.lower()}) may not do this.",
            )
        return self.principal
