"""The webhook of merchants whose checkout was integrated with Nector's: one address, three actions.

The Secret Webhook ID is part of the address. It is taken out of the scope before anything else
happens, so that no log, metric or trace of this process can hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from gateway.auth import Authenticator
from gateway.errors import LoyaltyError, RequestCode, RequestError
from gateway.http.answering import Answer, deliver
from gateway.http.call_outcomes import MERCHANT
from gateway.http.checkout_webhook_actions import Call
from gateway.http.checkout_webhook_body import read
from gateway.http.checkout_webhook_shapes import Data, Shapes, envelope
from gateway.http.faults import MASKED, STATUS
from gateway.http.negotiation import MediaType, accepts_gzip
from gateway.http.reading import ClientGone, HttpRefused, headers_of, read_body, require_json
from gateway.http.request_id import RequestId, request_id_of
from gateway.http.telling import headers_for
from gateway.messages import negotiate
from gateway.services.database import away_is_overloaded
from gateway.throttling.address import client_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from gateway.auth import Principal
    from gateway.http.faults import OnUnexpected
    from gateway.services.runtime import Runtime

    Headers = dict[bytes, bytes]
    Admit = Callable[[Principal, int, str | None], Awaitable[None]]
    """Takes a call's cost out of the allowance of the credential and of the customer, if named.
    Raises RequestError(THROTTLED)."""

PATH: Final = "/api/open/integrations/customcheckoutwebhook/{webhook_id}"
"""How the address is named wherever it is written down."""

COST: Final = 50
"""Units of the caller's allowance that a call costs: what an apply with its answer does."""


class CheckoutWebhook:
    """An ASGI application. What a call does is in `gateway.http.checkout_webhook_actions`."""

    def __init__(
        self,
        runtime: Runtime,
        auth: Authenticator,
        *,
        on_unexpected: OnUnexpected,
        admit: Admit,
        max_body_bytes: int,
        body_seconds: float,
    ) -> None:
        self._runtime = runtime
        self._auth = auth
        self._admit = admit
        self._body_seconds = body_seconds
        self._on_unexpected = on_unexpected
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        webhook_id = _taken_out(scope)
        headers = headers_of(scope["headers"])
        try:
            answer = await self._answer(scope, webhook_id, headers, receive)
        except ClientGone:
            return
        except HttpRefused as refused:
            code = RequestCode.BAD_USER_INPUT.value
            data: Data = {"message": refused.message, "code": code}
            answer = _answer(refused.status, data, *refused.headers)
        except RequestError as error:
            answer = _request_error(error)
        except LoyaltyError as error:
            answer = _malformed(error)
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            answer = self._masked(error, request_id_of(scope))
        await deliver(send, answer, compress=accepts_gzip(headers.get(b"accept-encoding", b"")))

    async def _answer(
        self, scope: Scope, webhook_id: str, headers: Headers, receive: Receive
    ) -> Answer:
        if scope["method"] != "POST":
            raise HttpRefused(405, "Use POST.", (b"allow", b"POST"))
        with away_is_overloaded():
            principal = await self._auth.webhook(webhook_id, client_address(scope))
        scope["state"][MERCHANT] = principal.merchant_id
        require_json(headers)
        length, seconds = headers.get(b"content-length", b""), self._body_seconds
        body = read(await read_body(receive, length, self._max_body_bytes, seconds))
        # A call that names nobody, or nobody well, costs its merchant alone.
        await self._admit(principal, COST, body.customer_id())
        with away_is_overloaded():
            merchant = await self._runtime.directory.merchant(principal.merchant_id)
            language = headers.get(b"accept-language", b"").decode("latin-1")
            shapes = Shapes(merchant.currency, negotiate(language, merchant.locale))
            status, data = await Call(self._runtime, merchant, body, shapes).carry_out()
        return _answer(status, data)

    def _masked(self, error: Exception, request_id: str) -> Answer:
        """Report what is our fault; the caller sees the id under which it is logged."""
        self._on_unexpected(error, request_id)
        code = RequestCode.INTERNAL.value
        return _answer(500, {"message": MASKED, "code": code, "request_id": request_id})


def _taken_out(scope: Scope) -> str:
    """The Secret Webhook ID, which the scope then has no more: its path is the pattern."""
    webhook_id: str = scope["path_params"]["webhook_id"]
    scope["path_params"] = {}
    scope["path"], scope["raw_path"] = PATH, PATH.encode()
    return webhook_id.removesuffix("/")


def _answer(status: int, data: Data, *headers: tuple[bytes, bytes]) -> Answer:
    return Answer(status, envelope(status, data), MediaType.JSON, headers)


def _request_error(error: RequestError) -> Answer:
    data: Data = {"message": error.message, "code": error.code.value}
    if error.field:
        data["field"] = ".".join(error.field)
    return _answer(STATUS[error.code], data, *headers_for(error))


def _malformed(error: LoyaltyError) -> Answer:
    """A value that no state would allow."""
    field = ".".join(error.refusal.field or ())
    return _answer(400, {"message": error.detail, "code": error.refusal.code.value, "field": field})


def checkout_webhook_route(webhook: CheckoutWebhook) -> Route:
    """The route, also for what is appended to the address: that may hold the secret as well."""
    pattern = PATH.replace("{webhook_id}", "{webhook_id:path}")
    return Route(pattern, RequestId(webhook), name="checkout_webhook")
