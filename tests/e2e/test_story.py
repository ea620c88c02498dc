"""One checkout from the first look to the last refund, in the storefront's words."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Caller, cart, code
from tests.e2e.documents import FIND
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop


async def test_preview_quote_apply_capture_partial_refund_refund(
    shop: Shop, asha: str, shopper: Caller
):
    """₹500 in the cart, 20 % to be paid in money, ₹100 of discount at most."""
    seen = await shopper.preview()
    assert (seen["eligible"], seen["points"]) == (True, 100)
    assert seen["discount"]["amount"] == "100.00"
    assert seen["payable"]["amount"] == "400.00"
    assert seen["minimumPayment"]["amount"] == "100.00"
    assert seen["message"] == "Use 100 points and save ₹100.00."
    assert seen["limits"][0]["kind"] == "MAX_DISCOUNT"

    held = await shopper.apply(quote=seen["quote"])
    assert code(held) is None
    assert held["redemption"]["status"] == "HELD"
    assert held["payable"]["amount"] == "400.00"
    assert held["customer"]["points"] == {"available": 400, "held": 100, "pending": 0, "debt": 0}

    redemption = held["redemption"]["id"]
    paid = await shop.backend.capture(redemption)
    assert paid["redemption"]["status"] == "CAPTURED"
    assert paid["redemption"]["order"]["payable"]["amount"] == "400.00"
    assert paid["customer"]["points"] == {"available": 400, "held": 0, "pending": 0, "debt": 0}

    part = await shop.backend.refund(redemption, points=30)
    assert part["redemption"]["refundedPoints"] == 30
    assert part["customer"]["points"]["available"] == 430
    rest = await shop.backend.refund(redemption)
    assert rest["redemption"]["refundedPoints"] == 100
    assert rest["customer"]["points"]["available"] == 500
    more = await shop.backend.refund(redemption)
    assert code(more) == "EXCEEDS_CAPTURED"
    assert await shop.backend.balance(asha) == {
        "available": 500,
        "held": 0,
        "pending": 0,
        "debt": 0,
    }


async def test_released_points_are_there_again_and_releasing_twice_is_no_error(
    shop: Shop, asha: str, shopper: Caller
):
    held = (await shopper.apply())["redemption"]["id"]
    first, second = await shopper.release(held), await shopper.release(held)
    assert first["redemption"]["status"] == second["redemption"]["status"] == "RELEASED"
    assert first["redemption"]["closeReason"] == "REQUESTED"
    assert second["userErrors"] == []
    assert second["customer"]["points"]["available"] == 500
    refused = await shop.backend.capture(held)
    assert (code(refused), refused["redemption"]) == ("ALREADY_RELEASED", None)
    assert code(await shop.backend.refund(held)) == "ALREADY_RELEASED"


async def test_one_customer_releases_several_redemptions_without_any_key(shopper: Caller):
    held = [(await shopper.apply(cart(cart_id=f"cart-{n}")))["redemption"]["id"] for n in range(3)]
    done = [await shopper.release(each) for each in (*held, held[0])]
    assert [each["redemption"]["id"] for each in done] == [*held, held[0]]
    assert [each["customer"]["points"]["available"] for each in done] == [300, 400, 500, 500]


async def test_a_captured_redemption_is_not_released(shop: Shop, shopper: Caller):
    held = (await shopper.apply())["redemption"]["id"]
    await shop.backend.capture(held)
    assert code(await shopper.release(held)) == "ALREADY_CAPTURED"
    assert code(await shop.backend.capture(held)) == "ALREADY_CAPTURED"


async def test_a_slider_replaces_what_the_cart_held_before(shop: Shop, asha: str, shopper: Caller):
    """Each step of the drag is one apply for the same cart; only the last one holds points."""
    held = [(await shopper.apply(points=points))["redemption"] for points in (100, 20, 60)]
    assert [each["points"] for each in held] == [100, 20, 60]
    assert (await shop.backend.balance(asha))["held"] == 60
    found = [await shopper.ask(FIND, id=each["id"]) for each in held]
    assert [each["status"] for each in found] == ["RELEASED", "RELEASED", "HELD"]
    assert [each["closeReason"] for each in found] == ["SUPERSEDED", "SUPERSEDED", None]
    other = await shopper.apply(cart(cart_id="cart-2"))
    assert other["customer"]["points"]["held"] == 160


async def test_part_of_the_hold_is_captured_and_the_rest_comes_back(shop: Shop, shopper: Caller):
    held = (await shopper.apply())["redemption"]["id"]
    too_many = await shop.backend.capture(held, points=101)
    assert code(too_many) == "EXCEEDS_HELD"
    assert too_many["userErrors"][0]["allowedPoints"] == 100
    paid = await shop.backend.capture(held, points=40)
    assert paid["redemption"]["capturedPoints"] == 40
    assert paid["redemption"]["capturedDiscount"]["amount"] == "40.00"
    assert paid["payable"]["amount"] == "460.00"
    assert paid["customer"]["points"]["available"] == 460


async def test_an_order_smaller_than_the_cart_does_not_get_the_discount_of_the_cart(
    shop: Shop, asha: str, shopper: Caller
):
    """A browser may inflate its cart; the order that is paid decides."""
    held = (await shopper.apply())["redemption"]["id"]
    refused = await shop.backend.capture(held, total="100.00")
    (error,) = refused["userErrors"]
    assert (error["code"], error["field"]) == ("ORDER_TOTAL_TOO_LOW", ["order", "total"])
    assert (error["allowedPoints"], error["limitAmount"]["amount"]) == (80, "80.00")
    paid = await shop.backend.capture(held, total="100.00", points=80)
    assert paid["payable"]["amount"] == "20.00"
    assert (await shop.backend.balance(asha))["available"] == 420


async def test_a_hold_that_ran_out_is_captured_late_while_the_points_are_there(
    shop: Shop, shopper: Caller, clock: Clock
):
    held = (await shopper.apply(holdSeconds=60))["redemption"]["id"]
    clock.advance(61)
    assert (await shopper.ask(FIND, id=held))["status"] == "EXPIRED"
    assert code(await shop.backend.refund(held)) == "HOLD_EXPIRED"
    released = await shopper.release(held)
    assert (code(released), released["redemption"]["status"]) == (None, "EXPIRED")
    late = await shop.backend.capture(held)
    assert (late["redemption"]["status"], late["redemption"]["closeReason"]) == ("CAPTURED", "LATE")
    assert late["customer"]["points"] == {"available": 400, "held": 0, "pending": 0, "debt": 0}


async def test_a_hold_that_ran_out_is_refused_once_the_points_are_gone(
    shop: Shop, asha: str, shopper: Caller, clock: Clock
):
    held = (await shopper.apply(holdSeconds=60))["redemption"]["id"]
    clock.advance(61)
    await shop.admin.adjust(asha, -450)
    refused = await shop.backend.capture(held)
    (error,) = refused["userErrors"]
    assert (error["code"], error["shortfallPoints"]) == ("HOLD_EXPIRED", 50)
    assert (await shop.backend.balance(asha))["available"] == 50


@pytest.mark.own_shop
async def test_many_points_and_no_maximum_leave_the_minimum_payment(shop: Shop):
    """₹500 in the cart and 20 % in money: at most ₹400, however many points there are."""
    rule = await shop.make_rule(name="No maximum", maximumDiscount=None)
    rich = await shop.customer(points=100_000)
    seen = await shop.backend.preview(customer={"externalId": rich}, ruleId=rule["id"])
    assert (seen["points"], seen["discount"]["amount"]) == (400, "400.00")
    assert seen["limits"][0]["kind"] == "MIN_PAYMENT"
    too_many = await shop.backend.apply(
        customer={"externalId": rich}, ruleId=rule["id"], points=401
    )
    assert (code(too_many), too_many["userErrors"][0]["allowedPoints"]) == (
        "POINTS_NOT_ALLOWED",
        400,
    )
