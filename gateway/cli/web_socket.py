"""uvicorn's WebSocket protocol, which lets go of a client that does not read or is refused."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket by `websockets`."""

    async def send(self, message: Any) -> None:  # noqa: ANN401 - uvicorn's
        """Send; a handshake that was refused with an answer is over.

        uvicorn takes it for forgotten else, and logs an error for each.
        """
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True

    async def run_asgi(self) -> None:
        """Serve; what a client has not taken by the end of it is not kept for it any longer."""
        await super().run_asgi()
        if not self.writable.is_set():
            self.transport.abort()
