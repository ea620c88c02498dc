"""Staff change the rules; the next preview follows, and what was applied stays as it was."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.documents import ARCHIVE_RULE, CHECKOUT, CREATE_RULE, NODE, UPDATE_RULE
from tests.e2e.serving import Served
from tests.e2e.shop import RULE, Shop, open_shop

pytestmark = pytest.mark.own_shop

MERCHANT = """query Merchant($archived: Boolean) { merchant { name currencyCode customCheckout {
  enabled minimumPayment { kind percent }
  rules(archived: $archived) { rule { id version name } archivedAt }
} } }"""
PROGRAM = "{ program { enabled currencyCode minimumPayment { percent } rules { name } } }"


async def test_a_new_rule_is_at_work_in_the_next_preview(shop: Shop, shopper: Caller):
    better = await shop.make_rule(
        name="A tenth",
        kind="FIXED_PERCENT",
        points=50,
        percent="30",
        discount=None,
        maximumDiscount=None,
    )
    seen = await shopper.preview()
    assert [offer["rule"]["name"] for offer in seen["offers"]] == ["A tenth", RULE["name"]]
    assert (seen["points"], seen["discount"]["amount"]) == (50, "150.00")
    named = await shopper.preview(ruleId=seen["offers"][1]["rule"]["id"])
    assert (named["points"], named["discount"]["amount"]) == (100, "100.00")
    held = await shopper.apply()
    assert held["redemption"]["rule"] == {"id": better["id"], "version": 1}


async def test_an_edit_counts_at_once_and_old_redemptions_keep_their_version(
    shop: Shop, shopper: Caller
):
    """Held under ₹1 a point; after the edit a point is worth ₹2, for new redemptions only."""
    (offer,) = (await shopper.preview())["offers"]
    held = (await shopper.apply())["redemption"]
    edit = {
        "id": offer["rule"]["id"],
        "version": 1,
        "rule": {**RULE, "name": "₹2", "discount": money("2.00"), "maximumDiscount": None},
    }
    edited = (await shop.admin.ask(UPDATE_RULE, input=edit))["rule"]
    assert (edited["version"], edited["name"]) == (2, "₹2")
    seen = await shopper.preview(cart(cart_id="cart-2"))
    assert (seen["points"], seen["discount"]["amount"]) == (200, "400.00")

    stale = await shop.admin.ask(UPDATE_RULE, input=edit)
    (error,) = stale["userErrors"]
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["version"])

    paid = (await shop.backend.capture(held["id"]))["redemption"]
    assert paid["rule"] == {"id": offer["rule"]["id"], "version": 1}
    assert paid["capturedDiscount"]["amount"] == "100.00"


async def test_an_archived_rule_offers_nothing_and_can_still_be_captured(
    shop: Shop, shopper: Caller
):
    held = (await shopper.apply())["redemption"]
    rule = held["rule"]["id"]
    for _ in range(2):  # safe to repeat
        assert code(await shop.admin.ask(ARCHIVE_RULE, input={"id": rule})) is None
    seen = await shopper.preview()
    assert (seen["eligible"], [r["code"] for r in seen["refusals"]]) == (
        False,
        ["NO_RULE_CONFIGURED"],
    )
    assert code(await shopper.apply(cart(cart_id="cart-2"))) == "NO_RULE_CONFIGURED"
    another = await shop.make_rule(name="Another")
    named = await shopper.preview(ruleId=rule)
    assert [r["code"] for r in named["refusals"]] == ["RULE_INACTIVE"]
    assert code(await shopper.apply(cart(cart_id="cart-2"), ruleId=rule)) == "RULE_INACTIVE"
    edit = {"id": rule, "version": 1, "rule": RULE}
    assert code(await shop.admin.ask(UPDATE_RULE, input=edit)) == "RULE_INACTIVE"
    assert await shopper.ask(NODE, id=rule) is None
    paid = await shop.backend.capture(held["id"])
    assert paid["redemption"]["status"] == "CAPTURED"
    live, all_ = [
        (await shop.admin.ask(MERCHANT, archived=each))["customCheckout"]["rules"]
        for each in (False, True)
    ]
    assert [each["rule"]["id"] for each in live] == [another["id"]]
    archived = {each["rule"]["id"] for each in all_ if each["archivedAt"]}
    assert (len(all_), archived) == (2, {rule})


async def test_a_rule_for_a_tier_and_products_counts_lines_of_members_only(shop: Shop):
    await shop.make_rule(
        name="Gold shoes", maximumDiscount=None, productIds=["shoe"], tiers=["gold"], priority=1
    )
    gold = await shop.shopper(await shop.customer(points=500, tier="gold"))
    plain = await shop.shopper(await shop.customer(points=500))
    lines = [
        {"productId": "shoe", "quantity": 1, "total": money("150.00")},
        {"productId": "sock", "quantity": 2, "total": money("350.00")},
    ]
    seen = await gold.preview(cart(lines=lines))
    assert (seen["points"], seen["offers"][0]["rule"]["name"]) == (150, "Gold shoes")
    seen = await plain.preview(cart(lines=lines))
    assert seen["points"] == 100
    assert seen["offers"][1]["refusal"]["code"] == "CUSTOMER_NOT_ELIGIBLE"
    seen = await gold.preview()
    assert seen["offers"][1]["refusal"]["code"] == "NO_ELIGIBLE_ITEMS"


@pytest.mark.parametrize(
    ("change", "expected", "field"),
    [
        ({"points": 0}, "INVALID_INPUT", ["rule", "points"]),
        ({"name": ""}, "INVALID_INPUT", ["rule", "name"]),
        ({"discount": None}, "INVALID_AMOUNT", ["rule", "discount"]),
        ({"discount": money("0")}, "INVALID_AMOUNT", ["rule", "discount"]),
        ({"discount": money("1.005")}, "INVALID_AMOUNT", ["rule", "discount", "amount"]),
        (
            {"discount": money("1", "USD")},
            "CURRENCY_MISMATCH",
            ["rule", "discount", "currencyCode"],
        ),
        (
            {"kind": "FIXED_PERCENT", "discount": None, "percent": "101"},
            "INVALID_AMOUNT",
            ["rule", "percent"],
        ),
        ({"cartMultiplier": "0.5"}, "INVALID_AMOUNT", ["rule", "cartMultiplier"]),
        (
            {"minimumPayment": {"percent": ""}},
            "INVALID_AMOUNT",
            ["rule", "minimumPayment", "percent"],
        ),
        ({"minimumPayment": {"none": False}}, "INVALID_INPUT", ["rule", "minimumPayment", "none"]),
        (
            {"startsAt": "2030-01-02T00:00:00Z", "endsAt": "2030-01-01T00:00:00Z"},
            "INVALID_INPUT",
            ["rule", "endsAt"],
        ),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused_with_its_field(
    shop: Shop, change: Json, expected: str, field: list[str]
):
    made = await shop.admin.ask(CREATE_RULE, input={"rule": {**RULE, **change}})
    (error,) = made["userErrors"]
    assert (error["code"], error["field"], made["rule"]) == (expected, field, None)
    rules = (await shop.admin.ask(MERCHANT))["customCheckout"]["rules"]
    assert len(rules) == 1


@pytest.mark.parametrize(
    ("change", "expected", "field"),
    [
        ({"minimumPayment": {"percent": "0"}}, "INVALID_AMOUNT", ["minimumPayment", "percent"]),
        (
            {"minimumPayment": {"percent": "12.345"}},
            "INVALID_AMOUNT",
            ["minimumPayment", "percent"],
        ),
        ({"minimumPayment": {"percent": ""}}, "INVALID_AMOUNT", ["minimumPayment", "percent"]),
        ({"minimumPayment": {"none": False}}, "INVALID_INPUT", ["minimumPayment", "none"]),
        (
            {"minimumPayment": {"fixed": money("0")}},
            "INVALID_AMOUNT",
            ["minimumPayment", "fixed", "amount"],
        ),
    ],
)
async def test_a_minimum_payment_that_makes_no_sense_is_refused(
    shop: Shop, change: Json, expected: str, field: list[str]
):
    done = await shop.admin.ask(CHECKOUT, input=change)
    (error,) = done["userErrors"]
    assert (error["code"], error["field"], done["customCheckout"]) == (expected, field, None)
    assert (await shop.admin.ask(PROGRAM))["minimumPayment"]["percent"] == "20"


async def test_a_storefront_reads_the_program_with_the_publishable_key(shop: Shop):
    seen = await shop.page.ask(PROGRAM)
    assert seen == {
        "enabled": True,
        "currencyCode": "INR",
        "minimumPayment": {"percent": "20"},
        "rules": [{"name": RULE["name"]}],
    }


async def test_amounts_have_the_decimals_of_the_merchants_currency(served: Served):
    """Yen have none and dinars three; the same ₹ shapes hold."""
    for currency, total, discount in (("JPY", "500", "100"), ("KWD", "5.000", "0.100")):
        shop = await open_shop(served, rule=False, currency=currency)
        await shop.set_checkout(enabled=True)
        least = {"JPY": "1", "KWD": "0.001"}[currency]
        await shop.make_rule(
            discount=money(least, currency), maximumDiscount=money(discount, currency)
        )
        who = await shop.customer(points=500)
        seen = await shop.backend.preview(
            {"id": "c", "total": money(total, currency)}, customer={"externalId": who}
        )
        assert seen["discount"]["amount"] == discount
