"""One key, one outcome: repeated, reused, and asked for many times at once."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import ANY

import pytest

from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.conftest import Unchanged
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop


async def test_the_same_key_and_body_answer_the_first_outcome_again(
    shop: Shop, asha: str, shopper: Caller, unchanged: Unchanged
):
    held = await shopper.apply(key="k")
    redemption = held["redemption"]["id"]
    paid = await shop.backend.capture(redemption, key="k")
    back = await shop.backend.refund(redemption, points=10, key="r")
    given = await shop.admin.adjust(asha, 5, key="k")
    async with unchanged():
        # The customer is shown as she is now, the rest as it was decided.
        now = {"points": await shop.backend.balance(asha), "storeCredit": ANY}
        assert now["points"] != held["customer"]["points"]
        again = await shopper.apply(key="k")
        assert again == {**held, "customer": now, "replayed": True}
        again = await shop.backend.capture(redemption, key="k")
        assert again["redemption"] == paid["redemption"]
        assert again["replayed"]
        again = await shop.backend.refund(redemption, points=10, key="r")
        assert again["redemption"] == back["redemption"]
        assert again["replayed"]
        assert await shop.admin.adjust(asha, 5, key="k") == {**given, "replayed": True}


async def test_a_refusal_that_depended_on_the_state_is_repeated_too(
    shop: Shop, asha: str, shopper: Caller
):
    refused = await shopper.apply(points=501, key="k")
    await shop.admin.adjust(asha, 1_000)
    assert await shopper.apply(points=501, key="k") == {**refused, "replayed": True}
    assert code(await shopper.apply(points=100, key="other")) is None


CHANGED: list[Json] = [
    {"cart": cart("499.00")},
    {"cart": cart(cart_id="cart-2")},
    {"points": 50},
    {"wallets": "COINS_AND_CREDITS"},
    {"holdSeconds": 120},
    {"ruleId": "UmVkZW1wdGlvblJ1bGU6MQ"},
]


@pytest.mark.parametrize("change", CHANGED)
async def test_the_same_key_with_another_apply_is_refused(
    shopper: Caller, change: Json, unchanged: Unchanged
):
    await shopper.apply(key="k")
    async with unchanged():
        given = {"cart": cart(), "idempotencyKey": "k", **change}
        refused = await shopper.ask(d.APPLY, input=given)
        (error,) = refused["userErrors"]
        assert (error["code"], error["field"]) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
        assert (refused["redemption"], refused["replayed"]) == (None, False)


async def test_the_same_key_with_another_body_is_refused_for_every_command(
    shop: Shop, asha: str, shopper: Caller, unchanged: Unchanged
):
    first = (await shopper.apply())["redemption"]["id"]
    second = (await shopper.apply(cart(cart_id="cart-2")))["redemption"]["id"]
    await shop.backend.capture(first, key="c")
    await shop.backend.refund(first, points=5, key="r")
    await shop.admin.adjust(asha, 5, key="a")
    async with unchanged():
        reused = [
            await shop.backend.capture(second, key="c"),
            await shop.backend.capture(first, order="order-2", key="c"),
            await shop.backend.capture(first, total="501.00", key="c"),
            await shop.backend.capture(first, points=99, key="c"),
            await shop.backend.refund(first, points=6, key="r"),
            await shop.backend.refund(first, key="r"),
            await shop.backend.refund(first, key="c"),
            await shop.admin.adjust(asha, 6, key="a"),
            await shop.admin.adjust(asha, 5, key="a", reason="another"),
            await shop.admin.adjust(asha, 5, key="a", wallet="CREDITS"),
        ]
        assert {code(each) for each in reused} == {"IDEMPOTENCY_KEY_REUSED"}


async def test_a_release_may_have_a_key_and_then_keeps_to_it(shopper: Caller, unchanged: Unchanged):
    first = (await shopper.apply())["redemption"]["id"]
    second = (await shopper.apply(cart(cart_id="cart-2")))["redemption"]["id"]
    done = await shopper.release(first, idempotencyKey="k")
    async with unchanged():
        again = await shopper.release(first, idempotencyKey="k")
        assert (again["redemption"], again["replayed"]) == (done["redemption"], True)
        reused = await shopper.release(second, idempotencyKey="k")
        assert code(reused) == "IDEMPOTENCY_KEY_REUSED"


async def test_a_key_belongs_to_its_kind_of_caller(shop: Shop, asha: str, shopper: Caller):
    """A shopper can neither use up nor read the key of the backend or of another shopper."""
    by = {"externalId": asha}
    ravi = await shop.shopper(await shop.customer(points=500))
    held = [
        await shopper.apply(key="k"),
        await ravi.apply(key="k"),
        await shop.backend.apply(cart(cart_id="cart-2"), customer=by, key="k"),
        await shop.admin.apply(cart(cart_id="cart-3"), customer=by, key="k"),
    ]
    assert [code(each) for each in held] == [None] * 4
    assert len({each["redemption"]["id"] for each in held}) == 4


async def test_a_key_is_kept_for_thirty_days_at_least(shop: Shop, asha: str, clock: Clock):
    held = await shop.backend.apply(customer={"externalId": asha}, key="k")
    clock.advance(30 * 86_400)
    await shop.served.gateway.sweeper.sweep()
    again = await shop.backend.apply(customer={"externalId": asha}, key="k")
    assert (again["redemption"]["id"], again["replayed"]) == (held["redemption"]["id"], True)


async def test_duplicates_at_once_get_one_outcome(shop: Shop, asha: str, shopper: Caller):
    """Fifty copies of one apply, then of one capture: one does it, all are told the same."""
    held = await asyncio.gather(*(shopper.apply(key="k") for _ in range(50)))
    assert len({each["redemption"]["id"] for each in held}) == 1
    assert sorted(each["replayed"] for each in held) == [False] + [True] * 49
    redemption = held[0]["redemption"]["id"]
    paid = await asyncio.gather(*(shop.backend.capture(redemption, key="c") for _ in range(50)))
    assert {each["redemption"]["status"] for each in paid} == {"CAPTURED"}
    assert sorted(each["replayed"] for each in paid) == [False] + [True] * 49
    back = await asyncio.gather(
        *(shop.backend.refund(redemption, points=7, key="r") for _ in range(50))
    )
    assert {each["redemption"]["refundedPoints"] for each in back} == {7}
    assert (await shop.backend.balance(asha))["available"] == 407


@pytest.mark.parametrize(
    "broken",
    [
        {"query": "mutation { applyRedemption }"},
        {"query": d.APPLY, "variables": {"input": {"cart": cart("1.005"), "idempotencyKey": "k"}}},
        {"query": d.APPLY, "variables": {"input": {"cart": {}, "idempotencyKey": "k"}}},
    ],
)
async def test_nothing_is_kept_under_the_key_of_a_request_that_was_malformed(
    shopper: Caller, broken: dict[str, Any]
):
    await shopper.http.post("/graphql", json=broken, headers=shopper.headers)
    held = await shopper.apply(key="k")
    assert (code(held), held["replayed"]) == (None, False)


async def test_nothing_is_kept_under_the_key_of_one_who_was_not_let_in(
    shop: Shop, asha: str, shopper: Caller
):
    held = (await shopper.apply())["redemption"]["id"]
    order = {"id": "order-1", "total": money("500.00")}
    given = {"id": held, "order": order, "idempotencyKey": "k"}
    assert (await shopper.send(d.CAPTURE, input=given)).error["code"] == "FORBIDDEN"
    assert (await Caller(shop.served.http, {}).send(d.CAPTURE, input=given)).error["code"] == (
        "UNAUTHENTICATED"
    )
    paid = await shop.backend.ask(d.CAPTURE, input=given)
    assert (code(paid), paid["replayed"]) == (None, False)
