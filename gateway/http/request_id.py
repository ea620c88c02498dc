"""One id per request, in its state and in its answer, so that a caller and a log line can meet."""

from __future__ import annotations

import re
from random import getrandbits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADER = b"x-request-id"
_is_usable = re.compile(rb"[A-Za-z0-9_.-]{1,64}").fullmatch


def request_id_of(scope: Scope) -> str:
    """Return the request's id; makes one, and keeps it, where no middleware has."""
    state = scope.setdefault("state", {})
    known: str | None = state.get("request_id")
    if known is None:
        known = state["request_id"] = f"{getrandbits(64):016x}"
    return known


class RequestId:
    """ASGI middleware: takes the caller's `X-Request-Id` if it is harmless, else makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and add its id to the answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == _HEADER), b"")
        if _is_usable(given):
            scope.setdefault("state", {})["request_id"] = given.decode("ascii")
        header = (_HEADER, request_id_of(scope).encode("ascii"))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        await self._app(scope, receive, send_with_id)
