"""Redemptions started for one customer, by whomever: a bounded number in an hour."""

from __future__ import annotations

import httpx

from tests.e2e import documents as d
from tests.e2e.caller import cart, code
from tests.e2e.serving import Served
from tests.e2e.shop import Shop
from tests.e2e.webhook import checkout


async def test_a_script_that_applies_all_the_time_does_not_fill_the_journal(
    served: Served, shop: Shop
):
    asha = await shop.customer(points=500)
    shopper, who = await shop.shopper(asha), {"externalId": asha}
    assert code(await shopper.apply(points=10)) is None
    for number in range(4):  # the backend acts for the same customer
        applied = await shop.backend.apply(customer=who, points=20, key=f"a-{number}")
        assert code(applied) is None
    for _ in range(10):  # the same again is no new one
        again = await shop.backend.apply(customer=who, points=20, key="a-0")
        assert again["replayed"]
    before = await shop.backend.everything(asha)
    for caller, given in ((shopper, {}), (shop.backend, {"customer": who})):
        asked = {"cart": cart(), "points": 30, "idempotencyKey": "one-more", **given}
        answer = await caller.send(d.APPLY, input=asked)
        assert (answer.status, answer.error["code"]) == (200, "THROTTLED")
        assert answer.error["retryAfterSeconds"] == 720
    assert await shop.backend.everything(asha) == before
    served.clock.advance(719)
    answer = await shopper.send(d.APPLY, input=asked | {"idempotencyKey": "still too soon"})
    assert answer.error["retryAfterSeconds"] == 1
    served.clock.advance(1)
    shopper = await shop.shopper(asha)
    assert code(await shopper.apply(points=40, key="one-more")) is None


async def test_the_other_customers_and_what_ends_a_redemption_are_not_counted(
    shop: Shop,
):
    asha, ravi = [await shop.customer(points=500) for _ in range(2)]
    who = {"externalId": asha}
    carts = [cart(cart_id=f"c-{number}") for number in range(5)]
    held = [await shop.backend.apply(each, customer=who, points=10) for each in carts]
    one_more = {"cart": cart(), "customer": who, "points": 10, "idempotencyKey": "no-more"}
    refused = await shop.backend.send(d.APPLY, input=one_more)
    assert refused.error["code"] == "THROTTLED"
    assert code(await (await shop.shopper(ravi)).apply(points=10)) is None
    ids = [each["redemption"]["id"] for each in held]
    assert code(await shop.backend.capture(ids[0])) is None
    assert code(await shop.backend.refund(ids[0])) is None
    for one in ids[1:]:
        assert code(await shop.backend.release(one)) is None


async def test_what_a_checkout_performs_is_counted_and_a_retry_answered(served: Served, shop: Shop):
    """Performing and reverting all the time would fill the journal just as well."""
    asha = await shop.customer(points=500)
    till = checkout(shop, asha)

    async def perform(order: str) -> httpx.Response:
        served.clock.advance(10)  # so that the customer's small bucket is not what refuses
        return await till.call("perform", amount=500, coin_value=10, reference_order_id=order)

    for _ in range(4):
        assert (await perform("o-1")).json()["data"]["replayed"] is False
        await till.done("revert", reference_order_id="o-1")
    assert (await perform("o-2")).status_code == 200
    refused = await perform("o-1")
    assert (refused.status_code, refused.json()["data"]["code"]) == (429, "THROTTLED")
    assert int(refused.headers["retry-after"]) > 600
    asked = {"cart": cart(), "customer": {"externalId": asha}, "idempotencyKey": "no-more"}
    answer = await shop.backend.send(d.APPLY, input=asked)
    assert answer.error["code"] == "THROTTLED", "both doors count together"
    assert (await perform("o-2")).json()["data"]["replayed"]
    assert (await till.done("revert", reference_order_id="o-2"))["points_balance"] == 500


async def test_a_retry_without_an_order_is_answered_too(served: Served, shop: Shop):
    till = checkout(shop, await shop.customer(points=500))
    for points in range(1, 6):
        served.clock.advance(10)
        await till.done("perform", amount=500, coin_value=points)
    served.clock.advance(10)
    assert (await till.call("perform", amount=500, coin_value=6)).status_code == 429
    assert (await till.done("perform", amount=500, coin_value=5))["replayed"]
