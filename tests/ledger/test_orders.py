"""Orders on both engines: what they take, what they bring, and what they give back."""

from __future__ import annotations

from itertools import permutations

import pytest

from gateway.errors import Code
from gateway.ledger.commands import Status
from gateway.rules.earning_rules import TierMeasure
from gateway.rules.facts import CartLine
from gateway.rules.program import ClawbackPolicy
from tests.ledger.ordering import (
    FIRST,
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
from tests.ledger.shop import DAY, SECOND, Shop, done, refused


async def test_a_paid_order_captures_its_redemption_and_earns_on_what_was_paid(shop: Shop) -> None:
    await earning(shop)
    await shop.do(shop.grant(1_000))
    held = await shop.held(100)
    outcome = await shop.do(complete(shop, redemption_id=held))
    order = order_of(outcome)
    assert (order.total_minor, order.paid_minor, order.earned_points) == (50_000, 40_000, 40)
    assert outcome.redemption is not None
    assert outcome.redemption.status is Status.CAPTURED
    assert await shop.balance() == (940, 0, 0, 0)


async def test_a_completed_order_told_again_changes_nothing(shop: Shop) -> None:
    await earning(shop)
    first = await shop.do(complete(shop))
    again = await shop.do(complete(shop))
    assert again.replayed
    assert again.order == first.order
    assert await shop.balance() == (50, 0, 0, 0)


async def test_an_order_told_otherwise_is_a_conflict_unless_lenient(shop: Shop) -> None:
    await earning(shop)
    first = await shop.do(complete(shop))
    assert refused(await shop.do(complete(shop, total=60_000))) is Code.ORDER_CONFLICT
    lenient = await shop.do(complete(shop, total=60_000, lenient=True))
    assert lenient.order == first.order


async def test_an_order_of_another_customer_is_refused(shop: Shop) -> None:
    await earning(shop)
    await shop.do(complete(shop))
    assert refused(await shop.do(complete(shop, customer=2))) is Code.ORDER_OF_ANOTHER
    assert refused(await shop.do(cancel(shop, customer=2))) is Code.ORDER_OF_ANOTHER


async def test_a_refund_returns_and_takes_back_in_proportion(shop: Shop) -> None:
    """P = 400.00, N = 100 points, G = 40: a quarter back returns 25 and leaves 30 earned."""
    await earning(shop)
    await shop.do(shop.grant(100))
    await shop.do(complete(shop, redemption_id=await shop.held(100)))
    order = order_of(await shop.do(give_back(shop, 10_000)))
    assert (order.refunded_minor, order.clawed_points) == (10_000, 10)
    assert await shop.balance() == (55, 0, 0, 0)
    order = order_of(await shop.do(give_back(shop, lines=25_000)))
    assert (order.refunded_minor, order.clawed_points) == (30_000, 30)
    assert await shop.balance() == (85, 0, 0, 0)
    order = order_of(await shop.do(give_back(shop)))
    assert (order.refunded_minor, order.clawed_points) == (40_000, 40)
    assert await shop.balance() == (100, 0, 0, 0)


async def test_more_than_was_paid_counts_as_all_of_it(shop: Shop) -> None:
    await earning(shop)
    await shop.do(complete(shop))
    order = order_of(await shop.do(give_back(shop, 90_000)))
    assert order.refunded_minor == 50_000
    assert await shop.balance() == (0, 0, 0, 0)


async def test_the_same_refund_again_changes_nothing(shop: Shop) -> None:
    await earning(shop)
    await shop.do(complete(shop))
    await shop.do(give_back(shop, 10_000, refund="r"))
    again = await shop.do(give_back(shop, 10_000, refund="r"))
    assert again.replayed
    assert refused(await shop.do(give_back(shop, 20_000, refund="r"))) is Code.ORDER_CONFLICT
    assert await shop.balance() == (40, 0, 0, 0)


EVENTS = ("complete", "first", "second", "cancel")


@pytest.mark.parametrize("order", list(permutations(EVENTS)), ids="-".join)
@pytest.mark.parametrize("policy", list(ClawbackPolicy))
async def test_any_order_of_arrival_ends_alike(
    shop: Shop, order: tuple[str, ...], policy: ClawbackPolicy
) -> None:
    await earning(shop, clawback_policy=policy)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    for kind in (*order, *order[:2]):
        command = {
            "complete": lambda: complete(shop, redemption_id=held),
            "first": lambda: give_back(shop, 10_000, refund="first"),
            "second": lambda: give_back(shop, lines=7_777, refund="second"),
            "cancel": lambda: cancel(shop),
        }[kind]()
        state = order_of(await shop.do(command))
    state = order_of(await shop.do(cancel(shop)))
    assert (state.earned_points, state.clawed_points, state.forgiven_points) == (40, 40, 0)
    assert (state.paid_minor, state.refunded_minor) == (40_000, 40_000)
    assert await shop.status(held) == ("CAPTURED", None)
    assert await shop.balance() == (100, 0, 0, 0)


async def test_points_wait_for_the_return_window_and_are_taken_back_from_there(shop: Shop) -> None:
    await earning(shop, return_window_seconds=14 * 86_400)
    await shop.do(complete(shop))
    assert await shop.balance() == (0, 0, 50, 0)
    await shop.do(give_back(shop, 10_000))
    assert await shop.balance() == (0, 0, 40, 0)
    shop.now += 14 * DAY
    assert await shop.balance() == (40, 0, 0, 0)


@pytest.mark.parametrize(
    ("policy", "left"),
    [(ClawbackPolicy.WITHIN_BALANCE, (0, 0, 0, 0)), (ClawbackPolicy.DEBT, (0, 0, 0, 30))],
)
async def test_spent_points_are_forgiven_or_owed(
    shop: Shop, policy: ClawbackPolicy, left: tuple[int, ...]
) -> None:
    await earning(shop, clawback_policy=policy)
    await shop.do(complete(shop))
    await shop.captured(30)
    order = order_of(await shop.do(cancel(shop)))
    assert order.clawed_points == 50
    assert order.forgiven_points == (30 if policy is ClawbackPolicy.WITHIN_BALANCE else 0)
    assert await shop.balance() == left


async def test_what_is_owed_is_paid_by_the_next_order(shop: Shop) -> None:
    await earning(shop, clawback_policy=ClawbackPolicy.DEBT)
    await shop.do(complete(shop))
    await shop.captured(30)
    await shop.do(cancel(shop))
    await shop.do(complete(shop, "order-2"))
    assert await shop.balance() == (20, 0, 0, 0)


async def test_a_free_order_is_given_back_only_as_a_whole(shop: Shop) -> None:
    await earning(shop, rules=(RATE,))
    await shop.change_rule(3, maximum_discount_minor=None)
    await shop.do(shop.grant(500))
    program = await earning(shop, 4)
    assert program.minimum_payment.value
    order = order_of(await shop.do(complete(shop, total=0)))
    assert (order.paid_minor, order.earned_points) == (0, 0)
    order = order_of(await shop.do(give_back(shop, 100)))
    assert order.refunded_minor == 0


async def test_a_capture_that_is_refused_refuses_the_order_unless_lenient(shop: Shop) -> None:
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    too_low = complete(shop, total=9_000, redemption_id=held)
    assert refused(await shop.do(too_low)) is Code.ORDER_TOTAL_TOO_LOW
    order = order_of(await shop.do(complete(shop, total=9_000, redemption_id=held, lenient=True)))
    assert order.capture_refusal == Code.ORDER_TOTAL_TOO_LOW
    assert order.paid_minor == 0
    assert await shop.balance() == (0, 100, 0, 0)


async def test_what_was_paid_is_enough_to_complete(shop: Shop) -> None:
    """A shop tells what its customer paid: the total before points follows from the discount."""
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    command = complete(shop, total=None, paid_minor=40_000, redemption_id=held)
    order = order_of(await shop.do(command))
    assert (order.total_minor, order.paid_minor) == (50_000, 40_000)


async def test_a_redemption_captured_before_belongs_to_its_order(shop: Shop) -> None:
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    done(await shop.do(shop.capture(held, order="order-1")))
    outcome = await shop.do(complete(shop))
    assert order_of(outcome).paid_minor == 40_000
    assert order_of(outcome).redemption_id == held


async def test_cancelling_an_order_that_was_only_captured_returns_its_points(shop: Shop) -> None:
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100)
    done(await shop.do(shop.capture(held, order="order-1")))
    order = order_of(await shop.do(cancel(shop)))
    assert (order.completed, order.paid_minor) == (False, 40_000)
    assert await shop.balance() == (100, 0, 0, 0)
    order = order_of(await shop.do(complete(shop)))
    assert (order.earned_points, order.clawed_points) == (40, 40)
    assert await shop.balance() == (100, 0, 0, 0)


