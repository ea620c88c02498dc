"""uvicorn's protocols, with what the gateway needs beside: named in `gateway.cli.serve`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from gateway.http.protocol import BoundedProtocol

if TYPE_CHECKING:
    from collections.abc import Callable


class HttpProtocol(BoundedProtocol):
    """HTTP by httptools, within bounds. Tells the application that the server is about to stop.

    The lifespan says so only after all answers have ended, and a stream of events does not end by
    itself.
    """

    def shutdown(self) -> None:
        """Called by the server on every connection, first of all."""
        leave: Callable[[], None] | None = self.app_state.get("leave")
        if leave is not None:
            leave()
        super().shutdown()


def web_socket(**options: Any) -> asyncio.Protocol:  # noqa: ANN401 - they are uvicorn's
    """Make the protocol of one WebSocket. Loads its library for the first: 20 ms, 3 MiB."""
    from gateway.cli.web_socket import WebSocketProtocol  # noqa: PLC0415 - not at the start

    return WebSocketProtocol(**options)
