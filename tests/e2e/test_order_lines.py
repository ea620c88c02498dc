"""A merchant that demands the lines of every order, so that no page's word on its cart counts."""

from __future__ import annotations

from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.documents import CAPTURE
from tests.e2e.serving import Served
from tests.e2e.shop import Shop, open_shop

DEMANDED = "{ merchant { customCheckout { orderLinesRequired } } }"


def line(product: str, total: str) -> Json:
    return {"productId": product, "quantity": 1, "total": money(total)}


def order(*lines: Json) -> Json:
    return {"id": "order-1", "total": money("500.00"), "lines": list(lines)}


async def demands(shop: Shop) -> bool:
    return (await shop.admin.ask(DEMANDED))["customCheckout"]["orderLinesRequired"]


async def test_a_page_cannot_claim_what_the_rule_covers_where_lines_are_demanded(
    served: Served,
):
    """It says that all is tea; the order, under the same key, says that most of it is not."""
    shop = await open_shop(served, rule=False)
    await shop.set_checkout(enabled=True)
    await shop.make_rule(productIds=["tea"])
    assert not await demands(shop)
    await shop.set_checkout(orderLinesRequired=True)
    await shop.set_checkout(holdSeconds=60)
    assert await demands(shop)
    shopper = await shop.shopper(await shop.customer(points=500))
    held = (await shopper.apply(cart(lines=[line("tea", "500.00")])))["redemption"]
    assert held["points"] == 100
    refused = await shop.backend.capture(held["id"], key="k")
    (error,) = refused["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["order", "lines"])
    assert "lines" in error["message"]
    few = order(line("tea", "40.00"), line("cup", "460.00"))
    refused = await shop.backend._keyed(CAPTURE, {"id": held["id"], "order": few, "key": "k"})
    assert (code(refused), refused["userErrors"][0]["allowedPoints"]) == ("ORDER_TOTAL_TOO_LOW", 40)
    whole = order(line("tea", "500.00"))
    paid = await shop.backend._keyed(CAPTURE, {"id": held["id"], "order": whole})
    assert paid["redemption"]["capturedPoints"] == 100


async def test_a_merchant_that_demands_nothing_is_not_asked(shop: Shop, shopper: Caller):
    held = (await shopper.apply())["redemption"]["id"]
    assert code(await shop.backend.capture(held)) is None
