"""What may be wrong about earning: each told with its code and field, and it leaves no trace."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Caller, Json, cart, money
from tests.e2e.earning import (
    CREATE_RULE,
    EARN_PREVIEW,
    RULE,
    STANDING,
    TIERS,
    UPDATE_EARNING,
    make_bonus,
    make_rule,
    preview,
    set_earning,
    settings,
)
from tests.e2e.shop import Shop
from tests.e2e.test_languages import NBSP, OFFERS

pytestmark = pytest.mark.own_shop

CAMPAIGN: Json = {"kind": "CAMPAIGN", "per": None}
RULES: dict[str, tuple[Json, str, list[str]]] = {
    "no name": ({"name": " "}, "INVALID_INPUT", ["name"]),
    "no points": ({"points": 0}, "INVALID_INPUT", ["points"]),
    "no rate": ({"per": None}, "INVALID_AMOUNT", ["per"]),
    "a rate per nothing": ({"per": money("0")}, "INVALID_AMOUNT", ["per"]),
    "a negative rate": ({"per": money("-1")}, "INVALID_AMOUNT", ["per", "amount"]),
    "too exact a rate": ({"per": money("1.005")}, "INVALID_AMOUNT", ["per", "amount"]),
    "another currency": (
        {"per": money("1", "USD")},
        "CURRENCY_MISMATCH",
        ["per", "currencyCode"],
    ),
    "a rate of a campaign": ({**CAMPAIGN, "per": money("1")}, "INVALID_INPUT", ["per"]),
    "a negative minimum": (
        {"minimumOrder": money("-1")},
        "INVALID_AMOUNT",
        ["minimumOrder", "amount"],
    ),
    "a minimum in another currency": (
        {"minimumOrder": money("1", "EUR")},
        "CURRENCY_MISMATCH",
        ["minimumOrder", "currencyCode"],
    ),
    "a minimum order of a birthday": (
        {**CAMPAIGN, "kind": "BIRTHDAY", "minimumOrder": money("1")},
        "INVALID_INPUT",
        ["minimumOrder"],
    ),
    "products of a sign-up": (
        {**CAMPAIGN, "kind": "SIGN_UP", "excludedProductIds": ["p"]},
        "INVALID_INPUT",
        ["excludedProductIds"],
    ),
    "a product that is covered and excluded": (
        {"productIds": ["a", "b"], "excludedProductIds": ["b"]},
        "INVALID_INPUT",
        ["excludedProductIds"],
    ),
    "an empty tag": ({"tags": [""]}, "INVALID_INPUT", ["tags"]),
    "dates in reverse": (
        {"startsAt": "2030-01-02T00:00:00Z", "endsAt": "2030-01-01T00:00:00Z"},
        "INVALID_INPUT",
        ["endsAt"],
    ),
    "a life too short": ({"expirySeconds": 59}, "INVALID_INPUT", ["expirySeconds"]),
}


@pytest.mark.parametrize("wrong", RULES)
async def test_a_rule_that_makes_no_sense_is_refused_with_its_field(shop: Shop, wrong: str):
    change, expected, field = RULES[wrong]
    made = await shop.admin.ask(CREATE_RULE, input={"rule": {**RULE, **change}})
    (error,) = made["userErrors"]
    assert (error["code"], error["field"], made["rule"]) == (expected, ["rule", *field], None)
    assert (await settings(shop, archived=True))["rules"] == []


async def test_a_rule_may_be_for_a_tier_that_only_the_merchant_knows(shop: Shop):
    """Tiers may be set on customers by hand; so no list says which there are."""
    await make_bonus(shop, "CAMPAIGN", 9, tiers=["Friends"])
    friend = await shop.customer(tier="Friends")
    assert (await preview(shop.backend, customer={"externalId": friend}))["points"] == 9


def tier(number: int, **changes: object) -> list[Json]:
    """The good tiers, one of them changed."""
    return [{**each, **(changes if n == number else {})} for n, each in enumerate(TIERS)]


SETTINGS: dict[str, tuple[Json, str, list[str]]] = {
    "a tier twice": (
        {"tiers": tier(1, name="Silver")},
        "INVALID_INPUT",
        ["tiers", "1", "name"],
    ),
    "a tier without a name": ({"tiers": tier(0, name="")}, "INVALID_INPUT", ["tiers", "0", "name"]),
    "thresholds that do not rise": (
        {"tiers": tier(1, threshold="100")},
        "INVALID_AMOUNT",
        ["tiers", "1", "threshold"],
    ),
    "a threshold of nothing": (
        {"tiers": tier(0, threshold="0")},
        "INVALID_AMOUNT",
        ["tiers", "0", "threshold"],
    ),
    "a negative threshold": (
        {"tiers": tier(0, threshold="-5")},
        "INVALID_AMOUNT",
        ["tiers", "0", "threshold"],
    ),
    "half a point": (
        {"tiers": tier(0, threshold="1.5")},
        "INVALID_AMOUNT",
        ["tiers", "0", "threshold"],
    ),
    "too exact an amount": (
        {"tierMeasure": "AMOUNT_SPENT", "tiers": tier(0, threshold="1.005")},
        "INVALID_AMOUNT",
        ["tiers", "0", "threshold"],
    ),
    "a multiplier below one": (
        {"tiers": tier(0, multiplier="0.5")},
        "INVALID_AMOUNT",
        ["tiers", "0", "multiplier"],
    ),
    "a multiplier of three decimals": (
        {"tiers": tier(1, multiplier="1.005")},
        "INVALID_AMOUNT",
        ["tiers", "1", "multiplier"],
    ),
    "a multiplier beyond all measure": (
        {"tiers": tier(1, multiplier="100.01")},
        "INVALID_AMOUNT",
        ["tiers", "1", "multiplier"],
    ),
    "too many tiers": ({"tiers": TIERS * 11}, "INVALID_INPUT", ["tiers"]),
    "a new measure of the old thresholds": (
        {"tierMeasure": "AMOUNT_SPENT"},
        "INVALID_INPUT",
        ["tiers"],
    ),
    "a negative window": ({"returnWindowSeconds": -1}, "INVALID_INPUT", ["returnWindowSeconds"]),
    "a window over a year": (
        {"returnWindowSeconds": 31_536_001},
        "INVALID_INPUT",
        ["returnWindowSeconds"],
    ),
    "a life too short": ({"expirySeconds": 1}, "INVALID_INPUT", ["expirySeconds"]),
    "a negative life": ({"expirySeconds": -1}, "INVALID_INPUT", ["expirySeconds"]),
    "a reminder too late": ({"reminderSeconds": 59}, "INVALID_INPUT", ["reminderSeconds"]),
    "an empty product": ({"excludedProductIds": [""]}, "INVALID_INPUT", ["excludedProductIds"]),
    "a long collection": (
        {"excludedCollectionIds": ["c" * 256]},
        "INVALID_INPUT",
        ["excludedCollectionIds"],
    ),
}


@pytest.mark.parametrize("wrong", SETTINGS)
async def test_settings_that_make_no_sense_are_refused_with_their_field(shop: Shop, wrong: str):
    change, expected, field = SETTINGS[wrong]
    before = await set_earning(shop, tiers=TIERS)
    done = await shop.admin.ask(UPDATE_EARNING, input=change)
    (error,) = done["userErrors"]
    assert (error["code"], error["field"], done["earning"]) == (expected, field, None)
    assert await settings(shop) == {**before, "rules": []}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cart": cart("1.005")}, ["cart", "total", "amount"]),
        ({"cart": {"id": "c", "total": money("1", "USD")}}, ["cart", "total", "currencyCode"]),
        ({"cart": cart(cart_id="")}, ["cart", "id"]),
        ({"discount": money("500.01")}, ["discount", "amount"]),
        ({"discount": money("-1")}, ["discount", "amount"]),
        ({"discount": money("1", "USD")}, ["discount", "currencyCode"]),
    ],
)
async def test_a_malformed_preview_is_a_broken_request(shop: Shop, given: Json, field: list[str]):
    answer = await shop.page.send(EARN_PREVIEW, input={"cart": cart(), **given})
    assert answer.error == {"code": "BAD_USER_INPUT", "field": field}


async def test_a_page_names_no_customer(shop: Shop, asha: str):
    given = {"cart": cart(), "customer": {"externalId": asha}}
    assert (await shop.page.send(EARN_PREVIEW, input=given)).error == {"code": "FORBIDDEN"}
    assert (await shop.page.send(STANDING, by={"externalId": asha})).error == {"code": "FORBIDDEN"}


async def test_a_shopper_asks_for_nobody_else(shop: Shop, asha: str, shopper: Caller):
    """The same answer as for one who is not there; and herself she may name."""
    await make_bonus(shop, "CAMPAIGN", 5)
    ravi = await shop.customer(phone="+919800000001")
    nobody = await preview(shopper, customer={"externalId": "nobody"})
    assert ([each["code"] for each in nobody["refusals"]], nobody["offers"]) == (
        ["CUSTOMER_NOT_FOUND"],
        [],
    )
    for by in ({"externalId": ravi}, {"phone": "+919800000001"}):
        seen = await preview(shopper, customer=by)
        assert {**seen, "availableAt": ""} == {**nobody, "availableAt": ""}
    assert (await preview(shopper, customer={"externalId": asha}))["points"] == 5


async def test_whoever_is_not_on_record_yet_earns_as_somebody_new(shop: Shop):
    """Known by a token of the shop's own making, not yet here; a backend is told that it is not."""
    await make_bonus(shop, "FIRST_ORDER", 100)
    runtime = shop.served.gateway.runtime
    token, _ = runtime.tokens.mint(shop.merchant_id, "not-yet", runtime.clock(), 60)
    assert (await preview(shop.bearer(token)))["points"] == 100
    seen = await preview(shop.backend, customer={"externalId": "not-yet"})
    assert [each["code"] for each in seen["refusals"]] == ["CUSTOMER_NOT_FOUND"]


async def test_rules_of_another_merchant_are_not_there(shop: Shop, other_shop: Shop):
    await make_rule(shop)
    assert (await preview(other_shop.page))["offers"] == []
    assert (await settings(other_shop))["rules"] == []


@pytest.mark.parametrize("language", OFFERS)
async def test_what_is_earned_is_told_in_the_language_of_the_request(shop: Shop, language: str):
    await make_rule(shop)
    here, english = [await preview(shop.page.speaking(each)) for each in (language, "en")]
    assert "50" in here["message"]
    assert (here["message"] == english["message"]) is (language == "en")
    few = cart("4.00")
    little = await preview(shop.page.speaking(language), few)
    (refusal,) = little["refusals"]
    assert little["message"] == refusal["message"] == little["offers"][0]["refusal"]["message"]
    assert refusal["code"] == "BELOW_ONE_POINT"
    missing = {"de": f"6,00{NBSP}₹", "fr": f"6,00{NBSP}₹", "es": f"6,00{NBSP}INR"}
    assert missing.get(language, "6.00") in refusal["message"]
