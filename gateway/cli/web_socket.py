"""uvicorn's WebSocket protocol, which lets go of a client that does not read."""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket by `websockets`."""

    async def run_asgi(self) -> None:
        """Serve; what a client has not taken by the end of it is not kept for it any longer."""
        await super().run_asgi()
        if not self.writable.is_set():
            self.transport.abort()
