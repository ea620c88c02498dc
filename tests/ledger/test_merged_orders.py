"""Orders, holds and refunds that a merge cuts through: what one customer would come to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.errors import Code
from gateway.rules.program import ClawbackPolicy
from tests.ledger.merging import merge
from tests.ledger.ordering import cancel, complete, earning, give_back, order_of
from tests.ledger.shop import PROGRAM, SECOND, Shop, done, refused


@pytest.mark.parametrize("named", [1, 2])
async def test_an_order_told_early_captures_the_hold_that_went_on(shop: Shop, named: int):
    await earning(shop)
    done(await shop.do(shop.grant(100)))
    held = await shop.held(100)
    order_of(await shop.do(give_back(shop, 20_000)))
    done(await shop.do(merge(shop)))
    order = order_of(await shop.do(complete(shop, customer=named, redemption_id=held)))
    assert (order.customer_id, order.redemption_id, order.paid_minor) == (1, held, 40_000)
    assert (order.earned_points, order.clawed_points) == (40, 20)
    assert await shop.balance(2) == (50 + 20, 0, 0, 0)
    again = order_of(await shop.do(cancel(shop, customer=named)))
    assert again.whole
    assert await shop.balance(2) == (100, 0, 0, 0)


async def test_an_order_told_early_has_what_the_account_captured_alone(shop: Shop):
    await earning(shop)
    done(await shop.do(shop.grant(100)))
    held = await shop.held(100)
    order_of(await shop.do(give_back(shop, 20_000)))
    done(await shop.do(merge(shop)))
    done(await shop.do(shop.capture(held, 1, order="order-1")))
    order = order_of(await shop.do(complete(shop, customer=2)))
    assert (order.customer_id, order.redemption_id) == (1, held)
    assert await shop.balance(2) == (50 + 20, 0, 0, 0)


async def test_a_hold_that_ran_out_before_the_merge_is_noted_on_its_order(shop: Shop):
    """The shop gave the discount, so it was not paid."""
    await earning(shop)
    done(await shop.do(shop.grant(100)))
    held = await shop.held(100)
    shop.now += 10_000 * SECOND
    done(await shop.do(merge(shop)))
    order = order_of(await shop.do(complete(shop, redemption_id=held, lenient=True)))
    assert (order.capture_refusal, order.paid_minor) == ("HOLD_EXPIRED", 40_000)


async def test_what_is_given_back_pays_no_debt(shop: Shop):
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    done(await shop.do(shop.grant(100)))
    paid = await shop.captured(60)
    done(await shop.do(merge(shop)))
    done(await shop.do(shop.withdraw(70, 2)))
    done(await shop.do(shop.refund(paid, 1)))
    assert await shop.balance(2) == (60, 0, 0, 30)


async def test_what_lapses_first_is_taken_back_first(shop: Shop):
    """Also where points that are given back by the same order come in at the guest."""
    await earning(shop)
    done(await shop.do(shop.grant(100)))
    held = await shop.held(100)
    done(await shop.do(complete(shop, redemption_id=held)))
    done(await shop.do(merge(shop)))
    done(await shop.do(shop.withdraw(40, 2)))
    soon = shop.now + 900 * SECOND
    done(await shop.do(shop.grant(50, 2, expires_at=soon)))
    outcome = await shop.do(cancel(shop))
    assert order_of(outcome).clawed_points == 40
    assert (outcome.coins.available, outcome.coins.expiry_points) == (110, 10)


async def test_a_revert_releases_what_is_held_since_the_order_was_given_back(shop: Shop):
    done(await shop.do(shop.grant(100)))
    done(await shop.do(shop.perform(1, order="o", requested=30)))
    done(await shop.do(shop.revert(1, order="o")))
    done(await shop.do(merge(shop)))
    held = await shop.held(50, 2, cart="o")
    assert not done(await shop.do(shop.revert(2, order="o"))).replayed
    assert await shop.status(held) == ("RELEASED", "REQUESTED")


async def test_an_order_that_is_reverted_meanwhile_is_performed_anew(shop: Shop):
    done(await shop.do(shop.grant(100)))
    done(await shop.do(shop.perform(1, order="o", requested=30)))
    done(await shop.do(merge(shop)))
    here = replace(shop.revert(1, order="o"), heir_id=2)
    anew = replace(shop.perform(1, order="o", requested=30), heir_id=2)
    answers = await shop.store.run([here, anew], shop.now)
    assert [a.elsewhere and a.elsewhere.customer_id for a in answers] == [None, 2]


async def test_a_hold_finds_its_order_paid_by_the_guest_and_the_key_knows_it(shop: Shop):
    done(await shop.do(shop.grant(100)))
    done(await shop.do(shop.perform(1, order="o", requested=30)))
    done(await shop.do(merge(shop)))
    held = await shop.held(10, 2)
    late = shop.capture(held, 2, order="o")
    outcome = await shop.do(late)
    assert refused(outcome) is Code.ALREADY_CAPTURED
    assert (outcome.coins.available, outcome.coins.held) == (60, 10)
    assert (await shop.do(late)).replayed
