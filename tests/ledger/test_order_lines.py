"""A rule for certain products is judged by the lines of the order, where they are told."""

from __future__ import annotations

from dataclasses import replace

from gateway.errors import Code
from gateway.rules.facts import Cart, CartLine
from tests.ledger.shop import Shop, done, refused

CLAIMED = (CartLine("tea", 40_000), CartLine("cup", 10_000))


async def claimed(shop: Shop) -> int:
    """A browser claims that most of its cart is tea, which the rule covers; 80 points are held."""
    await shop.change_rule(2, product_ids=frozenset({"tea"}))
    await shop.do(shop.grant(500))
    command = replace(shop.apply(80), cart=Cart("cart", 50_000, CLAIMED))
    redemption = done(await shop.do(command)).redemption
    assert redemption is not None
    return redemption.id


async def test_an_order_with_less_of_what_is_covered_is_refused(shop: Shop):
    capture = shop.capture(await claimed(shop))
    lines = (CartLine("tea", 5_000), CartLine("cup", 45_000))
    outcome = await shop.do(replace(capture, lines=lines))
    assert refused(outcome) is Code.ORDER_TOTAL_TOO_LOW
    assert outcome.refusal is not None
    assert outcome.refusal.allowed_points == 50


async def test_an_order_with_the_claimed_lines_is_captured(shop: Shop):
    capture = shop.capture(await claimed(shop))
    redemption = done(await shop.do(replace(capture, lines=CLAIMED))).redemption
    assert redemption is not None
    assert redemption.captured_points == 80


async def test_without_lines_the_carts_claim_bounds_what_is_covered(shop: Shop):
    redemption = done(await shop.do(shop.capture(await claimed(shop)))).redemption
    assert redemption is not None
    assert redemption.captured_discount_minor == 8_000
