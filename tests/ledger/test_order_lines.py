"""A rule for certain products is judged by the lines of the order, where they are told."""

from __future__ import annotations

from dataclasses import replace

from gateway.errors import Code
from gateway.ledger.terms import LINES_DEMANDED
from gateway.rules.facts import Cart, CartLine
from tests.ledger.ordering import complete, order_of
from tests.ledger.shop import PROGRAM, Shop, done, refused

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


async def demanding(shop: Shop) -> int:
    """A merchant who demands lines; 80 points are held."""
    await shop.publish(replace(PROGRAM, version=2, order_lines_required=True))
    await shop.do(shop.grant(500))
    return await shop.held(80)


async def test_a_capture_without_the_lines_that_are_demanded_is_refused_and_not_remembered(
    shop: Shop,
):
    capture = shop.capture(await demanding(shop))
    assert (await shop.do(capture)).refusal == LINES_DEMANDED
    told = replace(capture, lines=(CartLine("tea", 50_000),))
    redemption = done(await shop.do(told)).redemption
    assert redemption is not None
    assert redemption.captured_points == 80
    assert (await shop.do(capture)).replayed, "what was decided stays decided"


async def test_an_order_without_the_lines_that_are_demanded_is_refused_unless_lenient(shop: Shop):
    held = await demanding(shop)
    assert (await shop.do(complete(shop, redemption_id=held))).refusal == LINES_DEMANDED
    assert await shop.status(held) == ("HELD", None)
    assert order_of(await shop.do(complete(shop, redemption_id=held, lenient=True))).completed
