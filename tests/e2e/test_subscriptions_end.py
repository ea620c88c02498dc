"""What ends a subscription from the gateway's side: its credential, its caps, a shutdown."""

from __future__ import annotations

import asyncio
import socket

import pytest
from websockets.exceptions import InvalidStatus

from gateway.services.credentials import list_credentials, revoke_credential
from tests.e2e import documents as d
from tests.e2e.caller import Caller
from tests.e2e.lasting import lasting
from tests.e2e.shop import Shop, open_shop
from tests.e2e.sockets import greeted, opened
from tests.e2e.sse import first_event, streaming

ALIASES = " ".join(f"a{number}{'x' * 2_000}: sequence" for number in range(29))
LARGE = f"subscription {{ pointsChanged {{ {ALIASES} }} }}"
"""Each event of it has 58 kB."""
EXPIRED = "The customer token has expired."


async def test_a_connection_ends_when_its_token_expires(shop: Shop, asha: str):
    token = await shop.token(asha, seconds=60)
    with lasting(shop.served, look_seconds=0.02):
        shopper = shop.bearer(token)
        async with (
            greeted(shop.served, shopper) as ws,
            streaming(shopper, d.POINTS_CHANGED) as stream,
        ):
            await ws.subscribe(d.POINTS_CHANGED)
            await ws.next()
            await stream.next()
            await stream.signs_of_life(2)  # looked at twice, and still good
            shop.served.clock.advance(60)
            assert await ws.closed() == (4403, EXPIRED)
            name, data = await stream.event()
            assert (name, data["errors"][0]["extensions"]["code"]) == ("next", "UNAUTHENTICATED")
            assert data["errors"][0]["message"] == EXPIRED
            assert await stream.event() == ("complete", None)


async def test_a_token_about_to_expire_is_looked_at_just_then(shop: Shop, asha: str):
    """By a timer of its own: the next regular look is far off."""
    served = shop.served
    token, _ = served.gateway.runtime.tokens.mint(shop.merchant_id, asha, served.clock(), 1)
    async with greeted(served, shop.bearer(token)) as ws:
        served.clock.advance(1)
        assert await ws.closed() == (4403, EXPIRED)


async def test_a_connection_ends_when_its_key_is_revoked(shop: Shop):
    """As for a merchant's signing key: what is remembered of credentials is dropped."""
    other = await open_shop(shop.served)
    auth = shop.served.gateway.auth
    with lasting(shop.served, look_seconds=0.02):
        async with greeted(shop.served, other.page) as ws:
            await revoke_all(other)
            auth.forget()
            assert (await ws.closed())[0] == 4403


async def revoke_all(shop: Shop) -> None:
    now = shop.served.clock()
    for each in await list_credentials(shop.merchant_id):
        await revoke_credential(shop.merchant_id, each.id, now)


async def test_a_customer_has_so_many_subscriptions_at_once(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper) as ws, greeted(shop.served, shopper) as other:
        for name in "abcde":
            await ws.subscribe(d.POINTS_CHANGED, name)
            await ws.next(name)
        await other.subscribe(d.POINTS_CHANGED)
        (error,) = (await other.hear())["payload"]["errors"]
        assert error["extensions"]["code"] == "THROTTLED"
        assert error["message"] == "At most 5 subscriptions of a customer can be open."
        assert (await other.hear())["type"] == "complete"
        assert (await first_event(shopper, d.POINTS_CHANGED)).error["code"] == "THROTTLED"
        await ws.say("complete", id="a")
        await ws.say("ping")
        await ws.hear()
        await other.subscribe(d.POINTS_CHANGED)
        await other.next()


async def test_a_process_has_so_many_subscriptions_and_sockets(
    shop: Shop, shopper: Caller, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shop.served.gateway.changes, "_most", 1)
    with lasting(shop.served, most_sockets=1):
        async with greeted(shop.served, shopper) as ws:
            await ws.subscribe(d.POINTS_CHANGED)
            await ws.next()
            with pytest.raises(InvalidStatus) as refused:
                async with opened(shop.served):
                    pass
            assert refused.value.response.status_code == 503
            assert (await first_event(shopper, d.POINTS_CHANGED)).error["code"] == "OVERLOADED"


async def test_whoever_holds_sockets_and_does_nothing_makes_room(shop: Shop, shopper: Caller):
    """Everyone has the publishable key: with it a script could keep all shoppers out for ever."""
    with lasting(shop.served, most_sockets=2):
        async with (
            greeted(shop.served, shopper) as busy,
            greeted(shop.served, shop.page) as first,
        ):
            await busy.subscribe(d.POINTS_CHANGED)
            await busy.next()
            async with greeted(shop.served, shop.page):
                assert await first.closed() == (1013, "Idle, and others need the room")
                async with greeted(shop.served, shopper) as ws:
                    await ws.subscribe(d.POINTS_CHANGED)
                    await ws.next()
            await busy.say("complete", id="1")
            await busy.subscribe(d.POINTS_CHANGED, "2")
            assert await busy.next("2")


async def test_whoever_does_not_read_is_let_go_and_costs_little_until_then(
    shop: Shop, asha: str, shopper: Caller
):
    """Nothing is queued for it: the next state is read when the one before has been taken."""
    changes = shop.served.gateway.changes
    with lasting(shop.served, send_seconds=0.3):
        async with opened(shop.served, sock=await small_socket(shop.served.port)) as ws:
            await ws.init(shopper)
            ws.wire.transport.pause_reading()
            for name in "abcde":
                await ws.subscribe(LARGE, name)
            async with asyncio.timeout(20):
                while not changes:
                    await shop.backend.balance(asha)
                while changes:
                    await shop.admin.adjust(asha, 1)
            ws.wire.transport.abort()


async def small_socket(port: int) -> socket.socket:
    """A connection that can take little before it is read."""
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    wire.setblocking(False)
    await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", port))
    return wire
