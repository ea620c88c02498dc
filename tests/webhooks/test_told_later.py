"""What is told without a caller's doing: a tier that falls, and names that are taken back."""

from __future__ import annotations

import orjson

from gateway.services.database import statement
from gateway.services.tier_reviews import TierReviews
from tests.e2e import documents as d
from tests.e2e.caller import Json, code, money
from tests.e2e.shop import Shop
from tests.e2e.test_orders import complete, earning
from tests.webhooks.hooks import Hooks
from tests.webhooks.receiver import Receiver

DAY = 86_400 * 1_000_000
SET_TIERS = """mutation ($input: UpdateEarningInput!) {
  updateEarning(input: $input) { userErrors { code message field } }
}"""


def kinds(bodies: list[str]) -> list[str]:
    return [orjson.loads(body)["type"] for body in bodies]


async def tiers(shop: Shop) -> None:
    given: Json = {"tierMeasure": "POINTS_EARNED", "tiers": [{"name": "Silver", "threshold": "40"}]}
    assert code(await shop.admin.ask(SET_TIERS, input=given)) is None


async def test_a_tier_falls_by_itself_when_its_year_is_over(
    shop: Shop, hooks: Hooks, receiver: Receiver
):
    await hooks.endpoint(receiver.url, events=["tier.changed"])
    await earning(shop)
    await tiers(shop)
    buyer = {"externalId": await shop.customer()}
    await complete(shop.backend, buyer)
    reviews = TierReviews(shop.served.gateway.runtime)
    assert await due(shop) == 0
    shop.served.clock.now += 366 * DAY
    assert await due(shop) == 1
    await reviews.run()
    assert await due(shop) == 0
    found = await shop.backend.ask(
        "query($by: CustomerRef!) { customer(by: $by) { tier } }", by=buyer
    )
    assert found["tier"] is None
    await hooks.work()
    told = [orjson.loads(body)["data"]["detail"] for body in await hooks.bodies()]
    assert told == [{"from": None, "to": "Silver"}, {"from": "Silver", "to": None}]


async def due(shop: Shop) -> int:
    """Customers of the merchant whose tier is to be looked at now."""
    rows = await statement(
        "SELECT id FROM customer WHERE merchant_id = ? AND tier_review_at <= ?",
        shop.merchant_id,
        shop.served.clock(),
    )
    return len(rows)


async def test_a_customer_of_no_program_of_tiers_is_not_looked_at_for_ever(shop: Shop):
    """Tiers that were taken away again leave nobody due."""
    await earning(shop)
    await tiers(shop)
    await complete(shop.backend, {"externalId": await shop.customer()})
    assert code(await shop.admin.ask(SET_TIERS, input={"tiers": []})) is None
    shop.served.clock.now += 366 * DAY
    await TierReviews(shop.served.gateway.runtime).run()
    assert await due(shop) == 0


async def test_erasing_takes_the_name_out_of_what_was_and_will_be_sent(
    shop: Shop, hooks: Hooks, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    asha = await shop.customer(points=500, external_id="asha-by-name")
    await hooks.work()
    held = (await shop.backend.apply(customer={"externalId": asha}))["redemption"]["id"]
    worker = hooks.made[0]
    while await worker.hand_over():
        pass
    before = await hooks.bodies()
    assert sum("asha-by-name" in body for body in before) == 2
    erased = await shop.admin.ask(d.ERASE, input={"customer": {"externalId": asha}})
    assert code(erased) is None
    await hooks.work()
    after = await hooks.bodies()
    assert not any("asha-by-name" in body for body in after)
    assert kinds(after)[:2] == ["points.granted", "redemption.held"]
    assert "redemption.released" in kinds(after)
    assert orjson.loads(after[1])["data"]["redemption"]["id"] == held
    assert all("asha-by-name" not in each.body for each in receiver.received[1:])


async def test_a_grant_by_hand_is_told_with_its_reason(shop: Shop, hooks: Hooks):
    await hooks.endpoint("https://shop.example/hooks")
    asha = await shop.customer()
    await shop.admin.adjust(asha, 5, reason="sorry for the delay")
    await shop.admin.adjust(asha, 700, wallet="CREDITS")
    worker = hooks.worker()
    while await worker.hand_over():
        pass
    first, second = (orjson.loads(body)["data"]["detail"] for body in await hooks.bodies())
    assert first == {"wallet": "COINS", "points": 5, "reason": "sorry for the delay"}
    assert second == {"wallet": "CREDITS", "amount": money("7.00"), "reason": "a test"}
