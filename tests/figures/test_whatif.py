"""A draft on what was recorded: from a shop's previews and orders to what the console is told."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.services import whatif_window
from gateway.services.cart_keeping import CartKeeping
from gateway.services.database import statement
from gateway.services.privacy import erase_customer
from tests.e2e import documents as d
from tests.e2e.caller import Json, cart, money
from tests.e2e.serving import SECOND
from tests.e2e.shop import RULE, Shop
from tests.figures.story import Story, living_in
from tests.figures.whatif_documents import events, result

DAY = 86_400 * SECOND
DOUBLE: Json = {**RULE, "name": "up to ₹200", "maximumDiscount": money("200.00")}
KEPT = "SELECT tier, tags, lines FROM checkout_seen WHERE merchant_id = ? ORDER BY cart_id"


async def told(shop: Shop) -> Story:
    """Asha redeems 100 on one order and not on the next; Ravi's only look leads to nothing."""
    story = await living_in(shop, "Asia/Kolkata")
    await story.joins("asha", points=350, tags=["vip"])
    await story.joins("ravi", points=20)
    await story.looks("asha", "a-1", "500.00")
    await story.buys("asha", "500.00", points=100, cart_id="a-1")
    await story.looks("asha", "a-2", "300.00")
    await story.buys("asha", "300.00")
    await story.looks("ravi", "r-1", "100.00")
    await shop.served.gateway.runtime.sightings.flush()
    return story


async def live(shop: Shop) -> str:
    found = await shop.admin.ask("{ merchant { customCheckout { rules { rule { id } } } } }")
    return found["customCheckout"]["rules"][0]["rule"]["id"]


async def test_a_larger_maximum_costs_what_it_would_have_cost(shop: Shop):
    story = await told(shop)
    found = await result(shop.admin, rule=DOUBLE, id=await live(shop), days=7)
    assert (found["carts"], found["customers"], found["orders"]) == (3, 2, 2)
    assert (found["recordedRedemptions"], found["recordedDiscount"]["amount"]) == (1, "100.00")
    assert (found["takeUp"], found["averageOrder"]["amount"]) == ("0.5000", "400.00")
    # Now: 100 on the first order; if on both, 100 each. Draft: 200, and then 150 are left of 350.
    now, draft = found["now"], found["draft"]
    assert [now["discount"][each]["amount"] for each in ("least", "expected", "most")] == [
        "100.00",
        "100.00",
        "200.00",
    ]
    assert [draft["discount"][each]["amount"] for each in ("least", "expected", "most")] == [
        "200.00",
        "200.00",
        "350.00",
    ]
    assert found["moreDiscount"]["amount"] == "100.00"
    assert (now["averagePaid"]["amount"], draft["averagePaid"]["amount"]) == ("350.00", "300.00")
    assert (now["ableCarts"], draft["ableCarts"], draft["usedCarts"]) == (3, 3, 3)
    (gains,) = found["gainers"]["largest"]
    assert (gains["externalId"], gains["difference"]["amount"]) == (story.names["asha"], "150.00")
    assert found["losers"] == {"customers": 0, "total": {"amount": "0.00"}, "largest": []}
    assert {each["id"] for each in found["definitions"]} > {"take_up", "range", "left_out"}


async def test_a_rule_for_goods_is_tried_on_the_lines_that_were_recorded(shop: Shop):
    story = await living_in(shop, "Asia/Kolkata")
    who = {"externalId": await shop.customer(points=100, tags=["b", "a"])}
    lines = [
        {"productId": "tea", "quantity": 2, "total": money("80.00"), "collectionIds": ["drinks"]},
        {"productId": "cup", "quantity": 1, "total": money("120.00")},
    ]
    given = {**cart("200.00", "l-1"), "lines": lines}
    await shop.backend.preview(given, customer=who)
    await shop.backend.preview(cart("200.00", "l-2"), customer=who)
    await shop.served.gateway.runtime.sightings.flush()
    kept = await statement(KEPT, shop.merchant_id)
    assert [row["tags"] for row in kept] == ['["a","b"]', '["a","b"]']
    assert kept[0]["lines"] == '[["tea",8000,2,["drinks"]],["cup",12000,1,[]]]'
    assert kept[1]["lines"] is None
    tea = {**RULE, "name": "tea", "collectionIds": ["drinks"], "minimumPayment": {"none": True}}
    await shop.admin.ask(d.ARCHIVE_RULE, input={"id": await live(shop)})
    found = await result(shop.admin, rule=tea)
    assert (found["carts"], found["cartsWithoutLines"], story.zone) == (2, 1, "Asia/Kolkata")
    assert found["draft"]["ableCarts"] == 1
    assert found["draft"]["refusals"] == [{"code": "NO_ELIGIBLE_ITEMS", "carts": 1}]
    assert found["now"]["refusals"] == [{"code": "NO_RULE_CONFIGURED", "carts": 2}]


