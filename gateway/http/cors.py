"""Cross-origin access for storefronts: which pages may call, and which headers they may send.

Credentials travel in headers that a page must set itself, never in cookies; so there is no
credentials mode, and an origin that is not listed gains nothing by calling anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXPOSED = (b"access-control-expose-headers", b"retry-after, www-authenticate, x-request-id")
_PREFLIGHT_VARY = (
    b"vary",
    b"Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
)
_PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"authorization, content-type, x-loyalty-key, accept-language",
    ),
)


def withhold(scope: Scope) -> None:
    """Leave this request's answer unmarked: its origin may call, but not for this merchant."""
    scope.setdefault("state", {})["origin_refused"] = True


class Cors:
    """ASGI middleware: answers preflights and marks the answers that a listed origin may read.

    A preflight carries no credential, so it is granted to every origin that some merchant lists.
    Whoever finds out later that the request's merchant does not list it calls `withhold`.
    """

    def __init__(
        self,
        app: ASGIApp,
        known_origin: Callable[[str], Awaitable[bool]],
        *,
        max_age_seconds: int = 7_200,
    ) -> None:
        self._app = app
        self._known_origin = known_origin
        self._max_age = (b"access-control-max-age", str(max_age_seconds).encode("ascii"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        origin = headers.get(b"origin")
        granted = await self._granted(origin)
        asks_first = scope["method"] == "OPTIONS" and b"access-control-request-method" in headers
        if origin is not None and asks_first:
            await self._preflight(send, granted)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                refused = scope.get("state", {}).get("origin_refused", False)
                marks = [] if refused else granted
                message["headers"] = [*_varying(message.get("headers", ())), *marks]
            await send(message)

        await self._app(scope, receive, send_marked)

    async def _granted(self, origin: bytes | None) -> list[tuple[bytes, bytes]]:
        if origin is None or not await self._known_origin(origin.decode("latin-1")):
            return []
        return [(b"access-control-allow-origin", origin), _EXPOSED]

    async def _preflight(self, send: Send, granted: list[tuple[bytes, bytes]]) -> None:
        """Say what is allowed; to an origin that is not listed, 403 and nothing more."""
        given = [*granted, *_PREFLIGHT, self._max_age] if granted else []
        headers = [*given, _PREFLIGHT_VARY, (b"content-length", b"0")]
        status = 200 if granted else 403
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _varying(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Make sure that a cache keeps the answers to different origins apart."""
    for name, value in headers:
        if name == b"vary" and b"origin" in value.lower():
            return headers
    return [*headers, (b"vary", b"Origin")]
