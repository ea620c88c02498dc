"""A shopper's page follows its balance: at once, and after each change, over both transports."""

from __future__ import annotations

import asyncio

from tests.e2e import documents as d
from tests.e2e.caller import Caller, cart, code
from tests.e2e.shop import Shop
from tests.e2e.sockets import greeted
from tests.e2e.sse import streaming


async def test_the_balance_comes_at_once_and_after_each_change(
    shop: Shop, asha: str, shopper: Caller
):
    async with (
        greeted(shop.served, shopper) as socket,
        streaming(shopper, d.POINTS_CHANGED) as stream,
    ):
        await socket.subscribe(d.POINTS_CHANGED)
        first = (await socket.next())["pointsChanged"]
        assert first["points"]["available"] == 500
        assert (await stream.next())["pointsChanged"] == first

        held = (await shopper.apply())["redemption"]["id"]
        second = (await socket.next())["pointsChanged"]
        assert (second["points"]["available"], second["points"]["held"]) == (400, 100)
        assert second["sequence"] > first["sequence"]
        assert (await stream.next())["pointsChanged"] == second

        await shop.backend.capture(held)
        third = (await socket.next())["pointsChanged"]
        assert (third["points"]["available"], third["points"]["held"]) == (400, 0)
        assert third["sequence"] > second["sequence"]
        assert (await stream.next())["pointsChanged"] == third


async def test_the_customer_comes_with_it_by_the_id_that_caches_know(shop: Shop, shopper: Caller):
    me = await shopper.ask("{ me { id externalId points { available } } }")
    document = """subscription { pointsChanged {
      storeCredit { available { amount } }
      customer { id externalId points { available } history(first: 1) { edges { node { kind } } } }
    } }"""
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(document)
        told = (await socket.next())["pointsChanged"]
        assert told["storeCredit"]["available"]["amount"] == "0.00"
        history = told["customer"].pop("history")
        assert told["customer"] == me
        assert history["edges"][0]["node"]["kind"] == "GRANT"


async def test_a_customer_sees_nothing_of_another_one(shop: Shop, other_shop: Shop, asha: str):
    ravi = await shop.customer(points=7)
    namesake = await other_shop.customer(points=9, external_id=ravi)
    async with greeted(shop.served, await shop.shopper(ravi)) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        assert (await socket.next())["pointsChanged"]["points"]["available"] == 7
        await shop.admin.adjust(asha, 1)
        await other_shop.admin.adjust(namesake, 1)
        await shop.admin.adjust(ravi, 1)
        # The first thing told is his own change: the ones before it were not his.
        assert (await socket.next())["pointsChanged"]["points"]["available"] == 8


async def test_a_token_of_a_customer_who_is_not_there_yet_is_told_so(shop: Shop):
    token, _ = shop.served.gateway.runtime.tokens.mint(
        shop.merchant_id, "nobody-yet", shop.served.clock(), 600
    )
    async with greeted(shop.served, shop.bearer(token)) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        message = await socket.hear()
        assert message["payload"]["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert await socket.hear() == {"type": "complete", "id": "1"}


async def test_changes_in_quick_succession_are_told_as_their_latest_state(
    shop: Shop, asha: str, shopper: Caller
):
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        await socket.next()
        await asyncio.gather(*(shop.admin.adjust(asha, 1) for _ in range(100)))
        told: list[int] = []
        while not told or told[-1] != 600:
            told.append((await socket.next())["pointsChanged"]["points"]["available"])
        assert told == sorted(set(told))
        assert len(told) < 50


async def test_what_changes_nothing_for_the_customer_is_not_told(
    shop: Shop, asha: str, shopper: Caller
):
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        await socket.next()
        refused = await shopper.apply(points=100_000)
        assert code(refused) == "INSUFFICIENT_POINTS"
        held = await shopper.apply(cart(cart_id="told"), points=3)
        assert (await socket.next())["pointsChanged"]["points"]["held"] == 3
        assert code(held) is None


async def test_what_the_clock_does_is_told_when_it_is_swept(shop: Shop, asha: str, shopper: Caller):
    await shopper.apply(holdSeconds=60)
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        assert (await socket.next())["pointsChanged"]["points"]["held"] == 100
        shop.served.clock.advance(61)
        await shop.served.gateway.sweeper.sweep()
        assert (await socket.next())["pointsChanged"]["points"]["held"] == 0
