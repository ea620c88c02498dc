"""In whatever order the deliveries of one order come, and however often, the end is the same."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from tests.e2e.caller import Json
from tests.e2e.deliveries import TOPICS, Platform, fixture, open_platform
from tests.e2e.serving import Served

STORIES = {
    "SHOPIFY": ("shopify-orders-paid", "shopify-refunds-create"),
    "SHOPIFY cancelled": (
        "shopify-orders-paid",
        "shopify-refunds-create",
        "shopify-orders-cancelled",
    ),
    "WOOCOMMERCE": ("woocommerce-order-processing", "woocommerce-order-refunds"),
    "WOOCOMMERCE cancelled": (
        "woocommerce-order-processing",
        "woocommerce-order-refunds",
        "woocommerce-order-cancelled",
    ),
    "COMMERCETOOLS": (
        "commercetools-order-created",
        "commercetools-order-payment-state-changed",
        "commercetools-return-info-added",
        "commercetools-return-arrived",
        "commercetools-return-announced",
    ),
    "GENERIC": ("generic-order-paid", "generic-order-refunded", "generic-order-cancelled"),
}
MOST = 24
"""Orders of arrival tried of each story; each with a repetition of its own."""


def numbered(name: str, kind: str, order: str) -> Json:
    """The delivery, of another order of the same customer."""
    body = fixture(name)
    if kind == "SHOPIFY":
        return body | ({"order_id": order} if "order_id" in body else {"id": order})
    if kind == "WOOCOMMERCE":
        return body | {"id": order}
    if kind == "COMMERCETOOLS":
        body["resource"]["id"] = order
        if "order" in body:
            body["order"]["id"] = order
        return body | {"id": f"{order}-{body['id']}"}
    body["data"]["order"]["id"] = order
    return body


async def told(platform: Platform, names: tuple[str, ...], order: str, chance: Random) -> Json:
    """The order after these deliveries, with some of them repeated, carried out now and then."""
    before = await balance(platform)
    for name in names:
        for _ in range(chance.choice((1, 1, 2))):
            body = numbered(name, platform.kind, order)
            await platform.send(body, TOPICS.get(name, "order.updated"))
            if chance.random() < 0.5:
                await platform.run()
    for body, headers in chance.sample(platform.sent, 1):
        await platform.post(body, headers)
    for _ in range(len(names)):
        await platform.hurry()
    assert {state for state, _ in await platform.states()} <= {"DONE", "IGNORED"}
    end = await platform.order(order)
    del end["customer"]
    end["refunds"].sort(key=str)
    return end | {"points": await balance(platform) - before}


async def balance(platform: Platform) -> int:
    found = await platform.shop.admin.ask(
        "query All($by: CustomerRef!) { customer(by: $by) { points { available debt } } }",
        by={"email": "asha@example.com"},
    )
    return found["points"]["available"] - found["points"]["debt"] if found else 0


@pytest.mark.parametrize("story", STORIES)
async def test_any_order_of_arrival_with_any_repetition_ends_alike(served: Served, story: str):
    kind = story.split(maxsplit=1)[0]
    platform = await open_platform(served, kind)
    chance = Random(story)  # noqa: S311 - which order of arrival is no secret
    orders = list(permutations(STORIES[story]))
    tried = [orders[0], *chance.sample(orders[1:], min(MOST, len(orders)) - 1)]
    ends = [
        await told(platform, names, f"{number}", chance) for number, names in enumerate(tried, 1)
    ]
    assert ends == [ends[0]] * len(ends)
    assert ends[0]["earnedPoints"] > 0
