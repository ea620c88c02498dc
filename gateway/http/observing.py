"""Looks at every request as it ends, and tells those who count or write lines."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from gateway.http.observed import observed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from gateway.http.observed import Observed

    Observer = Callable[[Observed], None]


class Observing:
    """ASGI middleware around all routes. WebSockets pass: they have no end to speak of."""

    def __init__(self, app: ASGIApp, observers: Sequence[Observer]) -> None:
        self._app = app
        self._observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
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
            seen = observed(scope, status, perf_counter() - began)
            for observe in self._observers:
                observe(seen)
