"""Perform and revert: an order deducts once, however often and from wherever it is sent."""

from __future__ import annotations

import asyncio
from collections import Counter

from gateway.errors import Code
from gateway.ledger.commands import Wallet, WalletUse
from gateway.ledger.perform import REPEAT
from tests.ledger.shop import CUSTOMERS, SECOND, Shop, codes, done, refused


async def test_many_performs_of_one_order_from_two_processes_deduct_once(shop: Shop):
    other, _ = await shop.another_ledger()
    await shop.do(shop.grant(500))
    outcomes = await asyncio.gather(
        *(
            ledger.submit(shop.perform(order="O-1"))
            for _ in range(20)
            for ledger in (shop.ledger, other)
        )
    )
    assert Counter(o.replayed for o in outcomes) == {False: 1, True: 39}
    assert len({o.redemption.id for o in outcomes if o.redemption}) == 1
    assert await shop.balance() == (400, 0, 0, 0)


async def test_performs_and_reverts_racing_leave_the_points_where_the_last_word_puts_them(
    shop: Shop,
):
    other, _ = await shop.another_ledger()
    for customer in range(1, CUSTOMERS + 1):
        await shop.do(shop.grant(100, customer))
        race = [
            shop.ledger.submit(shop.perform(customer, order="O-1")),
            other.submit(shop.revert(customer, order="O-1")),
            shop.ledger.submit(shop.perform(customer, order="O-1")),
            other.submit(shop.perform(customer, order="O-1")),
        ]
        outcomes = await asyncio.gather(*race)
        assert set(codes(outcomes)) <= {"ok", "REDEMPTION_NOT_FOUND"}
        standing = await shop.sql(
            "SELECT captured_points FROM redemption WHERE customer_id = $1"
            " AND captured_points > refunded_points",
            customer,
        )
        spent = sum(row[0] for row in standing)
        assert len(standing) <= 1
        assert await shop.balance(customer) == (100 - spent, 0, 0, 0)


async def test_one_perform_is_one_event_and_one_record(shop: Shop):
    await shop.do(shop.grant(500))
    command = shop.perform(order="O-1")
    await shop.do(command)
    await shop.do(shop.perform(order="O-1"))
    assert command.key is not None
    kinds = await shop.sql("SELECT kind, key FROM outbox WHERE kind <> 'points.granted'")
    assert kinds == [("redemption.captured", command.key.key)]


async def test_an_order_that_was_reverted_is_deducted_anew_and_can_be_reverted_again(shop: Shop):
    await shop.do(shop.grant(500))
    first = done(await shop.do(shop.perform(order="O-1"))).redemption
    for repeated in (False, True):
        back = done(await shop.do(shop.revert(order="O-1")))
        assert (back.replayed, back.coins.available) == (repeated, 500)
    second = done(await shop.do(shop.perform(order="O-1")))
    assert second.redemption != first
    assert (second.replayed, second.coins.available) == (False, 400)
    # The clock of another process may be behind: what stands is what is reverted.
    shop.now -= 3_600 * SECOND
    done(await shop.do(shop.revert(order="O-1")))
    third = done(await shop.do(shop.perform(order="O-1"))).redemption
    last = done(await shop.do(shop.revert(order="O-1")))
    assert (last.replayed, last.coins.available) == (False, 500)
    assert last.redemption is not None
    assert third is not None
    assert last.redemption.id == third.id


async def test_a_revert_without_an_order_never_reaches_for_an_older_one(shop: Shop):
    await shop.do(shop.grant(500))
    done(await shop.do(shop.perform(order="O-1")))
    shop.now += SECOND
    done(await shop.do(shop.perform(order="O-2")))
    for repeated in (False, True, True):
        back = done(await shop.do(shop.revert()))
        assert back.redemption is not None
        assert (back.replayed, back.redemption.order_id) == (repeated, "O-2")
    assert await shop.balance() == (400, 0, 0, 0)


async def test_without_an_order_the_same_cart_is_a_retry_for_a_minute(shop: Shop):
    await shop.do(shop.grant(500))
    first = done(await shop.do(shop.perform()))
    shop.now += REPEAT - 1
    again = done(await shop.do(shop.perform()))
    assert (again.replayed, again.redemption) == (True, first.redemption)
    assert not done(await shop.do(shop.perform(total=40_000))).replayed
    shop.now += 1
    assert not done(await shop.do(shop.perform())).replayed
    assert await shop.balance() == (200, 0, 0, 0)


async def test_a_smaller_order_does_not_keep_a_discount_that_it_would_not_get(shop: Shop):
    await shop.do(shop.grant(500))
    done(await shop.do(shop.perform(order="O-1")))
    larger = done(await shop.do(shop.perform(order="O-1", total=60_000)))
    assert larger.replayed
    smaller = await shop.do(shop.perform(order="O-1", total=12_000))
    assert refused(smaller) is Code.ORDER_TOTAL_TOO_LOW
    assert await shop.balance() == (400, 0, 0, 0)


async def test_a_hold_for_the_order_is_replaced_by_a_perform_and_released_by_a_revert(shop: Shop):
    await shop.do(shop.grant(150))
    held = await shop.held(80, cart="O-1")
    assert done(await shop.do(shop.perform(order="O-1"))).coins.available == 50
    assert await shop.status(held) == ("RELEASED", "SUPERSEDED")
    other = await shop.held(30, cart="O-2")
    assert done(await shop.do(shop.revert(order="O-2"))).coins.available == 50
    assert await shop.status(other) == ("RELEASED", "REQUESTED")


async def test_credit_and_coins_come_back_together(shop: Shop):
    await shop.do(shop.grant(500))
    await shop.do(shop.grant(7_000, wallet=Wallet.CREDITS))
    both = WalletUse.COINS_AND_CREDITS
    taken = done(await shop.do(shop.perform(order="O-1", wallets=both)))
    assert taken.redemption is not None
    assert (taken.redemption.captured_credits_minor, taken.credits.available) == (7_000, 0)
    back = done(await shop.do(shop.revert(order="O-1")))
    assert (back.coins.available, back.credits.available) == (500, 7_000)


async def test_open_holds_are_capped_and_a_cart_that_has_one_may_change_it(shop: Shop):
    await shop.do(shop.grant(500))
    for n in range(20):
        await shop.held(1, cart=f"cart-{n}")
    assert refused(await shop.do(shop.apply(1, cart="one more"))) is Code.TOO_MANY_HOLDS
    done(await shop.do(shop.apply(2, cart="cart-7")))
    done(await shop.do(shop.perform(order="O-1")))
    shop.now += 900 * SECOND
    done(await shop.do(shop.apply(1, cart="one more")))
