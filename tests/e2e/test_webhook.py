"""The three actions of the checkout webhook, in the words of its callers."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio

from tests.e2e.caller import code, money
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop
from tests.e2e.webhook import Checkout, checkout


@pytest_asyncio.fixture(loop_scope="package")
async def till(shop: Shop, asha: str) -> Checkout:
    return checkout(shop, asha)


async def test_list_tells_what_a_perform_would_take_and_takes_nothing(till: Checkout, shop: Shop):
    listed = await till.done("list", amount=500)
    assert (listed["points_balance"], listed["points_label"]) == (500, "Points")
    (promotion,) = listed["promotions"]
    assert promotion["title"] == "Use 100 points and save ₹100.00."
    assert (promotion["type"], promotion["coin_value"], promotion["fiat_value"]) == (
        "coins",
        100,
        100,
    )
    assert [offer["eligible"] for offer in listed["offers"]] == [True]
    assert (await shop.backend.balance(till.customer))["available"] == 500


@pytest.mark.parametrize("amount", [500, "500", "500.00", 500.0, "5e2"])
async def test_perform_takes_the_points_at_once_whatever_the_amount_is_written_as(
    till: Checkout, shop: Shop, amount: object
):
    taken = await till.done("perform", amount=amount, reference_order_id="1001")
    assert (taken["type"], taken["status"], taken["replayed"]) == ("debit", "performed", False)
    assert (taken["coin_value"], taken["fiat_value"], taken["payable_amount"]) == (100, 100, 400)
    assert (taken["points_balance"], taken["reference_order_id"]) == (400, "1001")
    balance = await shop.backend.balance(till.customer)
    assert (balance["available"], balance["held"]) == (400, 0)


async def test_money_is_exact_to_the_last_digit(till: Checkout):
    body = f'{{"action": "perform", "customer_id": "{till.customer}", "amount": AMOUNT}}'
    answer = await till.send(body.replace("AMOUNT", "12345678901.10"))
    assert '"payable_amount":12345678801.1,' in answer.text
    # To a float this is 499: its digits are read, not what a float makes of them.
    answer = await till.send(body.replace("AMOUNT", "499.0000000000000001"))
    assert answer.json()["data"]["message"] == "An amount in INR has at most 2 decimals."


async def test_an_order_deducts_once_and_after_a_revert_once_more(till: Checkout):
    first = await till.done("perform", amount=500, reference_order_id=1001)
    again = await till.done("perform", amount="500.00", reference_order_id="1001")
    assert again == {**first, "replayed": True}
    for replayed in (False, True):
        back = await till.done("revert", reference_order_id="1001")
        assert (back["status"], back["replayed"]) == ("reverted", replayed)
        assert (back["id"], back["points_balance"]) == (first["id"], 500)
    anew = await till.done("perform", amount=500, reference_order_id="1001")
    assert anew["id"] != first["id"]
    assert (anew["replayed"], anew["points_balance"]) == (False, 400)


async def test_performs_and_reverts_of_one_order_at_once_deduct_once(till: Checkout):
    calls = [till.done("perform", amount=500, reference_order_id="race") for _ in range(12)]
    told = await asyncio.gather(*calls)
    assert sorted(each["replayed"] for each in told) == [False] + [True] * 11
    back = [till.done("revert", reference_order_id="race") for _ in range(6)]
    assert sorted(each["replayed"] for each in await asyncio.gather(*back)) == [False] + [True] * 5
    mixed = await asyncio.gather(
        *(till.done("perform", amount=500, reference_order_id="race") for _ in range(6)),
        *(till.done("revert", reference_order_id="race") for _ in range(6)),
    )
    assert {each["points_balance"] for each in mixed} <= {400, 500}


async def test_without_a_reference_the_same_question_counts_once_within_a_minute(
    till: Checkout, clock: Clock
):
    first = await till.done("perform", amount=500)
    assert first["reference_order_id"] is None
    assert (await till.done("perform", amount="500.0"))["id"] == first["id"]
    assert (await till.done("perform", amount=501))["points_balance"] == 300
    clock.advance(61)
    assert (await till.done("perform", amount=500))["points_balance"] == 200
    assert (await till.done("revert"))["points_balance"] == 300
    assert (await till.done("revert"))["points_balance"] == 300


async def test_each_wallet_is_used_as_it_is_named(shop: Shop):
    rich = checkout(shop, await shop.customer(points=500, credit_minor=15_050))
    credit = await rich.done("list", amount=500, wallet_type="credits")
    assert [p["fiat_value"] for p in credit["promotions"]] == [150.5]
    both = await rich.done("list", amount=500, wallet_type="coins_and_credits")
    (promotion,) = both["promotions"]
    assert (promotion["coin_value"], promotion["credit_value"]) == (100, 150.5)
    assert promotion["fiat_value"] == 250.5
    taken = await rich.done(
        "perform", amount=500, wallet_type="coins_and_credits", reference_order_id="both"
    )
    assert (taken["fiat_value"], taken["payable_amount"]) == (250.5, 249.5)
    assert (taken["points_balance"], taken["credits_balance"]) == (400, 0)
    back = await rich.done("revert", reference_order_id="both")
    assert (back["points_balance"], back["credits_balance"]) == (500, 150.5)
    alone = await rich.done("perform", amount=500, wallet_type="credits", coin_value="50.50")
    assert (alone["wallet_type"], alone["coin_value"], alone["credits_balance"]) == (
        "credits",
        50.5,
        100,
    )


@pytest.mark.own_shop
async def test_what_list_offered_may_be_sent_back(till: Checkout, shop: Shop):
    small = await shop.make_rule(name="Two for one", discount=money("0.50"), priority=1)
    listed = await till.done("list", amount=500)
    assert [p["fiat_value"] for p in listed["promotions"]] == [100, 100]
    worst = listed["promotions"][1]
    assert worst["id"] == small["id"]
    taken = await till.done(
        "perform", amount=500, promotion_id=worst["id"], coin_value=40, reference_order_id="20"
    )
    assert (taken["coin_value"], taken["fiat_value"]) == (40, 20)
    too_many = await till.refused("perform", amount=500, coin_value=101)
    assert (too_many["code"], too_many["allowed_coin_value"]) == ("POINTS_NOT_ALLOWED", 100)
    unknown = await till.refused("perform", amount=500, promotion_id="no such thing")
    assert unknown["code"] == "RULE_INACTIVE"


async def test_the_customer_always_pays_the_minimum_payment(till: Checkout, shop: Shop):
    taken = await till.done("perform", amount=100, reference_order_id="small")
    assert (taken["fiat_value"], taken["payable_amount"]) == (80, 20)
    smaller = await till.refused("perform", amount=50, reference_order_id="small")
    assert smaller["code"] == "ORDER_TOTAL_TOO_LOW"
    rich = checkout(shop, await shop.customer(points=500, credit_minor=100_000))
    both = await rich.done("perform", amount=100, wallet_type="coins_and_credits")
    assert (both["fiat_value"], both["payable_amount"]) == (80, 20)
    assert (await till.refused("list", amount=0))["message"] == "No discount is available"


async def test_nothing_to_redeem_has_the_words_that_callers_know(till: Checkout, shop: Shop):
    poor = await shop.customer()
    for action in ("list", "perform"):
        told = await till.refused(action, amount=500, customer_id=poor)
        assert told["message"] == "No discount is available"
        assert (told["code"], told["reason"]) == ("INSUFFICIENT_POINTS", "You need 1 more point.")
        stranger = await till.refused(action, amount=500, customer_id="nobody")
        assert (stranger["message"], stranger["code"]) == (told["message"], "CUSTOMER_NOT_FOUND")
    nothing = await till.refused("revert", reference_order_id="never performed")
    assert nothing["code"] == "REDEMPTION_NOT_FOUND"


async def test_a_customer_is_found_by_a_mobile_number_too(shop: Shop, till: Checkout):
    asha = await shop.customer(points=50, phone="+919812300001")
    french = await shop.customer(points=50, phone="+33612345678")
    for given in ({}, {"country": "ind"}, {"country": "IN"}, {"country": None}):
        told = await till.done("list", amount=500, mobile="9812300001", **given)
        assert told["points_balance"] == 50
    taken = await till.done("perform", amount=500, mobile=9812300001)
    assert taken["customer_id"] == asha
    paris = await till.done("perform", amount=500, mobile="0612345678", country="fra")
    assert paris["customer_id"] == french
    both = await till.done("list", amount=500, mobile="9812300001", customer_id=till.customer)
    assert both["points_balance"] == 500


async def test_a_hold_made_over_graphql_belongs_to_the_order_of_its_cart(
    shop: Shop, till: Checkout
):
    cart = {"id": "1002", "total": money("500.00")}
    held = await shop.backend.apply(cart, customer={"externalId": till.customer}, points=60)
    assert code(held) is None
    for replayed in (False, True):
        back = await till.done("revert", reference_order_id="1002")
        assert (back["id"], back["replayed"]) == (held["redemption"]["id"], replayed)
        assert back["points_balance"] == 500
    taken = await till.done("perform", amount=500, reference_order_id="1002")
    found = await shop.backend.ask(
        "query R($id: ID!) { redemption(id: $id) { status order { id } } }", id=taken["id"]
    )
    assert found == {"status": "CAPTURED", "order": {"id": "1002"}}
