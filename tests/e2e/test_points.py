"""Numbers of points that cannot be: none, negative, huge, too many."""

from __future__ import annotations

import json

import pytest

from tests.e2e import documents
from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.conftest import Unchanged
from tests.e2e.shop import Shop

LARGEST = 2**53 - 1


@pytest.mark.parametrize("points", [-1, 2**53, 10**400, 1.5, 1.0, "5", True])
async def test_points_that_are_no_whole_number_in_range_are_a_broken_request(
    shop: Shop, shopper: Caller, points: object, unchanged: Unchanged
):
    held = (await shopper.apply(cart(cart_id="held")))["redemption"]["id"]
    keyed = {"idempotencyKey": "k", "points": points}
    order = {"id": "o", "total": money("500")}
    asked = [
        (documents.PREVIEW, {"cart": cart(), "points": points}),
        (documents.APPLY, {"cart": cart(), **keyed}),
        (documents.CAPTURE, {"id": held, "order": order, **keyed}),
        (documents.REFUND, {"id": held, **keyed}),
    ]
    async with unchanged():
        for document, given in asked:
            caller = shopper if "cart" in given else shop.backend
            answer = await send_exactly(caller, document, given)
            assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
            assert "data" not in answer


async def send_exactly(caller: Caller, document: str, given: Json) -> Json:
    """Send any number as it is written, which httpx refuses for none but does for these."""
    body = json.dumps({"query": document, "variables": {"input": given}})
    headers = {**caller.headers, "content-type": "application/json"}
    return (await caller.http.post("/graphql", content=body, headers=headers)).json()


async def test_no_points_buy_nothing(shop: Shop, shopper: Caller, unchanged: Unchanged):
    held = (await shopper.apply(cart(cart_id="held")))["redemption"]["id"]
    async with unchanged():
        seen = await shopper.preview(points=0)
        assert (seen["eligible"], [r["code"] for r in seen["refusals"]]) == (
            False,
            ["REQUEST_BELOW_STEP"],
        )
        assert code(await shopper.apply(points=0)) == "REQUEST_BELOW_STEP"
        assert code(await shop.backend.capture(held, points=0)) == "POINTS_NOT_ALLOWED"
    await shop.backend.capture(held)
    async with unchanged():
        refused = await shop.backend.refund(held, points=0)
        assert code(refused) == "EXCEEDS_CAPTURED"


async def test_more_points_than_there_are_are_refused_with_what_is_missing(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    async with unchanged():
        refused = await shopper.apply(points=501)
        (error,) = refused["userErrors"]
        assert (error["code"], error["field"]) == ("INSUFFICIENT_POINTS", ["points"])
        assert (error["allowedPoints"], error["shortfallPoints"]) == (100, 1)
        refused = await shopper.apply(points=LARGEST)
        assert code(refused) == "INSUFFICIENT_POINTS"
        refused = await shopper.apply(points=101)
        (error,) = refused["userErrors"]
        assert (error["code"], error["allowedPoints"]) == ("POINTS_NOT_ALLOWED", 100)


async def test_a_preview_of_too_many_points_comes_down_to_what_is_allowed(shopper: Caller):
    seen = await shopper.preview(points=LARGEST)
    assert (seen["points"], seen["limits"][0]["kind"]) == (100, "MAX_DISCOUNT")
    seen = await shopper.preview(points=37)
    assert (seen["points"], seen["limits"][0]["kind"]) == (37, "REQUESTED_POINTS")


async def test_more_than_was_captured_is_not_given_back(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    held = (await shopper.apply())["redemption"]["id"]
    async with unchanged():
        assert code(await shop.backend.refund(held)) == "EXCEEDS_CAPTURED"
    await shop.backend.capture(held)
    await shop.backend.refund(held, points=60)
    async with unchanged():
        refused = await shop.backend.refund(held, points=41)
        (error,) = refused["userErrors"]
        assert (error["code"], error["allowedPoints"]) == ("EXCEEDS_CAPTURED", 40)
        assert code(await shop.backend.refund(held, points=LARGEST)) == "EXCEEDS_CAPTURED"


@pytest.mark.parametrize("delta", [0, 2**31, -(2**31) - 1, 1.5, "5"])
async def test_an_adjustment_is_a_change_and_a_whole_number(
    shop: Shop, asha: str, delta: object, unchanged: Unchanged
):
    given = {"customer": {"externalId": asha}, "delta": delta, "reason": "r"}
    async with unchanged():
        answer = await shop.admin.send(documents.ADJUST, input={**given, "idempotencyKey": "k"})
        assert answer.error["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("reason", ["", "x" * 10_000, "two\nlines"])
async def test_an_adjustment_has_a_reason(shop: Shop, asha: str, reason: str, unchanged: Unchanged):
    given = {"customer": {"externalId": asha}, "delta": 1, "reason": reason}
    async with unchanged():
        answer = await shop.admin.send(documents.ADJUST, input={**given, "idempotencyKey": "k"})
        assert answer.error == {"code": "BAD_USER_INPUT", "field": ["reason"]}


async def test_a_cart_of_nothing_leaves_nothing_to_redeem(shopper: Caller):
    seen = await shopper.preview(cart("0.00"))
    assert (seen["eligible"], seen["payable"]["amount"]) == (False, "0.00")
    assert seen["message"]
    assert code(await shopper.apply(cart("0.00"))) == seen["refusals"][0]["code"]
