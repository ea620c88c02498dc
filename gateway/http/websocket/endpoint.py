"""The door for WebSockets: which handshakes are agreed to, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.http.request_id import request_id_of
from gateway.http.websocket.messages import SUBPROTOCOL, Close, Code
from gateway.http.websocket.session import Session
from gateway.http.websocket.wire import Gone, Wire
from gateway.telemetry.metrics import gauge

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from gateway.http.faults import OnUnexpected
    from gateway.http.graphql import GraphQLEndpoint
    from gateway.http.lasting import Lasting

    Admits = Callable[[str | None, str | None], Awaitable[bool]]
    """Says whether pages of an origin may connect at all, by the `Origin` and the `Host`."""


SOCKETS = gauge("loyalty_web_sockets", "WebSockets that are open.")


class WebSocketEndpoint:
    """An ASGI application: GraphQL over WebSocket, beside the endpoint for HTTP."""

    def __init__(
        self,
        endpoint: GraphQLEndpoint,
        lasting: Lasting,
        admits: Admits,
        on_unexpected: OnUnexpected,
    ) -> None:
        self._endpoint = endpoint
        self._lasting = lasting
        self._admits = admits
        self._on_unexpected = on_unexpected
        self._open: dict[Session, None] = {}
        """The oldest first."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one WebSocket."""
        lasting = self._lasting
        wire = Wire(
            receive, send, send_seconds=lasting.send_seconds, max_bytes=lasting.max_message_bytes
        )
        await receive()  # the handshake
        if not await self._admits(_header(scope, b"origin"), _header(scope, b"host")):
            await _refuse(send, 403)
        elif len(self._open) >= lasting.most_sockets and not self._made_room():
            await _refuse(send, 503)
        else:
            request_id = request_id_of(scope)
            session = Session(
                scope,
                wire,
                self._endpoint,
                lasting,
                on_fault=lambda error: self._on_unexpected(error, request_id),
            )
            await self._serve(scope, wire, session)

    async def _serve(self, scope: Scope, wire: Wire, session: Session) -> None:
        try:
            if SUBPROTOCOL in scope["subprotocols"]:
                self._open[session] = None
                SOCKETS.set(len(self._open))
                await session.run()
            else:
                await wire.accept(None)
                reason = f"Subprotocol not acceptable; offer {SUBPROTOCOL}"
                await wire.close(Close(Code.WRONG_SUBPROTOCOL, reason))
        except Gone:
            pass
        finally:
            self._open.pop(session, None)
            SOCKETS.set(len(self._open))

    def _made_room(self) -> bool:
        """End the oldest WebSocket on which nothing runs: one page could hold them all for ever."""
        idle = next((session for session in self._open if session.idle), None)
        if idle is None:
            return False
        del self._open[idle]
        idle.make_room()
        return True


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


async def _refuse(send: Send, status: int) -> None:
    """Refuse the handshake with an HTTP answer."""
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
