"""Receives requests at every door: who calls, from where, and whether that much may be asked."""

from __future__ import annotations

from starlette.types import Scope as HttpScope

from gateway.admission.door import Admission
from gateway.auth import Authenticator, CallerKind, Principal, Scope
from gateway.context import Context
from gateway.errors import RequestCode, RequestError
from gateway.http.console.cookie import HEADER, require_own_page, session_token
from gateway.http.cors import withhold
from gateway.http.pipeline import Allowance
from gateway.http.reading import headers_of
from gateway.http.request_id import request_id_of
from gateway.services.database import away_is_overloaded
from gateway.services.runtime import Runtime
from gateway.services.staff_sessions import Lives, find_session
from gateway.throttling.address import client_address

FOREIGN_ORIGIN = (
    "Pages of this origin may not call for this merchant. Its allowedOrigins do not name it."
)
SESSION_ENDED = "The session has ended. Sign in again."


class Reception:
    """Decides all that does not depend on what is asked. One per process."""

    def __init__(
        self,
        runtime: Runtime,
        auth: Authenticator,
        admission: Admission,
        lives: Lives | None = None,
    ) -> None:
        """`lives`: of the console's sessions; without it, there are none."""
        self._lives = lives
        self._runtime = runtime
        self._auth = auth
        self._admission = admission

    async def context(self, scope: HttpScope) -> Context:
        """Find out who calls, and make what the resolvers of one operation see."""
        found: dict[bytes, str | None] = {
            b"authorization": None,
            b"x-loyalty-key": None,
            b"accept-language": None,
            b"origin": None,
            b"host": None,
            HEADER: None,
        }
        for name, value in scope["headers"]:
            if name in found:
                found[name] = value.decode("latin-1")
        authorization, loyalty_key = found[b"authorization"], found[b"x-loyalty-key"]
        language, address = "en", client_address(scope)
        with away_is_overloaded():
            principal = await self._auth.authenticate(authorization, loyalty_key, address)
            if principal is None and found[HEADER] is not None:
                principal = await self._staff(scope)
            if principal is not None:
                merchant = await self._runtime.directory.merchant(principal.merchant_id)
                language = merchant.locale
                origin, host = found[b"origin"], found[b"host"]
                if not await self._runtime.origins.allows(merchant.id, origin, host):
                    withhold(scope)
                    raise RequestError(RequestCode.FORBIDDEN, FOREIGN_ORIGIN)
        return Context(
            self._runtime,
            principal,
            found[b"accept-language"],
            language,
            request_id_of(scope),
            address,
        )

    async def _staff(self, scope: HttpScope) -> Principal | None:
        """Who sits at the page of the console that this comes from; None without a cookie."""
        headers = headers_of(scope["headers"])
        require_own_page(scope, headers)
        token = session_token(scope, headers)
        if token is None or self._lives is None:
            return None
        session = await find_session(token, self._lives, self._runtime.clock())
        if session is None:
            raise RequestError(RequestCode.UNAUTHENTICATED, SESSION_ENDED)
        return Principal(
            session.merchant_id,
            CallerKind.STAFF,
            expires_at=session.expires_at,
            role=session.role,
            staff_id=session.staff_id,
            name=session.name,
        )

    async def admit(self, context: object, cost: int) -> Allowance | None:
        """Take what an operation costs out of its caller's allowance; None: it has no limit.

        Raises RequestError(THROTTLED).
        """
        assert isinstance(context, Context)  # noqa: S101 - `context` above has made it
        spent = await self._admission.admit(context.principal, cost, address=context.address)
        return None if spent is None else Allowance(*spent)

    async def admit_principal(
        self, principal: Principal, cost: int, customer_external_id: str | None = None
    ) -> None:
        """The same for a door without GraphQL. Raises RequestError(THROTTLED).

        A customer whom a backend acts for pays too, as its own tokens do: one hostile shopper
        cannot use up what the backend may ask for.
        """
        await self._admission.admit(principal, cost, customer_external_id=customer_external_id)

    async def identify(self, scope: HttpScope) -> Principal:
        """Who calls, for a connection that lasts. Raises RequestError."""
        return (await self.context(scope)).require(Scope.READ_PROGRAM)

    def registrant(self, context: object) -> tuple[object, ...] | None:
        """Whom a document that a client registers counts for; None: it may register none."""
        assert isinstance(context, Context)  # noqa: S101 - `context` above has made it
        who = context.principal
        if who is None:
            return None
        # Everyone has the publishable key, so of its callers the address tells one from another.
        address = context.address if who.kind is CallerKind.PUBLISHABLE else None
        return who.merchant_id, who.caller, who.credential_id, address
