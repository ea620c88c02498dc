"""A rule before it is published: what it gives, what wins beside it, whether a cart can be free."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.messages import LANGUAGES
from tests.e2e import documents as d
from tests.e2e.caller import Json, cart, money
from tests.e2e.shop import RULE, Shop

pytestmark = pytest.mark.own_shop


async def preview(shop: Shop, carts: list[tuple[str, int]] | None = None, **given: Any) -> Json:
    asked = [{"total": money(total), "points": points} for total, points in carts or []]
    rule_id = given.pop("id", None)
    rule = {**RULE, **given}
    return await shop.admin.ask(d.RULE_PREVIEW, input={"rule": rule, "id": rule_id, "carts": asked})


async def test_what_is_shown_is_what_a_shopper_gets_once_it_is_published(shop: Shop, asha: str):
    await shop.set_checkout(minimumPayment={"percent": "20"})
    change = {"name": "2 for 1", "points": 2, "maximumDiscount": money("150.00")}
    shown = (await preview(shop, [("500.00", 500), ("99.99", 500)], **change))["carts"]
    await shop.make_rule(**change)
    shopper = await shop.shopper(asha)
    for each, total in zip(shown, ("500.00", "99.99"), strict=True):
        offers = (await shopper.preview(cart(total)))["offers"]
        real = next(offer for offer in offers if offer["rule"]["name"] == "2 for 1")
        assert each["offer"]["discount"]["amount"] == real["discount"]["amount"]
        assert each["offer"]["points"] == real["points"]


async def test_the_sentence_is_there_in_every_language(shop: Shop):
    (one,) = (await preview(shop, [("500.00", 500)]))["carts"]
    assert [each["language"] for each in one["sentences"]] == list(LANGUAGES)
    assert one["sentences"][0]["text"] == "Use 100 points and save ₹100.00."


async def test_it_takes_the_place_of_the_rule_that_is_edited(shop: Shop):
    found = await shop.admin.ask("{ merchant { customCheckout { rules { rule { id } } } } }")
    rule_id = found["customCheckout"]["rules"][0]["rule"]["id"]
    bigger = {"maximumDiscount": money("200.00")}
    edited = await preview(shop, [("500.00", 500)], id=rule_id, **bigger)
    assert edited["overlaps"] == []
    assert edited["carts"][0]["wins"] is True
    smaller = await preview(shop, [("500.00", 500)], maximumDiscount=money("50.00"))
    assert [rule["name"] for rule in smaller["overlaps"]] == [RULE["name"]]
    assert smaller["carts"][0]["wins"] is False
    assert smaller["carts"][0]["winner"]["name"] == RULE["name"]


async def test_rules_that_never_meet_do_not_overlap(shop: Shop):
    """The live rule has no end; one for another tier meets it all the same, as it is for all."""
    await shop.make_rule(name="gold", tiers=["gold"], endsAt="2027-01-01T00:00:00Z")
    silver = await preview(shop, tiers=["silver"])
    assert [rule["name"] for rule in silver["overlaps"]] == [RULE["name"]]
    later = await preview(shop, tiers=["gold"], startsAt="2027-01-01T00:00:00Z")
    assert [rule["name"] for rule in later["overlaps"]] == [RULE["name"]]


async def test_a_cart_that_could_be_free_is_named(shop: Shop):
    assert (await preview(shop))["freeCart"] is None  # 20 % are paid in money
    none: Json = {"minimumPayment": {"none": True}}
    assert (await preview(shop, **none))["freeCart"]["amount"] == "1.00"
    assert (await preview(shop, minimumCart=money("99.50"), **none))["freeCart"]["amount"] == (
        "100.00"
    )
    assert (await preview(shop, minimumCart=money("100.50"), **none))["freeCart"] is None
    assert (await preview(shop, cartMultiplier="2", **none))["freeCart"] is None


async def test_what_cannot_be_a_rule_is_refused_as_when_it_is_published(shop: Shop):
    shown = await preview(shop, [("500.00", 5)], maximumDiscount=money("0.50"))
    made = await shop.admin.ask(
        d.CREATE_RULE, input={"rule": {**RULE, "maximumDiscount": money("0.50")}}
    )
    assert shown["carts"] == []
    assert shown["userErrors"][0]["field"] == made["userErrors"][0]["field"]
    assert shown["userErrors"][0]["field"] == ["rule", "maximumDiscount"]


async def test_a_rule_that_is_to_come_is_shown_as_of_its_start(shop: Shop):
    later = await preview(shop, [("500.00", 500)], startsAt="2030-01-01T00:00:00Z")
    assert later["carts"][0]["offer"]["eligible"] is True
    tiers = await preview(shop, [("500.00", 500)], tiers=["gold"], productIds=["tea"])
    assert tiers["carts"][0]["offer"]["discount"]["amount"] == "100.00"
