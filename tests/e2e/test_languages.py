"""Messages in the shopper's language, money as that language writes it; codes never change."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Caller, cart, code
from tests.e2e.shop import Shop

NBSP = "\N{NO-BREAK SPACE}"
OFFERS = {
    "en": "Use 100 points and save ₹100.00.",
    "de": f"Lösen Sie 100 Punkte ein und sparen Sie 100,00{NBSP}₹.",
    "hi": "₹100.00",
    "es": f"100,00{NBSP}INR",
    "fr": f"100,00{NBSP}₹",
    "ja": "₹100.00",
    "ar": "100",
}


@pytest.mark.parametrize("language", OFFERS)
async def test_an_offer_is_told_in_the_language_of_the_request(
    shop: Shop, shopper: Caller, language: str
):
    seen = await shopper.speaking(language).preview()
    assert OFFERS[language] in seen["message"]
    english = await shopper.preview()
    assert {**seen, "message": "", "quote": ""} == {**english, "message": "", "quote": ""}


async def test_every_language_says_it_differently_and_every_code_is_the_same(shopper: Caller):
    said = [await shopper.speaking(each).apply(points=501) for each in OFFERS]
    errors = [each["userErrors"][0] for each in said]
    assert len({error["message"] for error in errors}) == len(OFFERS)
    assert {error["code"] for error in errors} == {"INSUFFICIENT_POINTS"}
    assert len({str({**error, "message": ""}) for error in errors}) == 1


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("tlh, fr;q=0.5", "fr"),
        ("xx", "en"),
        ("*", "en"),
        ("", "en"),
        ("en;q=0, es", "es"),
        ("de;q=nonsense,,;;", "en"),
    ],
)
async def test_the_header_is_negotiated_and_never_an_error(
    shopper: Caller, header: str, language: str
):
    seen = await shopper.speaking(header).preview()
    assert OFFERS[language] in seen["message"]


@pytest.mark.own_shop
async def test_a_refusal_tells_the_number_that_helps(shop: Shop, shopper: Caller):
    """How much is to be added to the cart, as the shopper's language writes it."""
    await shop.make_rule(name="Big carts", minimumCart={"amount": "620", "currencyCode": "INR"})
    seen = await shopper.preview()
    refusal = next(o["refusal"] for o in seen["offers"] if o["refusal"])
    assert refusal["code"] == "MIN_CART_NOT_REACHED"
    rule = next(o["rule"]["id"] for o in seen["offers"] if o["refusal"])
    english = await shopper.preview(ruleId=rule)
    german = await shopper.speaking("de").preview(ruleId=rule)
    assert english["message"] == "Add ₹120.00 more to use your points."
    assert f"120,00{NBSP}₹" in german["message"]
    assert german["refusals"][0]["shortfallAmount"]["amount"] == "120.00"


async def test_a_mistake_of_a_developer_is_told_in_exact_words(shopper: Caller):
    refused = await shopper.speaking("de").apply(cart("1.005"))
    assert code(refused) == "INVALID_AMOUNT"
    assert refused["userErrors"][0]["message"] == "An amount in INR has at most 2 decimals."
