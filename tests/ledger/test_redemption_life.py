"""A redemption's life on both engines: every transition, and every refusal of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.errors import Code
from gateway.ledger.commands import Quoted, Status, Wallet, WalletUse
from gateway.rules.program import NO_MINIMUM, ClawbackPolicy, MinimumPayment, MinimumPaymentKind
from tests.ledger.shop import DAY, MERCHANT, PROGRAM, RULE, SECOND, Shop, done, refused

OPEN_LOTS = "SELECT available, held, expires_at FROM lot WHERE open ORDER BY number"


async def test_apply_reserves_points_from_the_lots_that_expire_first(shop: Shop):
    late, soon = shop.now + 9 * DAY, shop.now + DAY
    await shop.do(shop.grant(10))
    await shop.do(shop.grant(10, expires_at=late))
    await shop.do(shop.grant(10, expires_at=soon))
    outcome = done(await shop.do(shop.apply(15)))
    assert (outcome.coins.available, outcome.coins.held) == (15, 15)
    assert await shop.sql(OPEN_LOTS) == [(10, 0, None), (5, 5, late), (0, 10, soon)]


async def test_apply_without_points_takes_as_many_as_the_rule_allows(shop: Shop):
    await shop.do(shop.grant(500))
    redemption = done(await shop.do(shop.apply(total=50_000))).redemption
    assert redemption is not None
    assert (redemption.points, redemption.discount_minor) == (100, 10_000)
    assert redemption.expires_at == shop.now + 900 * SECOND


async def test_apply_on_the_same_cart_replaces_the_hold_and_on_another_adds_one(shop: Shop):
    await shop.do(shop.grant(100))
    first = await shop.held(80)
    second = await shop.held(95)
    await shop.held(5, cart="other")
    assert await shop.balance() == (0, 100, 0, 0)
    assert await shop.status(first) == ("RELEASED", "SUPERSEDED")
    assert await shop.status(second) == ("HELD", None)


async def test_apply_of_exact_points_is_all_or_nothing(shop: Shop):
    await shop.do(shop.grant(90))
    short = await shop.do(shop.apply(91))
    assert refused(short) is Code.INSUFFICIENT_POINTS
    assert short.refusal is not None
    assert (short.refusal.allowed_points, short.refusal.shortfall_points) == (90, 1)
    small = await shop.do(shop.apply(50, total=5_000))
    assert refused(small) is Code.POINTS_NOT_ALLOWED
    assert small.refusal is not None
    assert small.refusal.allowed_points == 40
    assert await shop.balance() == (90, 0, 0, 0)


async def test_a_refused_apply_leaves_the_earlier_hold_alone(shop: Shop):
    await shop.do(shop.grant(50))
    first = await shop.held(20)
    assert refused(await shop.do(shop.apply(51))) is Code.INSUFFICIENT_POINTS
    assert await shop.status(first) == ("HELD", None)


async def test_capture_spends_what_is_held(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20)
    captured = done(await shop.do(shop.capture(redemption))).redemption
    assert captured is not None
    assert (captured.status, captured.captured_points) == (Status.CAPTURED, 20)
    assert (captured.order_id, captured.order_total_minor) == (f"order-{redemption}", 50_000)
    assert await shop.balance() == (30, 0, 0, 0)


async def test_capture_of_a_part_gives_the_rest_back_and_keeps_what_lives_longest(shop: Shop):
    await shop.do(shop.grant(10, expires_at=shop.now + 9 * DAY))
    await shop.do(shop.grant(10, expires_at=shop.now + DAY))
    redemption = await shop.held(20)
    outcome = done(await shop.do(shop.capture(redemption, points=12)))
    assert outcome.redemption is not None
    assert outcome.redemption.captured_discount_minor == 1_200
    assert await shop.sql(OPEN_LOTS) == [(8, 0, shop.now + 9 * DAY)]


async def test_capture_of_more_than_is_held_is_refused(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20)
    assert refused(await shop.do(shop.capture(redemption, points=21))) is Code.EXCEEDS_HELD


async def test_capture_on_an_order_too_small_for_the_discount_is_refused_with_what_fits(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(50)
    outcome = await shop.do(shop.capture(redemption, total=5_000))
    assert refused(outcome) is Code.ORDER_TOTAL_TOO_LOW
    assert outcome.refusal is not None
    assert (outcome.refusal.allowed_points, outcome.refusal.limit_minor) == (40, 4_000)
    done(await shop.do(shop.capture(redemption, total=5_000, points=40)))


async def test_capture_keeps_to_the_rule_version_of_the_apply(shop: Shop):
    await shop.do(shop.grant(100))
    redemption = await shop.held(100)
    await shop.change_rule(2, discount_minor=1)
    captured = done(await shop.do(shop.capture(redemption))).redemption
    assert captured is not None
    assert captured.captured_discount_minor == 10_000
    again = done(await shop.do(shop.grant(100)))
    assert again.coins.available == 100
    cheap = done(await shop.do(shop.apply(100))).redemption
    assert cheap is not None
    assert (cheap.rule_version, cheap.discount_minor) == (2, 100)


async def test_capture_holds_a_rule_to_its_own_minimum_payment_only(shop: Shop):
    """The shop wants 500.00 at least, this rule nothing: what was applied can be captured."""
    rule = replace(PROGRAM.rules[0], minimum_payment=NO_MINIMUM)
    floor = MinimumPayment(MinimumPaymentKind.FIXED, 50_000)
    await shop.publish(replace(PROGRAM, version=2, minimum_payment=floor, rules=(rule,)))
    await shop.do(shop.grant(10))
    redemption = await shop.held(10, total=40_000)
    done(await shop.do(shop.capture(redemption, total=40_000)))


async def test_capture_twice_and_capture_after_release_are_refused(shop: Shop):
    await shop.do(shop.grant(50))
    captured = await shop.captured(10)
    assert refused(await shop.do(shop.capture(captured))) is Code.ALREADY_CAPTURED
    released = await shop.held(10)
    done(await shop.do(shop.release(released)))
    assert refused(await shop.do(shop.capture(released))) is Code.ALREADY_RELEASED
    assert await shop.balance() == (40, 0, 0, 0)


async def test_a_hold_that_ran_out_gives_its_points_back_by_the_clock_alone(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20, hold_seconds=60)
    shop.now += 60 * SECOND - 1
    assert await shop.balance() == (30, 20, 0, 0)
    shop.now += 1
    assert await shop.balance() == (50, 0, 0, 0)
    await shop.do(shop.settle())
    assert await shop.status(redemption) == ("EXPIRED", "HOLD_RAN_OUT")


async def test_a_late_capture_succeeds_while_the_points_are_there(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20)
    shop.now += 901 * SECOND
    captured = done(await shop.do(shop.capture(redemption))).redemption
    assert captured is not None
    assert (captured.status, captured.close_reason) == (Status.CAPTURED, "LATE")
    assert await shop.balance() == (30, 0, 0, 0)


async def test_a_late_capture_of_points_that_are_gone_is_refused(shop: Shop):
    await shop.do(shop.grant(20))
    redemption = await shop.held(20)
    shop.now += 901 * SECOND
    await shop.held(15, cart="other")
    outcome = await shop.do(shop.capture(redemption))
    assert refused(outcome) is Code.HOLD_EXPIRED
    assert outcome.refusal is not None
    assert outcome.refusal.shortfall_points == 15
    done(await shop.do(shop.capture(redemption, points=5)))
    assert await shop.balance() == (0, 15, 0, 0)


async def test_release_gives_back_and_may_be_repeated(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20)
    first = done(await shop.do(shop.release(redemption)))
    again = done(await shop.do(shop.release(redemption)))
    assert first.redemption == again.redemption
    assert await shop.balance() == (50, 0, 0, 0)


async def test_release_of_a_hold_that_ran_out_succeeds_and_of_a_captured_one_is_refused(shop: Shop):
    await shop.do(shop.grant(50))
    lapsed = await shop.held(20)
    shop.now += 901 * SECOND
    done(await shop.do(shop.release(lapsed)))
    assert (await shop.status(lapsed))[0] == "EXPIRED"
    captured = await shop.captured(20)
    assert refused(await shop.do(shop.release(captured))) is Code.ALREADY_CAPTURED


async def test_refund_keeps_the_old_expiry_or_gives_the_grace_where_that_is_later(shop: Shop):
    await shop.do(shop.grant(10, expires_at=shop.now + 90 * DAY))
    await shop.do(shop.grant(10, expires_at=shop.now + DAY))
    redemption = await shop.captured(20)
    shop.now += 2 * DAY
    done(await shop.do(shop.refund(redemption)))
    far, grace = shop.now + 88 * DAY, shop.now + 30 * DAY
    assert sorted(await shop.sql(OPEN_LOTS)) == sorted([(10, 0, far), (10, 0, grace)])


async def test_refund_in_parts_never_exceeds_what_was_captured(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.captured(20)
    done(await shop.do(shop.refund(redemption, points=15)))
    outcome = await shop.do(shop.refund(redemption, points=6))
    assert refused(outcome) is Code.EXCEEDS_CAPTURED
    assert outcome.refusal is not None
    assert outcome.refusal.allowed_points == 5
    rest = done(await shop.do(shop.refund(redemption))).redemption
    assert rest is not None
    assert (rest.status, rest.refunded_points) == (Status.CAPTURED, 20)
    assert refused(await shop.do(shop.refund(redemption))) is Code.EXCEEDS_CAPTURED
    assert await shop.balance() == (50, 0, 0, 0)


async def test_refund_with_no_grace_of_points_that_expired_since_gives_them_for_a_moment(
    shop: Shop,
):
    await shop.publish(replace(PROGRAM, version=2, refund_grace_seconds=0))
    await shop.do(shop.grant(10, expires_at=shop.now + DAY))
    redemption = await shop.captured(10)
    shop.now += DAY
    done(await shop.do(shop.refund(redemption)))
    shop.now += 1
    assert await shop.balance() == (0, 0, 0, 0)


async def test_refund_of_what_was_not_captured_is_refused(shop: Shop):
    await shop.do(shop.grant(50))
    held = await shop.held(20)
    assert refused(await shop.do(shop.refund(held))) is Code.EXCEEDS_CAPTURED
    await shop.do(shop.release(held))
    assert refused(await shop.do(shop.refund(held))) is Code.ALREADY_RELEASED
    lapsed = await shop.held(20)
    shop.now += 901 * SECOND
    assert refused(await shop.do(shop.refund(lapsed))) is Code.HOLD_EXPIRED


async def test_points_expire_at_their_time_and_held_ones_do_not(shop: Shop):
    await shop.do(shop.grant(30, expires_at=shop.now + 600 * SECOND))
    kept = await shop.held(10)
    given_back = await shop.held(10, cart="other")
    shop.now += 600 * SECOND
    assert await shop.balance() == (0, 20, 0, 0)
    done(await shop.do(shop.capture(kept)))
    done(await shop.do(shop.release(given_back)))
    assert await shop.balance() == (0, 0, 0, 0)


async def test_earned_points_wait_until_they_are_available(shop: Shop):
    await shop.do(shop.grant(40, available_from=shop.now + DAY))
    assert refused(await shop.do(shop.apply(1))) is Code.INSUFFICIENT_POINTS
    assert await shop.balance() == (0, 0, 40, 0)
    shop.now += DAY
    assert await shop.balance() == (40, 0, 0, 0)
    await shop.held(40)


async def test_credit_is_used_first_and_comes_back_as_credit(shop: Shop):
    await shop.do(shop.grant(50))
    await shop.do(shop.grant(3_000, wallet=Wallet.CREDITS))
    both = shop.apply(wallets=WalletUse.COINS_AND_CREDITS, total=10_000)
    held = done(await shop.do(both)).redemption
    assert held is not None
    assert (held.credits_minor, held.points, held.discount_minor) == (3_000, 50, 8_000)
    done(await shop.do(shop.capture(held.id, total=10_000)))
    back = done(await shop.do(shop.refund(held.id)))
    assert (back.coins.available, back.credits.available) == (50, 3_000)


async def test_credit_alone_is_refunded_in_minor_units(shop: Shop):
    await shop.do(shop.grant(3_000, wallet=Wallet.CREDITS))
    held = done(await shop.do(shop.apply(2_500, wallets=WalletUse.CREDITS))).redemption
    assert held is not None
    assert (held.points, held.credits_minor, held.rule_id) == (0, 2_500, None)
    done(await shop.do(shop.capture(held.id)))
    part = done(await shop.do(shop.refund(held.id, points=500)))
    assert part.credits.available == 1_000


async def test_clawback_within_the_balance_refuses_what_is_not_there(shop: Shop):
    await shop.do(shop.grant(30))
    outcome = await shop.do(shop.withdraw(31))
    assert refused(outcome) is Code.INSUFFICIENT_POINTS
    assert outcome.refusal is not None
    assert (outcome.refusal.allowed_points, outcome.refusal.shortfall_points) == (30, 1)
    done(await shop.do(shop.withdraw(30)))


async def test_clawback_into_debt_is_paid_by_later_earning_at_its_time(shop: Shop):
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    await shop.do(shop.grant(30))
    await shop.held(10)
    assert done(await shop.do(shop.withdraw(50))).coins.debt == 30
    await shop.do(shop.grant(25, available_from=shop.now + 10 * SECOND))
    assert await shop.balance() == (0, 10, 25, 30)
    shop.now += 10 * SECOND
    assert await shop.balance() == (0, 10, 0, 5)
    await shop.do(shop.grant(8))
    assert await shop.balance() == (3, 10, 0, 0)


async def test_a_debt_comes_out_the_same_whether_or_not_a_sweeper_ran(shop: Shop):
    """Points that lapsed before the earning matured cannot pay for it afterwards."""
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    for customer in (1, 2):
        await shop.do(shop.grant(10, customer, expires_at=shop.now + 400 * SECOND))
        await shop.held(10, customer, hold_seconds=60)
        await shop.do(shop.withdraw(10, customer))
        await shop.do(shop.grant(10, customer, available_from=shop.now + 500 * SECOND))
    for _ in range(6):
        shop.now += 100 * SECOND
        await shop.do(shop.settle(1))
    await shop.do(shop.settle(2))
    assert await shop.balance(1) == await shop.balance(2) == (0, 0, 0, 0)


async def test_another_customers_redemption_is_as_good_as_none(shop: Shop):
    await shop.do(shop.grant(50))
    redemption = await shop.held(20)
    for command in (shop.capture, shop.release, shop.refund):
        assert refused(await shop.do(command(redemption, 2))) is Code.REDEMPTION_NOT_FOUND
        assert refused(await shop.do(command(redemption, 999))) is Code.REDEMPTION_NOT_FOUND
    assert await shop.status(redemption) == ("HELD", None)


async def test_an_unknown_customer_is_told_so_and_nothing_is_kept(shop: Shop):
    grant = shop.grant(5, 999, key="early")
    assert refused(await shop.do(grant)) is Code.CUSTOMER_NOT_FOUND
    await shop.add_customers([999])
    outcome = done(await shop.do(grant))
    assert (outcome.replayed, outcome.coins.available) == (False, 5)


@pytest.mark.parametrize(
    ("late", "discount", "code"),
    [(0, 2_000, None), (0, 1_999, Code.QUOTE_MISMATCH), (1, 2_000, Code.QUOTE_EXPIRED)],
)
async def test_a_quote_is_kept_to_the_number_and_to_the_moment(
    shop: Shop, late: int, discount: int, code: Code | None
):
    await shop.do(shop.grant(50))
    quoted = Quoted(shop.now + 1, RULE, 1, 20, 0, discount)
    shop.now += late
    outcome = await shop.do(shop.apply(quoted=quoted))
    assert (outcome.refusal and outcome.refusal.code) == code


async def test_a_quote_for_a_rule_that_was_edited_since_is_refused(shop: Shop):
    await shop.do(shop.grant(50))
    quoted = Quoted(shop.now + DAY, RULE, 1, 20, 0, 2_000)
    await shop.change_rule(2, name="Renamed")
    assert refused(await shop.do(shop.apply(quoted=quoted))) is Code.QUOTE_MISMATCH


async def test_every_accepted_command_has_one_event_in_the_customers_order(shop: Shop):
    await shop.do(shop.grant(50))
    first = await shop.held(20)
    await shop.held(10)
    await shop.do(shop.capture(first))
    found = await shop.sql("SELECT kind, redemption_id FROM outbox ORDER BY merchant_id, position")
    kinds = [kind for kind, _ in found]
    assert kinds == [
        "points.granted",
        "redemption.held",
        "redemption.released",
        "redemption.held",
    ]
    stored = await shop.sql("SELECT count(*) FROM idempotency WHERE merchant_id = $1", MERCHANT)
    assert stored == [(4,)]


async def test_nothing_takes_an_account_beyond_the_largest_exact_number(shop: Shop):
    largest = 2**53 - 1
    await shop.do(shop.grant(100))
    redemption = await shop.captured(100)
    done(await shop.do(shop.grant(largest - 60)))
    for command in (shop.grant(61), shop.refund(redemption)):
        outcome = await shop.do(command)
        assert refused(outcome) is Code.POINTS_NOT_ALLOWED
        assert outcome.refusal is not None
        assert outcome.refusal.allowed_points == 60
    done(await shop.do(shop.refund(redemption, points=60)))
    assert await shop.balance() == (largest, 0, 0, 0)
