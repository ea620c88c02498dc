"""Events of the go-live test say so."""

from __future__ import annotations

from tests.e2e.launching import run
from tests.e2e.shop import Shop
from tests.webhooks.hooks import Hooks, verified
from tests.webhooks.receiver import Receiver


async def test_events_of_the_go_live_test_are_marked_and_others_are_not(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    _, secret = await hooks.endpoint(receiver.url)
    asha = await shop.customer(points=10)
    await run(shop, "failed-payment", "order-completed", "order-refunded")
    await hooks.work()
    told = [verified(request, secret) for request in receiver.received]
    marked = {each["data"]["customer"]["externalId"]: each.get("sandbox") for each in told}
    assert marked.pop(asha) is None
    assert list(marked.values()) == [True]
    assert next(iter(marked)).startswith("sandbox:")
    kinds = {each["type"] for each in told if each.get("sandbox")}
    assert kinds >= {"points.granted", "redemption.held", "redemption.captured"}
