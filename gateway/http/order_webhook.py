"""The door for what shops tell of their orders: a signature, and then the raw delivery is stored.

Nothing of it is carried out here. The answer comes after the commit, so a shop that was answered
never has to send again, and one that was not may send again as often as it likes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.routing import Route

from gateway.errors import RequestCode, RequestError
from gateway.http.answering import Answer, deliver
from gateway.http.faults import MASKED, STATUS
from gateway.http.negotiation import MediaType
from gateway.http.reading import ClientGone, HttpRefused, headers_of, read_body
from gateway.http.request_id import RequestId, request_id_of
from gateway.http.telling import headers_for
from gateway.ids import id_number
from gateway.inbound import envelopes, queues
from gateway.inbound.adapters import ADAPTERS
from gateway.inbound.facts import SourceKind
from gateway.inbound.signing import verified
from gateway.services import inbox
from gateway.services.inbox_items import Arrival
from gateway.services.order_source_values import OpenedSource
from gateway.services.order_sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from gateway.http.faults import OnUnexpected
    from gateway.services.runtime import Runtime

PATH: Final = "/hooks/orders/{merchant}/{source}"
DEFAULT_PATH: Final = "/hooks/orders/{merchant}"
DEFAULT_SOURCE: Final = "generic"
"""The source that is meant where the address names none."""

MAX_BODY_BYTES: Final = 1_048_576
"""An order of a thousand lines, as a shop with many fields writes it, is half of this."""

UNKNOWN: Final = "The source is unknown, or the signature is wrong or too old."
"""The one answer to everyone who does not prove to be a source that is there."""
_PING: Final = re.compile(rb"webhook_id=[0-9]{1,20}")


class OrderWebhook:
    """An ASGI application."""

    def __init__(
        self,
        runtime: Runtime,
        *,
        on_stored: Callable[[], object],
        on_unexpected: OnUnexpected,
        body_seconds: float,
    ) -> None:
        self._runtime = runtime
        self._on_stored = on_stored
        self._on_unexpected = on_unexpected
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        try:
            answer = await self._answer(scope, receive)
        except ClientGone:
            return
        except HttpRefused as refused:
            code = RequestCode.BAD_USER_INPUT.value
            answer = _answer(refused.status, {"message": refused.message, "code": code})
            answer = Answer(answer.status, answer.body, answer.media_type, refused.headers)
        except RequestError as error:
            data = {"message": error.message, "code": error.code.value}
            body = orjson.dumps(data)
            headers = tuple(headers_for(error))
            answer = Answer(STATUS[error.code], body, MediaType.JSON, headers)
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            request_id = request_id_of(scope)
            self._on_unexpected(error, request_id)
            code = RequestCode.INTERNAL.value
            answer = _answer(500, {"message": MASKED, "code": code, "request_id": request_id})
        await deliver(send, answer, compress=False)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            raise HttpRefused(405, "Use POST.", (b"allow", b"POST"))
        raw = headers_of(scope["headers"])
        if raw.get(b"content-encoding", b"identity").lower() != b"identity":
            raise HttpRefused(415, "Send it uncompressed.", (b"accept-encoding", b"identity"))
        length = raw.get(b"content-length", b"")
        body = await read_body(receive, length, MAX_BODY_BYTES, self._body_seconds)
        if _PING.fullmatch(body):
            # WooCommerce asks so, unsigned, whether the address is there when a webhook is saved.
            return _answer(200, {"status": "pong"})
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw.items()}
        opened = await self._opened(scope["path_params"])
        kind = SourceKind.GENERIC if opened is None else opened.source.kind
        secrets = () if opened is None else opened.secrets
        good = verified(kind, secrets, headers, body, self._runtime.clock())
        if opened is None or not good:
            raise RequestError(RequestCode.UNAUTHENTICATED, UNKNOWN)
        return await self._stored(opened, headers, body)

    async def _opened(self, named: dict[str, str]) -> OpenedSource | None:
        merchant_id = id_number(named["merchant"])
        if merchant_id is None:
            return None
        name = named.get("source", DEFAULT_SOURCE)
        return await open_source(
            merchant_id, name, self._runtime.clock(), self._runtime.source_secrets
        )

    async def _stored(self, opened: OpenedSource, headers: dict[str, str], body: bytes) -> Answer:
        source = opened.source
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text = "\x00"
        if "\x00" in text:
            raise HttpRefused(400, "The body is not JSON in UTF-8.")
        delivery_id = envelopes.delivery_id(source.kind, headers, body)
        if source.kind is SourceKind.COMMERCETOOLS and "webhook-id" not in headers:
            delivery_id = queues.message_id(body) or delivery_id
        arrival = Arrival(
            merchant_id=source.merchant_id,
            source_id=source.id,
            delivery_id=delivery_id,
            topic=envelopes.topic(source.kind, headers),
            headers=envelopes.kept(headers),
            body=text,
            keep_days=ADAPTERS[source.kind].keep_days,
        )
        new = await inbox.put(arrival, self._runtime.ids.next(), self._runtime.clock())
        if new:
            self._on_stored()
        return _answer(202 if new else 200, {"status": "accepted" if new else "known already"})


def _answer(status: int, data: dict[str, Any]) -> Answer:
    return Answer(status, orjson.dumps(data), MediaType.JSON)


def order_webhook_routes(webhook: OrderWebhook) -> list[Route]:
    """The routes: with the name of a source, and without."""
    served = RequestId(webhook)
    return [
        Route(DEFAULT_PATH, served, name="order_webhook_default"),
        Route(PATH, served, name="order_webhook"),
    ]
