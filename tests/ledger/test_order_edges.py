"""Orders where it is tight: limits, nothing paid, lost keys, other orders of arrival."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import Code
from gateway.ledger.commands import Command, Wallet, WalletUse, Withdraw
from gateway.ledger.order_commands import ReviewTier
from gateway.ledger.orders import MOST_REFUNDS
from gateway.rules.earning_rules import Tier, TierMeasure
from gateway.rules.program import MAX_SAFE_INTEGER, NO_MINIMUM, ClawbackPolicy
from tests.ledger.ordering import (
    RATE,
    TIERS,
    WELCOME,
    award,
    cancel,
    complete,
    earning,
    give_back,
    order_of,
)
from tests.ledger.shop import DAY, MERCHANT, SECOND, START, Shop, done, refused

MIDNIGHT = -(-START // DAY) * DAY


def keyless(command: Command) -> Command:
    """Known again by what it is about alone."""
    return replace(command, key=None)


async def test_without_a_key_points_move_and_the_future_is_known(shop: Shop):
    """The verification at the end of the test finds a due time that was not worked out anew."""
    week = 7 * 86_400
    await earning(shop, rules=(RATE, WELCOME), return_window_seconds=week, expiry_seconds=week)
    done(await shop.do(keyless(complete(shop))))
    again = await shop.do(keyless(complete(shop)))
    assert again.replayed
    assert await shop.balance() == (0, 0, 50, 0)
    done(await shop.do(keyless(give_back(shop, 10_000))))
    done(await shop.do(keyless(award(shop))))
    shop.now += 7 * DAY
    assert await shop.balance() == (40, 0, 0, 0)
    done(await shop.do(keyless(cancel(shop))))
    assert await shop.balance() == (0, 0, 0, 0)


async def test_a_cancellation_told_again_makes_up_for_a_capture_that_came_after_it(shop: Shop):
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    done(await shop.do(cancel(shop)))
    done(await shop.do(shop.capture(held, order="order-1")))
    assert await shop.balance() == (0, 0, 0, 0)
    again = await shop.do(cancel(shop))
    assert again.replayed
    assert order_of(again).redemption_id == held
    assert await shop.balance() == (100, 0, 0, 0)


async def test_a_refund_told_again_makes_up_for_a_capture_that_came_after_it(shop: Shop):
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    done(await shop.do(give_back(shop, 10_000)))
    done(await shop.do(shop.capture(held, order="order-1")))
    assert (await shop.do(give_back(shop, 10_000))).replayed
    assert await shop.balance() == (25, 0, 0, 0)


async def test_a_completed_order_that_was_captured_afterwards_gives_that_back(shop: Shop):
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    assert order_of(await shop.do(complete(shop))).redemption_id is None
    done(await shop.do(shop.capture(held, order="order-1")))
    order = order_of(await shop.do(cancel(shop)))
    assert (order.redemption_id, order.paid_minor) == (held, 50_000)
    assert await shop.balance() == (100, 0, 0, 0)


@pytest.mark.parametrize("by_cart", [False, True])
async def test_what_an_order_took_counts_where_a_lenient_shop_names_something_else(
    shop: Shop, *, by_cart: bool
):
    await earning(shop)
    await shop.do(shop.grant(200))
    taken, named = await shop.held(50, cart="one"), await shop.held(60, cart="two")
    done(await shop.do(shop.capture(taken, order="order-1")))
    other: dict[str, Any] = {"cart_id": "nowhere"} if by_cart else {"redemption_id": named}
    refusal = refused(await shop.do(complete(shop, **other)))
    assert refusal is (Code.REDEMPTION_NOT_FOUND if by_cart else Code.ALREADY_CAPTURED)
    order = order_of(await shop.do(complete(shop, lenient=True, **other)))
    assert (order.redemption_id, order.capture_refusal) == (taken, None)
    assert (order.paid_minor, order.earned_points) == (45_000, 45)
    done(await shop.do(cancel(shop)))
    assert await shop.balance() == (140, 60, 0, 0)


async def test_an_order_that_captured_less_than_was_held_paid_the_rest(shop: Shop):
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    done(await shop.do(shop.capture(held, order="order-1", points=60)))
    order = order_of(await shop.do(complete(shop)))
    assert (order.paid_minor, order.earned_points) == (44_000, 44)
    await shop.do(give_back(shop, 11_000))
    assert await shop.balance() == (40 + 15 + 33, 0, 0, 0)


async def test_a_lenient_order_notes_that_what_it_names_is_not_there(shop: Shop):
    await earning(shop)
    order = order_of(await shop.do(complete(shop, cart_id="nowhere", lenient=True)))
    assert (order.redemption_id, order.paid_minor) == (None, 50_000)
    assert order.capture_refusal == Code.REDEMPTION_NOT_FOUND
    assert refused(await shop.do(complete(shop, "other", cart_id="nowhere"))) is (
        Code.REDEMPTION_NOT_FOUND
    )


async def test_a_capture_by_the_cart_told_again_after_all_was_given_back_takes_no_other(
    shop: Shop,
):
    """Also where the cart holds something new: the order had what it had."""
    await shop.do(shop.grant(200))
    held = await shop.held(100, cart="cart-9")
    capture = replace(shop.capture(held, order="order-1"), redemption_id=None, cart_id="cart-9")
    done(await shop.do(capture))
    done(await shop.do(shop.refund(held)))
    await shop.held(30, cart="cart-9")
    again = done(await shop.do(replace(capture, key=shop.common(1, None)["key"])))
    assert again.replayed
    assert again.redemption is not None
    assert again.redemption.id == held
    assert await shop.balance() == (170, 30, 0, 0)


async def test_an_order_that_credit_alone_paid_for_is_given_back_by_its_lines(shop: Shop):
    await earning(shop)
    await shop.publish(replace(await earning(shop, 3), version=4, minimum_payment=NO_MINIMUM))
    await shop.do(shop.grant(5_000, wallet=Wallet.CREDITS))
    use = WalletUse.CREDITS
    outcome = done(await shop.do(shop.apply(total=5_000, wallets=use)))
    assert outcome.redemption is not None
    sale = complete(shop, total=5_000, redemption_id=outcome.redemption.id)
    order = order_of(await shop.do(sale))
    assert (order.paid_minor, order.earned_points) == (0, 0)
    outcome = await shop.do(give_back(shop, lines=4_999))
    assert not order_of(outcome).whole
    assert outcome.credits.available == 0
    outcome = await shop.do(give_back(shop, lines=1))
    assert order_of(outcome).whole
    assert outcome.credits.available == 5_000


async def test_an_order_of_nothing_is_given_back_whole(shop: Shop):
    await earning(shop)
    await shop.do(complete(shop, total=0))
    assert not order_of(await shop.do(give_back(shop, lines=5))).whole
    assert order_of(await shop.do(give_back(shop))).whole


async def test_refunds_of_an_order_have_an_end_and_a_cancellation_does_not_count(shop: Shop):
    await earning(shop)
    await shop.do(complete(shop, total=1_000_000))
    for n in range(MOST_REFUNDS):
        done(await shop.do(give_back(shop, 1_000, refund=f"r-{n}")))
    more = await shop.do(give_back(shop, 1_000, refund="more"))
    assert refused(more) is Code.TOO_MANY_REFUNDS
    assert (await shop.do(give_back(shop, 1_000, refund="r-7"))).replayed
    assert await shop.balance() == (1_000 - MOST_REFUNDS, 0, 0, 0)
    done(await shop.do(cancel(shop)))
    assert await shop.balance() == (0, 0, 0, 0)


async def test_an_order_earns_no_more_than_an_account_can_count(shop: Shop):
    dear = replace(RATE, points=MAX_SAFE_INTEGER, per_minor=1)
    await earning(shop, rules=(dear, replace(RATE, id=12)))
    await shop.do(shop.grant(MAX_SAFE_INTEGER - 7))
    order = order_of(await shop.do(complete(shop, total=MAX_SAFE_INTEGER)))
    assert order.earned_points == 7
    assert refused(await shop.do(award(shop))) is Code.RULE_INACTIVE
    done(await shop.do(give_back(shop, MAX_SAFE_INTEGER // 2)))
    assert (await shop.balance())[0] == MAX_SAFE_INTEGER - 4
    done(await shop.do(cancel(shop)))
    assert (await shop.balance())[0] == MAX_SAFE_INTEGER - 7


async def test_an_award_beyond_the_largest_number_is_refused(shop: Shop):
    await earning(shop, rules=(WELCOME,))
    await shop.do(shop.grant(MAX_SAFE_INTEGER - 24))
    assert refused(await shop.do(award(shop))) is Code.POINTS_NOT_ALLOWED
    await shop.do(shop.withdraw(1))
    done(await shop.do(award(shop)))


async def test_what_finds_no_room_is_returned_when_it_is_told_again(shop: Shop):
    await earning(shop, rules=())
    await shop.do(shop.grant(100))
    await shop.do(complete(shop, redemption_id=await shop.held(100)))
    await shop.do(shop.grant(MAX_SAFE_INTEGER - 60))
    done(await shop.do(cancel(shop)))
    assert (await shop.balance())[0] == MAX_SAFE_INTEGER
    await shop.do(shop.withdraw(50))
    assert (await shop.do(cancel(shop))).replayed
    assert (await shop.balance())[0] == MAX_SAFE_INTEGER - 10


async def test_credit_that_finds_no_room_is_returned_when_it_is_told_again(shop: Shop):
    await earning(shop, rules=())
    await shop.do(shop.grant(100, wallet=Wallet.CREDITS))
    outcome = done(await shop.do(shop.apply(wallets=WalletUse.CREDITS)))
    assert outcome.redemption is not None
    await shop.do(complete(shop, redemption_id=outcome.redemption.id))
    await shop.do(shop.grant(MAX_SAFE_INTEGER - 60, wallet=Wallet.CREDITS))
    outcome = done(await shop.do(cancel(shop)))
    assert outcome.credits.available == MAX_SAFE_INTEGER
    await shop.do(replace(shop.withdraw(50), wallet=Wallet.CREDITS))
    outcome = await shop.do(cancel(shop))
    assert outcome.credits.available == MAX_SAFE_INTEGER - 10


async def test_a_debt_ends_at_the_largest_number_and_the_rest_is_forgiven(shop: Shop):
    await earning(shop, clawback_policy=ClawbackPolicy.DEBT)
    await shop.do(complete(shop))
    await shop.captured(50)
    most = Withdraw(
        points=MAX_SAFE_INTEGER - 20, wallet=Wallet.COINS, reason="", **shop.common(1, None)
    )
    done(await shop.do(most))
    order = order_of(await shop.do(cancel(shop)))
    assert (order.clawed_points, order.forgiven_points) == (50, 30)
    assert await shop.balance() == (0, 0, 0, MAX_SAFE_INTEGER)


async def test_earned_points_that_paid_a_debt_are_owed_again(shop: Shop):
    await earning(shop, clawback_policy=ClawbackPolicy.DEBT)
    await shop.do(shop.withdraw(30))
    await shop.do(complete(shop))
    assert await shop.balance() == (20, 0, 0, 0)
    await shop.do(give_back(shop, 25_000))
    assert await shop.balance() == (0, 0, 0, 5)
    await shop.do(cancel(shop))
    assert await shop.balance() == (0, 0, 0, 30)
    told = await shop.sql("SELECT kind, reason FROM journal ORDER BY sequence")
    assert {entry for entry in told if entry[0] in {"EARN", "CLAWBACK", "DEBT"}} == {
        ("DEBT", "returned"),
        ("EARN", "order-1"),
        ("CLAWBACK", "order-1"),
        ("DEBT", "order-1"),
    }


async def test_what_is_owed_alone_is_told_as_well(shop: Shop):
    await earning(shop, clawback_policy=ClawbackPolicy.DEBT)
    await shop.do(complete(shop))
    await shop.captured(50)
    await shop.do(cancel(shop))
    told = await shop.sql("SELECT payload FROM outbox WHERE kind = 'points.clawed_back'")
    assert len(told) == 1
    assert '"owed":50' in told[0][0]


async def test_points_that_are_taken_back_are_the_orders_own_then_the_soonest(shop: Shop):
    await earning(shop, return_window_seconds=86_400)
    await shop.do(complete(shop))
    await shop.do(shop.grant(20, expires_at=shop.now + 90 * DAY))
    await shop.do(shop.grant(20, expires_at=shop.now + 9 * DAY))
    await shop.do(give_back(shop, 10_000))
    assert await shop.balance() == (40, 0, 40, 0)
    shop.now += DAY
    held = await shop.captured(60)
    assert await shop.status(held) == ("CAPTURED", None)
    await shop.do(shop.grant(5, expires_at=shop.now + 90 * DAY))
    await shop.do(shop.grant(5, expires_at=shop.now + 9 * DAY))
    await shop.do(give_back(shop, 23_000))
    left = await shop.sql("SELECT available FROM lot WHERE open ORDER BY number")
    assert left == [(5,), (2,)]


async def test_what_an_order_earned_does_not_change_with_the_rules(shop: Shop):
    await earning(shop)
    await shop.do(complete(shop))
    await earning(shop, 3, rules=(replace(RATE, version=2, points=9),))
    assert order_of(await shop.do(complete(shop))).earned_points == 50
    order = order_of(await shop.do(give_back(shop, 25_000)))
    assert (order.earned_points, order.clawed_points) == (50, 25)


async def test_an_order_of_a_year_ago_has_its_day_and_counts_for_no_tier(shop: Shop):
    await earning(shop, tiers=TIERS)
    for days, name in ((365, None), (364, "Silver")):
        sale = complete(shop, f"{days}", 100_000, placed_at=shop.now - days * DAY)
        assert order_of(await shop.do(sale)).earned_points == 100
        assert await shop.sql("SELECT tier FROM customer WHERE id = 1") == [(name,)]
    await shop.do(cancel(shop, "365"))
    await shop.do(cancel(shop, "364"))
    days = await shop.sql("SELECT day, earned_points, orders FROM customer_day ORDER BY day")
    today = shop.now // DAY
    assert days == [(today - 365, 0, 1), (today - 364, 0, 1)]


async def reviewed(shop: Shop) -> list[tuple[str | None, int | None]]:
    await shop.do(ReviewTier(merchant_id=MERCHANT, customer_id=1))
    return await shop.sql("SELECT tier, tier_review_at FROM customer WHERE id = 1")


async def test_a_tier_falls_at_midnight_when_its_day_has_left_the_year(shop: Shop):
    """Told of it once, then; and the time to look again is that very midnight."""
    shop.now = MIDNIGHT - 1
    await earning(shop, tiers=TIERS, expiry_seconds=None)
    await shop.do(complete(shop, total=100_000))
    shop.now = MIDNIGHT
    falls = MIDNIGHT + 364 * DAY
    assert await reviewed(shop) == [("Silver", falls)]
    shop.now = falls - 1
    assert await reviewed(shop) == [("Silver", falls)]
    shop.now = falls
    assert await reviewed(shop) == [(None, None)]
    assert await reviewed(shop) == [(None, None)]
    told = await shop.sql("SELECT count(*) FROM outbox WHERE kind = 'tier.changed'")
    assert told == [(2,)]


async def test_without_tiers_a_customer_keeps_theirs_and_is_not_looked_at_again(shop: Shop):
    await earning(shop, tiers=TIERS)
    await shop.do(complete(shop, total=100_000))
    await earning(shop, 3, tiers=())
    assert await reviewed(shop) == [("Silver", None)]


async def test_a_tier_by_spending_counts_what_was_paid_and_kept(shop: Shop):
    tiers = (Tier("All", 0), Tier("Silver", 40_000, 12_500))
    await earning(shop, tiers=tiers, tier_measure=TierMeasure.AMOUNT_SPENT)
    await shop.do(shop.grant(100))
    await shop.do(complete(shop, redemption_id=await shop.held(100)))
    assert (await reviewed(shop))[0][0] == "Silver"
    await shop.do(give_back(shop, 1))
    assert await reviewed(shop) == [("All", None)]


async def test_a_hold_that_ran_out_is_not_captured_where_the_points_are_gone(shop: Shop):
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100, cart="cart-9", hold_seconds=60)
    shop.now += 61 * SECOND
    await shop.captured(50)
    assert refused(await shop.do(complete(shop, cart_id="cart-9"))) is Code.HOLD_EXPIRED
    order = order_of(await shop.do(complete(shop, cart_id="cart-9", lenient=True)))
    assert (order.redemption_id, order.capture_refusal) == (held, Code.HOLD_EXPIRED)
    assert (order.paid_minor, order.earned_points) == (40_000, 40)
    await shop.do(cancel(shop))
    assert await shop.balance() == (50, 0, 0, 0)


@pytest.mark.parametrize("refund", [(10_000, None), (None, 25_000), (None, None)])
async def test_one_refund_id_names_one_refund(shop: Shop, refund: tuple[int | None, int | None]):
    """Also before the order is told."""
    amount, lines = refund
    done(await shop.do(give_back(shop, amount, lines, refund="r")))
    assert (await shop.do(give_back(shop, amount, lines, refund="r"))).replayed
    assert refused(await shop.do(give_back(shop, 77, refund="r"))) is Code.ORDER_CONFLICT
