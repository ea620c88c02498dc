"""Staff say how points are earned; a page, a shopper and a backend see what a cart would bring."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gateway.services.database import statement
from tests.e2e.caller import Json, cart, code, money
from tests.e2e.documents import NODE
from tests.e2e.earning import (
    ARCHIVE_RULE,
    PUBLIC,
    RULE,
    TIERS,
    UPDATE_RULE,
    make_bonus,
    make_rule,
    preview,
    set_earning,
    settings,
    standing,
)
from tests.e2e.serving import Served
from tests.e2e.shop import Shop, open_shop

pytestmark = pytest.mark.own_shop

DAY_SECONDS = 86_400
SHOES: list[Json] = [
    {"productId": "shoe", "quantity": 1, "total": money("300.00")},
    {"productId": "card", "quantity": 1, "total": money("200.00"), "collectionIds": ["gift"]},
]


def points(seen: Json) -> list[int]:
    return [offer["points"] for offer in seen["offers"]]


def codes(seen: Json) -> list[str | None]:
    return [offer["refusal"] and offer["refusal"]["code"] for offer in seen["offers"]]


async def ordered(shop: Shop, customer: str, days_ago: int, spent_minor: int, earned: int) -> None:
    """Put a day of orders on record."""
    day = shop.served.gateway.runtime.clock() // (DAY_SECONDS * 1_000_000) - days_ago
    await statement(
        "INSERT INTO customer_day SELECT ?, id, ?, ?, ?, 1 FROM customer"
        " WHERE merchant_id = ? AND external_id = ?",
        shop.merchant_id,
        day,
        spent_minor,
        earned,
        shop.merchant_id,
        customer,
    )


async def test_without_a_rule_nothing_is_earned_and_it_is_said(shop: Shop):
    seen = await preview(shop.page)
    assert (seen["points"], seen["offers"], seen["expiresAt"]) == (0, [], None)
    assert [each["code"] for each in seen["refusals"]] == ["NO_RULE_CONFIGURED"]
    assert seen["message"] == "This store does not give points for orders yet."


async def test_a_rule_is_at_work_in_the_next_preview_of_every_caller(shop: Shop):
    rule = await make_rule(shop)
    assert (rule["version"], rule["kind"], rule["per"]) == (1, "ORDER", {"amount": "10.00"})
    who = await shop.customer()
    page = await preview(shop.page)
    assert page["message"] == "You earn 50 points with this order."
    assert (page["points"], page["pendingSeconds"], page["refusals"]) == (50, 0, [])
    (offer,) = page["offers"]
    assert (offer["rule"]["id"], offer["points"]) == (rule["id"], 50)
    assert (offer["spend"], offer["multiplier"], offer["refusal"]) == (
        {"amount": "500.00"},
        "1",
        None,
    )
    backend = await preview(shop.backend, customer={"externalId": who})
    shopper = await preview(await shop.shopper(who))
    assert [points(each) for each in (backend, shopper)] == [[50], [50]]


async def test_what_points_will_take_off_earns_nothing(shop: Shop):
    await make_rule(shop)
    seen = await preview(shop.page, discount=money("100.00"))
    assert (seen["points"], seen["offers"][0]["spend"]["amount"]) == (40, "400.00")
    all_of_it = await preview(shop.page, discount=money("500.00"))
    assert all_of_it["points"] == 0
    assert all_of_it["message"] == "Spend ₹10.00 more to earn a point."


async def test_points_wait_for_the_return_window_and_live_for_their_time(shop: Shop):
    await set_earning(shop, returnWindowSeconds=14 * DAY_SECONDS, expirySeconds=90 * DAY_SECONDS)
    await make_rule(shop)
    await make_bonus(shop, "CAMPAIGN", 7, expirySeconds=10 * DAY_SECONDS)
    seen = await preview(shop.page)
    assert (seen["points"], seen["pendingSeconds"]) == (57, 14 * DAY_SECONDS)
    assert seen["message"].endswith("Points can be used when the return period is over.")
    available = datetime.fromisoformat(seen["availableAt"])
    lives = [datetime.fromisoformat(each["expiresAt"]) - available for each in seen["offers"]]
    assert lives == [timedelta(days=90), timedelta(days=10)]
    assert datetime.fromisoformat(seen["expiresAt"]) - available == timedelta(days=10)
    await set_earning(shop, returnWindowSeconds=0, expirySeconds=0)
    seen = await preview(shop.page)
    assert (seen["pendingSeconds"], seen["offers"][0]["expiresAt"]) == (0, None)


async def test_lines_say_what_is_covered_and_what_never_earns(shop: Shop):
    await make_rule(shop)
    await make_rule(shop, name="Shoes", points=5, productIds=["shoe"])
    with_lines = cart(lines=SHOES)
    assert points(await preview(shop.page, with_lines)) == [50, 150]
    assert codes(await preview(shop.page)) == [None, "NO_ELIGIBLE_ITEMS"]
    await set_earning(shop, excludedCollectionIds=["gift"])
    assert points(await preview(shop.page, with_lines)) == [30, 150]
    await set_earning(shop, excludedProductIds=["shoe"])
    seen = await preview(shop.page, with_lines)
    assert codes(seen) == ["NO_ELIGIBLE_ITEMS"] * 2
    assert seen["message"] == "The items in your cart do not earn points."


async def test_the_first_order_is_told_from_the_next(shop: Shop):
    await make_bonus(shop, "FIRST_ORDER", 100)
    new, old = await shop.customer(), await shop.customer()
    await ordered(shop, old, 400, 1, 0)
    assert (await preview(await shop.shopper(new)))["points"] == 100
    seen = await preview(await shop.shopper(old))
    assert (seen["points"], codes(seen)) == (0, ["NOT_FIRST_ORDER"])
    assert seen["message"] == "This offer is for your first order only."
    assert (await preview(shop.page))["points"] == 100
    assert (await preview(shop.backend))["points"] == 100


async def test_a_minimum_order_and_a_first_point_say_how_much_is_missing(shop: Shop):
    await make_bonus(shop, "CAMPAIGN", 30, minimumOrder=money("620.00"))
    await make_rule(shop, per=money("1000.00"))
    seen = await preview(shop.page)
    assert codes(seen) == ["MIN_CART_NOT_REACHED", "BELOW_ONE_POINT"]
    missing = [each["refusal"]["shortfallAmount"]["amount"] for each in seen["offers"]]
    assert missing == ["120.00", "500.00"]
    assert [each["code"] for each in seen["refusals"]] == codes(seen)
    assert seen["message"] == "Spend ₹120.00 more to earn points with this offer."


async def test_a_campaign_has_a_window(shop: Shop):
    past, future = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
    await make_bonus(shop, "CAMPAIGN", 1, startsAt=past, endsAt=future)
    await make_bonus(shop, "CAMPAIGN", 2, endsAt=past)
    await make_bonus(shop, "CAMPAIGN", 4, startsAt=future)
    seen = await preview(shop.page)
    assert (seen["points"], codes(seen)) == (1, [None, "RULE_INACTIVE", "RULE_INACTIVE"])


async def test_a_tier_multiplies_for_its_members_alone(shop: Shop):
    await make_rule(shop)
    await make_bonus(shop, "CAMPAIGN", 7, tiers=["Gold"])
    await set_earning(shop, tiers=TIERS)
    gold, plain = await shop.customer(tier="Gold"), await shop.customer()
    seen = await preview(await shop.shopper(gold))
    assert (points(seen), seen["offers"][0]["multiplier"]) == ([75, 7], "1.5")
    seen = await preview(await shop.shopper(plain))
    assert (points(seen), codes(seen)) == ([50, 0], [None, "CUSTOMER_NOT_ELIGIBLE"])


async def test_a_customer_sees_the_distance_to_the_next_tier(shop: Shop):
    who = await shop.customer()
    assert await standing(shop, who) is None
    await set_earning(shop, tiers=TIERS)
    assert await standing(shop, who) == {
        "name": None,
        "multiplier": "1",
        "tierMeasure": "POINTS_EARNED",
        "counted": "0",
        "next": TIERS[0],
        "missing": "100",
    }
    await ordered(shop, who, 365, 9_999, 9_999)
    await ordered(shop, who, 364, 300_000, 90)
    await ordered(shop, who, 0, 200_050, 30)
    seen = await standing(shop, who)
    assert seen is not None
    assert (seen["name"], seen["counted"], seen["missing"]) == ("Silver", "120", "380")
    spent = [{"name": "Club", "threshold": "5000.50", "multiplier": "2"}]
    await set_earning(shop, tierMeasure="AMOUNT_SPENT", tiers=spent)
    assert await standing(shop, who) == {
        "name": "Club",
        "multiplier": "2",
        "tierMeasure": "AMOUNT_SPENT",
        "counted": "5000.50",
        "next": None,
        "missing": "0.00",
    }


async def test_a_storefront_reads_how_points_are_earned(shop: Shop):
    await make_rule(shop)
    await set_earning(shop, tiers=TIERS, returnWindowSeconds=DAY_SECONDS)
    assert (await shop.page.ask(PUBLIC))["earning"] == {
        "returnWindowSeconds": DAY_SECONDS,
        "expirySeconds": 365 * DAY_SECONDS,
        "tierMeasure": "POINTS_EARNED",
        "tiers": TIERS,
        "rules": [{"name": RULE["name"], "points": 1, "per": {"amount": "10.00"}}],
    }


async def test_an_edit_is_the_next_version_and_a_stale_one_a_conflict(shop: Shop):
    rule = await make_rule(shop)
    edit = {"id": rule["id"], "version": 1, "rule": {**RULE, "points": 2}}
    edited = (await shop.admin.ask(UPDATE_RULE, input=edit))["rule"]
    assert (edited["version"], edited["points"]) == (2, 2)
    assert (await preview(shop.page))["points"] == 100
    (error,) = (await shop.admin.ask(UPDATE_RULE, input=edit))["userErrors"]
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["version"])


async def test_an_archived_rule_earns_nothing_and_can_still_be_read(shop: Shop):
    rule = await make_rule(shop)
    await make_bonus(shop, "SIGN_UP", 50)
    shopper = await shop.shopper(await shop.customer())
    assert (await shopper.ask(NODE, id=rule["id"]))["id"] == rule["id"]
    for _ in range(2):  # safe to repeat
        assert code(await shop.admin.ask(ARCHIVE_RULE, input={"id": rule["id"]})) is None
    assert (await preview(shop.page))["offers"] == []
    edit = {"id": rule["id"], "version": 1, "rule": RULE}
    assert code(await shop.admin.ask(UPDATE_RULE, input=edit)) == "RULE_INACTIVE"
    assert await shopper.ask(NODE, id=rule["id"]) is None
    assert (await shop.admin.ask(NODE, id=rule["id"]))["__typename"] == "EarningRule"
    live, all_ = [(await settings(shop, archived=each))["rules"] for each in (False, True)]
    assert (len(live), len(all_)) == (1, 2)
    assert [each["rule"]["id"] for each in all_ if each["archivedAt"]] == [rule["id"]]


async def test_amounts_have_the_decimals_of_the_merchants_currency(served: Served):
    shop = await open_shop(served, rule=False, currency="KWD")
    await make_rule(shop, per=money("0.250", "KWD"))
    tiers = [{"name": "Club", "threshold": "10.500", "multiplier": "1"}]
    done = await set_earning(shop, tierMeasure="AMOUNT_SPENT", tiers=tiers)
    assert done["tiers"] == tiers
    seen = await preview(shop.page, {"id": "c", "total": money("5.000", "KWD")})
    assert seen["points"] == 20
