"""One order takes one redemption: two would each count the whole order as theirs."""

from __future__ import annotations

import asyncio

from gateway.errors import Code
from tests.ledger.shop import Shop, done, refused


async def test_an_order_takes_one_redemption_so_that_its_minimum_payment_holds(shop: Shop):
    await shop.do(shop.grant(500))
    first = await shop.held(100, cart="one")
    second = await shop.held(100, cart="two")
    done(await shop.do(shop.capture(first, order="O-1")))
    outcome = await shop.do(shop.capture(second, order="O-1"))
    assert refused(outcome) is Code.ALREADY_CAPTURED
    assert outcome.refusal is not None
    assert outcome.refusal.field == ("order", "id")
    assert await shop.status(second) == ("HELD", None)
    done(await shop.do(shop.capture(second, order="O-2")))


async def test_two_redemptions_racing_for_one_order_are_told_apart(shop: Shop):
    await shop.do(shop.grant(500))
    held = [await shop.held(50, cart=cart) for cart in "abcd"]
    answers = [shop.do(shop.capture(redemption, order="O-1")) for redemption in held]
    outcomes = await asyncio.gather(*answers)
    assert sorted(outcome.refusal is None for outcome in outcomes) == [False, False, False, True]
