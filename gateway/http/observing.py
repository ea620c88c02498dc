"""Looks at every request as it ends, and tells those who count or write lines."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from gateway.http.observed import OBSERVE, observed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from gateway.http.observed import Observed

    Observer = Callable[[Observed], None]


class Observing:
    """ASGI middleware around all routes. Of a WebSocket it is the operations that are looked at."""

    def __init__(self, app: ASGIApp, observers: Sequence[Observer]) -> None:
        self._app = app
        self._observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and note what came of it."""
        state = scope.setdefault("state", {})
        if scope["type"] == "websocket":
            state[OBSERVE] = self._note
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = perf_counter()
        try:
            await self._app(scope, receive, noting)
        except Exception:
            status = 500  # which the outermost layer answers
            raise
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        seen = observed(scope, status, seconds)
        for observe in self._observers:
            observe(seen)
