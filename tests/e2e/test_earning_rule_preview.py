"""An earning rule before it is published: what it gives beside the live ones, how generously."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.messages import LANGUAGES
from tests.e2e.caller import Json, cart, money
from tests.e2e.earning import (
    CREATE_RULE,
    HISTORY,
    RULE,
    RULE_PREVIEW,
    TIERS,
    UPDATE_EARNING,
    UPDATE_RULE,
    make_bonus,
    make_rule,
    preview,
    set_earning,
)
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop

CAMPAIGN: Json = {"name": "Festival", "kind": "CAMPAIGN", "points": 40, "per": None}
BIRTHDAY: Json = {"name": "Birthday", "kind": "BIRTHDAY", "points": 40, "per": None}


async def shown(shop: Shop, carts: list[Json] | None = None, **given: Any) -> Json:
    beside = {key: given.pop(key) for key in ("id", "warnAbove") if key in given}
    rule = {**RULE, "name": "draft", **given}
    found = {"rule": rule, "carts": [{"total": money("500.00")}] if carts is None else carts}
    return await shop.admin.ask(RULE_PREVIEW, input=found | beside)


async def test_what_is_shown_is_what_an_order_earns_once_it_is_published(shop: Shop):
    await set_earning(shop, tiers=TIERS, returnWindowSeconds=86_400, expirySeconds=864_000)
    await make_rule(shop)
    given = {"total": money("509.99"), "discount": money("100.00"), "tier": "Gold"}
    draft: Json = {"points": 3, "per": money("100.00"), "expirySeconds": 172_800}
    found = await shown(shop, [given], **draft)
    await make_rule(shop, **draft)
    gold = await shop.shopper(await shop.customer(tier="Gold"))
    real = await preview(gold, cart("509.99"), discount=money("100.00"))
    (one,) = found["carts"]
    for name in ("points", "spend", "multiplier"):
        assert one["offer"][name] == real["offers"][1][name]
    assert (one["points"], one["livePoints"]) == (real["points"], 61)
    assert one["sentences"][0] == {"language": "en", "text": real["message"]}
    assert [each["language"] for each in one["sentences"]] == list(LANGUAGES)
    available, expires = (datetime.fromisoformat(found[k]) for k in ("availableAt", "expiresAt"))
    assert one["offer"]["expiresAt"] == found["expiresAt"]
    assert expires - available == timedelta(days=2)
    assert found["overlaps"] == [{"name": RULE["name"]}]


async def test_it_takes_the_place_of_the_rule_that_is_edited(shop: Shop):
    rule = await make_rule(shop)
    found = await shown(shop, id=rule["id"], points=2)
    assert (found["carts"][0]["points"], found["carts"][0]["livePoints"]) == (100, 50)
    assert found["overlaps"] == []
    assert (await shown(shop, points=2))["carts"][0]["points"] == 150


async def test_an_order_that_gives_back_too_much_is_warned_of(shop: Shop):
    """A point is worth ₹1: one for each ₹10 is a tenth; with a bonus a small order is more."""
    found = await shown(shop)
    (one,) = found["carts"]
    assert (one["worth"], one["givenBack"], found["tooGenerous"]) == (
        {"amount": "50.00"},
        "10",
        False,
    )
    assert (await shown(shop, warnAbove="10"))["tooGenerous"] is False
    assert (await shown(shop, warnAbove="9.99"))["tooGenerous"] is True
    await make_rule(shop)
    small = await shown(shop, [{"total": money("100.00")}], **CAMPAIGN)
    assert (small["carts"][0]["givenBack"], small["tooGenerous"]) == ("50", True)


async def test_an_occasion_has_no_orders_and_one_rule_that_counts(shop: Shop):
    await make_bonus(shop, "BIRTHDAY", 50)
    found = await shown(shop, **BIRTHDAY)
    assert (found["carts"], found["availableAt"] is None) == ([], False)
    older = {
        "points": 50,
        "livePoints": 50,
        "wins": False,
        "winner": {"name": "50 points, BIRTHDAY"},
    }
    assert found["occasion"] == older
    assert [each["name"] for each in found["overlaps"]] == ["50 points, BIRTHDAY"]
    larger: dict[str, Any] = {**BIRTHDAY, "points": 60}
    more = (await shown(shop, **larger))["occasion"]
    assert more == {"points": 60, "livePoints": 50, "wins": True, "winner": {"name": "Birthday"}}


async def test_a_rule_that_nobody_could_earn_by_is_told(shop: Shop):
    await set_earning(shop, tiers=TIERS, excludedProductIds=["card"])
    found = await shown(shop, productIds=["card"], tiers=["Glod"])
    assert (found["neverEarns"], found["unknownTiers"]) == (True, ["Glod"])
    (one,) = found["carts"]
    assert one["offer"]["refusal"] == {"code": "NO_ELIGIBLE_ITEMS"}
    assert one["sentences"][0]["text"] == "The items in your cart do not earn points."
    (other,) = (await shown(shop, [{"total": money("500.00"), "tier": ""}], tiers=["Gold"]))[
        "carts"
    ]
    assert (other["tier"], other["offer"]["refusal"]) == (None, {"code": "CUSTOMER_NOT_ELIGIBLE"})


async def test_what_cannot_be_is_refused_as_when_it_is_published(shop: Shop):
    reversed_: Json = {"startsAt": "2030-02-01T00:00:00Z", "endsAt": "2030-01-01T00:00:00Z"}
    found = await shown(shop, **reversed_)
    made = await shop.admin.ask(CREATE_RULE, input={"rule": {**RULE, **reversed_}})
    assert found["userErrors"] == [
        {key: made["userErrors"][0][key] for key in ("code", "field", "message")}
    ]
    assert found["userErrors"][0]["field"] == ["rule", "endsAt"]
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"warnAbove": "101"}, ["warnAbove"]),
        (
            {"carts": [{"total": money("1.00"), "discount": money("1.01")}]},
            ["carts", "0", "discount", "amount"],
        ),
    ]
    for beside, field in wrong:
        refused = await shown(shop, **beside)
        assert (refused["carts"], refused["userErrors"][0]["field"]) == ([], field)


async def test_a_rule_that_is_to_come_is_shown_as_of_its_start(shop: Shop):
    found = await shown(shop, startsAt="2090-01-01T00:00:00Z")
    assert found["carts"][0]["offer"]["points"] == 50
    assert found["availableAt"].startswith("2090-01-01")


async def test_every_version_of_a_rule_can_be_read(shop: Shop):
    rule = await make_rule(shop)
    edit = {"id": rule["id"], "version": 1, "rule": {**RULE, "points": 2}}
    await shop.admin.ask(UPDATE_RULE, input=edit)
    (one,) = (await shop.admin.ask(HISTORY))["earning"]["rules"]
    assert [each["rule"] for each in one["versions"]] == [
        {"version": 2, "points": 2},
        {"version": 1, "points": 1},
    ]


async def test_tiers_that_somebody_else_has_changed_are_not_written_over(shop: Shop):
    seen = (await set_earning(shop, tiers=TIERS))["tiersRevision"]
    assert (await set_earning(shop, returnWindowSeconds=1))["tiersRevision"] == seen
    theirs = (await set_earning(shop, tiers=TIERS[:1], tiersRevision=seen))["tiersRevision"]
    assert theirs != seen
    late = {"tiers": TIERS[1:], "tiersRevision": seen}
    refused = await shop.admin.ask(UPDATE_EARNING, input=late)
    assert refused["earning"] is None
    assert refused["userErrors"][0]["code"] == "VERSION_CONFLICT"
    assert refused["userErrors"][0]["field"] == ["tiersRevision"]