async def test_it_tells_how_far_it_is_and_what_there_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    (first, last) = await events(shop.admin, rule=RULE, days=90)
    assert (first["total"], first["recordedSince"]) == (0, None)
    assert last["result"]["carts"] == 0
    await told(shop)
    monkeypatch.setattr("gateway.services.whatif.EVENT_SECONDS", 0)
    monkeypatch.setattr("gateway.services.whatif.CUSTOMERS", 1)
    monkeypatch.setattr("gateway.services.whatif.SLICE_SECONDS", 0)
    *before, last = await events(shop.admin, rule=DOUBLE, days=90)
    assert [each["total"] for each in (*before, last)] == [3] * (len(before) + 1)
    assert last["done"] == 3
    assert before[0]["recordedSince"] == last["result"]["to"]


async def test_what_cannot_be_a_rule_or_days_is_told(shop: Shop):
    (refused,) = await events(shop.admin, rule={**RULE, "maximumDiscount": money("0.50")})
    assert refused["userErrors"][0]["field"] == ["rule", "maximumDiscount"]
    answer = await first(shop, days=91)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def first(shop: Shop, **given: Any) -> Json:
    from tests.e2e.sse import streaming  # noqa: PLC0415
    from tests.figures.whatif_documents import WHAT_IF  # noqa: PLC0415

    asked = {"input": {"rule": RULE, **given}}
    async with streaming(shop.admin, WHAT_IF, variables=asked) as stream:
        return (await stream.event())[1]


async def test_the_oldest_days_are_left_out_where_there_are_too_many(shop: Shop):
    await told(shop)
    for days in (1, 2):
        await statement(
            "INSERT INTO checkout_seen SELECT merchant_id, customer_id, cart_id, day - ?,"
            " redeemable, available_points, total_minor, discount_minor, previews, first_at,"
            " last_at, tier, tags, lines FROM checkout_seen"
            " WHERE merchant_id = ? AND day = (SELECT max(day) FROM checkout_seen)",
            days,
            shop.merchant_id,
        )
    today = shop.served.clock.now // DAY
    found = await whatif_window.window(shop.merchant_id, today - 6, today + 1, most=6)
    assert (found.carts, found.whole, len(found.days)) == (6, False, 2)
    found = await whatif_window.window(shop.merchant_id, today - 6, today + 1, most=1)
    assert (found.carts, len(found.days)) == (3, 1)


async def test_nothing_is_kept_of_old_carts_or_of_who_is_erased(shop: Shop):
    story = await told(shop)
    runtime = shop.served.gateway.runtime
    (asha,) = await statement(
        "SELECT id FROM customer WHERE merchant_id = ? AND external_id = ?",
        shop.merchant_id,
        story.names["asha"],
    )
    await story.looks("asha", "a-3")
    assert (await erase_customer(runtime, shop.merchant_id, asha["id"])).refusal is None
    await runtime.sightings.flush()
    assert [row["tags"] for row in await statement(KEPT, shop.merchant_id)] == [None] * 3 + ["[]"]
    assert (await result(shop.admin, rule=DOUBLE))["carts"] == 1
    keeping = CartKeeping(runtime.clock)
    late = "UPDATE checkout_seen SET tags = '[]' WHERE merchant_id = ? AND customer_id = ?"
    await statement(late, shop.merchant_id, asha["id"])  # by another process
    while await keeping.run():
        pass
    assert [row["tags"] for row in await statement(KEPT, shop.merchant_id)] == [None] * 3 + ["[]"]
    for days, kept in ((91, "[]"), (3, None)):
        shop.served.clock.advance(days * 86_400)
        while await keeping.run():
            pass
        assert (await statement(KEPT, shop.merchant_id))[-1]["tags"] == kept
    assert (await events(shop.admin, rule=DOUBLE))[-1]["recordedSince"] is None
