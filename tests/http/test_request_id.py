"""One id per request, from the caller where it is harmless."""

from __future__ import annotations

import re

import pytest

from gateway.http.request_id import RequestId, request_id_of
from tests.http.asgi import Exchange, scope
from tests.http.toy import Toy


async def answered_id(toy: Toy, *given: bytes) -> tuple[str, str]:
    """Return the id in the answer's header and the one in the request's state."""
    exchange = Exchange([b"{}"])
    headers = tuple((b"x-request-id", value) for value in given)
    request = scope(headers=headers)
    await RequestId(toy.endpoint)(request, exchange.receive, exchange.send)
    return exchange.headers[b"x-request-id"].decode(), request["state"]["request_id"]


@pytest.mark.parametrize("given", [b"a", b"A-z_0.9", b"x" * 64])
async def test_a_harmless_id_is_taken(toy: Toy, given: bytes) -> None:
    assert await answered_id(toy, given) == (given.decode(), given.decode())


@pytest.mark.parametrize("given", [b"", b"x" * 65, b"a b", b"a\nb", b"\xff", b"a\n", b'"><script>'])
async def test_any_other_id_is_replaced(toy: Toy, given: bytes) -> None:
    shown, kept = await answered_id(toy, given)
    assert shown == kept
    assert re.fullmatch("[0-9a-f]{16}", shown)


async def test_requests_without_an_id_get_different_ones(toy: Toy) -> None:
    assert await answered_id(toy) != await answered_id(toy)


def test_without_the_middleware_an_id_is_made_once_per_request() -> None:
    request = scope()
    assert request_id_of(request) == request_id_of(request)
    assert request_id_of(request) != request_id_of(scope())