async def test_the_lost_id_of_a_redemption_is_found_by_its_cart(shop: Shop) -> None:
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100, cart="cart-9")
    outcome = await shop.do(complete(shop, cart_id="cart-9"))
    assert order_of(outcome).redemption_id == held
    again = await shop.do(complete(shop, cart_id="cart-9"))
    assert again.replayed


async def test_an_order_paid_after_the_hold_ran_out_is_captured_late_by_its_cart(
    shop: Shop,
) -> None:
    await earning(shop)
    await shop.do(shop.grant(100))
    held = await shop.held(100, cart="cart-9")
    shop.now += 16 * 60 * SECOND
    done(await shop.do(shop.settle()))
    outcome = await shop.do(complete(shop, cart_id="cart-9"))
    assert order_of(outcome).redemption_id == held
    assert await shop.status(held) == ("CAPTURED", "LATE")


async def test_a_first_order_brings_a_bonus_once_with_an_expiry_of_its_own(shop: Shop) -> None:
    await earning(shop, rules=(RATE, FIRST))
    await shop.do(complete(shop))
    assert await shop.balance() == (100, 0, 0, 0)
    await shop.do(complete(shop, "order-2"))
    assert await shop.balance() == (150, 0, 0, 0)
    shop.now += 7 * DAY
    assert await shop.balance() == (100, 0, 0, 0)


