"""A merchant that switches the integration off, or never switched it on."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Caller, Json, cart, code
from tests.e2e.conftest import Unchanged
from tests.e2e.serving import Served
from tests.e2e.shop import Shop, open_shop

pytestmark = pytest.mark.own_shop


async def test_switched_off_nothing_new_is_held_and_what_is_held_is_settled(
    shop: Shop, asha: str, shopper: Caller, unchanged: Unchanged
):
    quote = (await shopper.preview())["quote"]
    first = (await shopper.apply())["redemption"]["id"]
    second = (await shopper.apply(cart(cart_id="cart-2")))["redemption"]["id"]
    await shop.set_checkout(enabled=False)
    async with unchanged():
        seen = await shopper.preview()
        assert (seen["eligible"], seen["quote"]) == (False, None)
        assert [refusal["code"] for refusal in seen["refusals"]] == ["INTEGRATION_DISABLED"]
        assert seen["message"] == "Points cannot be used in this store at the moment."
        assert seen["payable"]["amount"] == "500.00"
        ways: list[Json] = [{}, {"quote": quote}, {"wallets": "CREDITS"}, {"points": 5}]
        for given in ways:
            refused = await shopper.apply(**given)
            assert code(refused) == "INTEGRATION_DISABLED", given
    assert not (await shop.page.ask("{ program { enabled } }"))["enabled"]
    assert code(await shop.backend.capture(first)) is None
    assert code(await shop.backend.refund(first)) is None
    assert code(await shopper.release(second)) is None
    assert (await shop.backend.balance(asha))["available"] == 500
    await shop.set_checkout(enabled=True)
    assert (await shopper.preview())["eligible"]


async def test_a_hold_that_ran_out_meanwhile_is_captured_late_all_the_same(
    shop: Shop, shopper: Caller
):
    held = (await shopper.apply(holdSeconds=60))["redemption"]["id"]
    await shop.set_checkout(enabled=False)
    shop.served.clock.advance(60)
    paid = await shop.backend.capture(held)
    assert paid["redemption"]["closeReason"] == "LATE"


async def test_a_new_merchant_is_switched_off_and_without_a_rule(served: Served):
    shop = await open_shop(served, rule=False)
    ravi = await shop.shopper(await shop.customer(points=5))
    assert [r["code"] for r in (await ravi.preview())["refusals"]] == ["INTEGRATION_DISABLED"]
    await shop.set_checkout(enabled=True)
    assert [r["code"] for r in (await ravi.preview())["refusals"]] == ["NO_RULE_CONFIGURED"]
    assert code(await ravi.apply()) == "NO_RULE_CONFIGURED"
