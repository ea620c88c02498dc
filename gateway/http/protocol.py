"""uvicorn's HTTP protocol, with bounds on a request's head: its line and its headers.

uvicorn itself waits for a head as long as it takes, and keeps as much of it as comes. What comes
after the head is bounded where it is read, in `gateway.http.reading`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import BaseTransport, TimerHandle, Transport

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

HEAD_SECONDS: Final = 15
HEAD_BYTES: Final = 65_536
MESSAGE_BYTES: Final = 16 * 1024 * 1024
"""Of one request on the wire, also of what is no part of its body: sizes of chunks, trailers."""

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\n"
    b"content-length: 44\r\nconnection: close\r\n\r\nThe request's headers are over 65536 bytes.\n"
)


class _At(Enum):
    """Where in a request the connection is."""

    REST = "nothing of the next request has come"
    HEAD = "its line and headers are coming"
    BODY = "its body is coming"
    ELSEWHERE = "it is a WebSocket now, and no request will come any more"


class BoundedProtocol(HttpToolsProtocol):
    """One connection; it is closed when a head takes more than HEAD_SECONDS or HEAD_BYTES.

    A request that comes in one piece, as nearly all do, costs no timer.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever uvicorn gives
        super().__init__(*given, **named)
        self._at = _At.REST
        self._bytes = 0
        self._deadline: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin to wait for the first head."""
        super().connection_made(cast("Transport", transport))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; refuse what has become too large without an end."""
        self._bytes += len(data)
        super().data_received(data)
        if self._at is _At.ELSEWHERE:
            return
        if self._at is _At.BODY:
            if self._bytes > MESSAGE_BYTES:
                self.transport.close()
        elif self._at is _At.HEAD and self._bytes > HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._at is _At.HEAD or self._answered():  # at rest, blank lines may come forever
            self._wait()

    def on_message_begin(self) -> None:
        """The first byte of a request has come."""
        self._at = _At.HEAD
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._at = _At.BODY
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._at, self._bytes = _At.REST, 0
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over."""
        super().handle_websocket_upgrade()
        self._at = _At.ELSEWHERE
        self._stop_waiting()

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        """Close, unless an earlier request of the connection is still being answered."""
        self._deadline = None
        if self._answered():
            self.transport.close()
        else:
            self._wait()

    def _answered(self) -> bool:
        """Whether no request of this connection is under way."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # none before the first request
        return cycle is None or cycle.response_complete
