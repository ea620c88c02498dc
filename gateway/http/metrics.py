"""`/metrics`: for whoever has the token, else for direct callers on this machine alone."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from gateway.telemetry.exposition import CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_FORWARDED = frozenset(
    ("forwarded", "via", "x-real-ip", "true-client-ip", "cf-connecting-ip", "x-client-ip")
)
_LOCAL_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))


def metrics_route(token: str | None, page: Callable[[], Awaitable[bytes]]) -> Route:
    """Return the route of the page that Prometheus reads."""

    async def metrics(request: Request) -> Response:
        if token is not None:
            if not _bears(request, token):
                headers = _HEADERS | {"www-authenticate": "Bearer"}
                return Response("The token is missing or wrong.\n", 401, headers)
        elif not _local(request):
            text = "Only for direct callers on this machine, or with LOYALTY_METRICS_TOKEN.\n"
            return Response(text, 403, _HEADERS)
        return Response(await page(), 200, _HEADERS | {"content-type": CONTENT_TYPE})

    return Route("/metrics", metrics)


def _bears(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), token.encode())
    return same and scheme.lower() == "bearer"


def _local(request: Request) -> bool:
    """Whether the peer is on this machine, speaks for itself, and was not led here by a name."""
    if any(name in _FORWARDED or name.startswith("x-forwarded-") for name in request.headers):
        return False
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        near = request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return near and name in _LOCAL_NAMES