async def test_a_tier_is_reached_multiplies_and_falls_with_the_year(shop: Shop) -> None:
    await earning(shop, tiers=TIERS, tier_measure=TierMeasure.POINTS_EARNED)
    await shop.do(complete(shop, "a", 100_000))
    assert await tier(shop) == "Silver"
    order = order_of(await shop.do(complete(shop, "b", 40_000)))
    assert order.earned_points == 50
    order = order_of(await shop.do(complete(shop, "c", 120_000)))
    assert order.earned_points == 150
    assert await tier(shop) == "Gold"
    await shop.do(cancel(shop, "c"))
    assert await tier(shop) == "Silver"
    shop.now += 366 * DAY
    await shop.do(complete(shop, "d", 1_000))
    assert await tier(shop) is None


async def tier(shop: Shop) -> str | None:
    return (await shop.sql("SELECT tier FROM customer WHERE id = 1"))[0][0]


async def test_an_occasion_is_rewarded_once_for_good(shop: Shop) -> None:
    await earning(shop, rules=(WELCOME,))
    done(await shop.do(award(shop)))
    again = await shop.do(award(shop))
    assert again.replayed
    assert await shop.balance() == (25, 0, 0, 0)
    assert refused(await shop.do(award(shop, "BIRTHDAY:2026"))) is Code.RULE_INACTIVE


async def test_what_is_excluded_does_not_earn(shop: Shop) -> None:
    await earning(shop, excluded_product_ids=frozenset({"gift-card"}))
    lines = (CartLine("gift-card", 30_000), CartLine("shirt", 20_000))
    order = order_of(await shop.do(complete(shop, lines=lines)))
    assert order.earned_points == 20
    assert order.earnings[0].spend_minor == 20_000


async def test_a_customer_is_reminded_once_of_points_that_expire(shop: Shop) -> None:
    await earning(shop, reminder_seconds=3 * 86_400, expiry_seconds=10 * 86_400)
    await shop.do(complete(shop))
    shop.now += 7 * DAY
    done(await shop.do(shop.settle()))
    done(await shop.do(shop.settle()))
    kinds = [row[0] for row in await shop.sql("SELECT kind FROM outbox ORDER BY position, number")]
    assert kinds == ["points.earned", "points.expiring_soon"]
    shop.now += 3 * DAY
    done(await shop.do(shop.settle()))
    assert await shop.balance() == (0, 0, 0, 0)
