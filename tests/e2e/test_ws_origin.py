"""Which pages may open a WebSocket: a browser sends their origin and cannot be made to lie."""

from __future__ import annotations

import asyncio
import logging

import pytest
from websockets.exceptions import InvalidStatus

from tests.e2e import documents as d
from tests.e2e.serving import LISTED_ORIGIN, Served
from tests.e2e.shop import Shop
from tests.e2e.sockets import opened


async def refused(served: Served, origin: str) -> int:
    with pytest.raises(InvalidStatus) as caught:
        async with opened(served, origin=origin):
            pass
    return caught.value.response.status_code


async def test_a_foreign_page_is_refused_at_the_handshake(shop: Shop):
    for origin in ("https://evil.example", "null", "https://shop.example.evil.example", "http://"):
        assert await refused(shop.served, origin) == 403
    assert await refused(shop.served, LISTED_ORIGIN.replace("https", "http")) == 403


async def test_a_refused_handshake_is_no_error_of_the_server(
    shop: Shop, caplog: pytest.LogCaptureFixture
):
    """Else every stranger could fill the log, and wake somebody up."""
    assert await refused(shop.served, "https://evil.example") == 403
    await asyncio.sleep(0.05)  # the server's last words would come after its answer
    assert not [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


async def test_a_listed_page_and_one_of_the_same_host_are_let_in(shop: Shop):
    served, page = shop.served, await shop.shopper(await shop.customer(points=3))
    for origin in (LISTED_ORIGIN, f"http://127.0.0.1:{served.port}", None):
        async with opened(served, origin=origin) as socket:
            await socket.init(page)
            await socket.subscribe(d.POINTS_CHANGED)
            assert (await socket.next())["pointsChanged"]["points"]["available"] == 3


@pytest.mark.own_shop
async def test_a_page_of_one_merchant_does_not_serve_another_one(shop: Shop, other_shop: Shop):
    """At the handshake the merchant is not known yet; with the credential it is."""
    page = "https://mine.example"
    assert await refused(shop.served, page) == 403
    await shop.set_checkout(allowedOrigins=[page])
    async with opened(shop.served, origin=page) as socket:
        await socket.init(await shop.shopper(await shop.customer()))
    stranger = await other_shop.shopper(await other_shop.customer())
    async with opened(shop.served, origin=page) as socket:
        await socket.say("connection_init", payload=stranger.headers)
        assert (await socket.closed())[0] == 4403
