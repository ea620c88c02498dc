"""The two ends of one WebSocket, as ASGI has them, with patience that is bounded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gateway.http.websocket.messages import Close, Code

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send


class Gone(Exception):  # noqa: N818 - nobody is there any more; not a fault
    """The client has gone, or reads too slowly to be served."""


class Wire:
    """Sends and receives whole messages."""

    def __init__(
        self, receive: Receive, send: Send, *, send_seconds: float, max_bytes: int
    ) -> None:
        self._receive = receive
        self._send = send
        self._send_seconds = send_seconds
        self._max_bytes = max_bytes

    async def heard(self) -> str:
        """Return the next message. Raises Gone, and Close for what cannot be a message."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            raise Gone
        text: str | None = message.get("text")
        if text is None:
            raise Close(Code.BAD_MESSAGE, "Messages are text, not binary.")
        if len(text) > self._max_bytes:
            raise Close(Code.TOO_LARGE, f"A message is larger than {self._max_bytes} bytes.")
        return text

    async def say(self, text: str) -> None:
        """Send a message. Raises Gone when it is not taken in time."""
        await self._put({"type": "websocket.send", "text": text})

    async def accept(self, subprotocol: str | None) -> None:
        """Agree to the handshake."""
        await self._put({"type": "websocket.accept", "subprotocol": subprotocol})

    async def close(self, close: Close) -> None:
        """End the connection. Raises Gone."""
        message = {"type": "websocket.close", "code": close.code.value, "reason": close.reason}
        await self._put(message)

    async def _put(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._send_seconds):
                await self._send(message)
        except (OSError, RuntimeError) as error:  # uvicorn: RuntimeError once it has closed itself
            raise Gone from error
