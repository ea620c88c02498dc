"""A guest becomes a part of an account, on both engines; each test's ledger is verified."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from gateway.errors import Code
from gateway.ledger.commands import Elsewhere, Status, Wallet
from gateway.rules.program import ClawbackPolicy
from tests.ledger.merging import aliases, by_shopper, erase, known_as, merge, person
from tests.ledger.ordering import (
    TIERS,
    award,
    cancel,
    complete,
    earning,
    give_back,
    order_of,
)
from tests.ledger.shop import DAY, PROGRAM, Shop, done, refused


async def lots(shop: Shop, customer: int) -> list[tuple[object, ...]]:
    return sorted(
        await shop.sql(
            "SELECT wallet, pending, available, held, moved, expires_at, source FROM lot"
            " WHERE customer_id = $1",
            customer,
        ),
        key=repr,
    )


async def test_points_and_credit_move_with_their_times(shop: Shop):
    ends, later = shop.now + 9 * DAY, shop.now + DAY
    done(await shop.do(shop.grant(100, expires_at=ends)))
    done(await shop.do(shop.grant(70, available_from=later)))
    done(await shop.do(shop.grant(500, wallet=Wallet.CREDITS)))
    done(await shop.do(shop.grant(30, 2)))
    outcome = done(await shop.do(merge(shop)))
    assert (outcome.coins.available, outcome.coins.pending) == (130, 70)
    assert outcome.credits.available == 500
    assert await shop.balance(1) == (0, 0, 0, 0)
    assert await shop.balance(2) == (130, 0, 70, 0)
    assert await lots(shop, 2) == [
        ("COINS", 0, 100, 0, 0, ends, "MERGE"),
        ("COINS", 0, 30, 0, 0, None, "GRANT"),
        ("COINS", 70, 0, 0, 0, None, "MERGE"),
        ("CREDITS", 0, 500, 0, 0, None, "MERGE"),
    ]
    shop.now = later
    assert await shop.balance(2) == (200, 0, 0, 0)


async def test_what_the_guest_was_known_by_leads_to_the_account(shop: Shop):
    await known_as(shop, 1, "+919812345678", "guest@example.com")
    await known_as(shop, 2, None, "own@example.com")
    done(await shop.do(merge(shop)))
    assert await person(shop, 1) == {
        "external_id": "merged:1",
        "phone": None,
        "email": None,
        "merged_into": 2,
        "erased_at": None,
    }
    account = await person(shop, 2)
    assert (account["phone"], account["email"]) == ("+919812345678", "own@example.com")
    assert await aliases(shop) == [
        ("email", "guest@example.com", 2, 1),
        ("external_id", "customer-1", 2, 1),
        ("phone", "+919812345678", 2, 1),
    ]


async def test_a_merge_is_known_again(shop: Shop):
    done(await shop.do(shop.grant(100)))
    first = done(await shop.do(merge(shop, key="k")))
    again = done(await shop.do(merge(shop, key="k")))
    assert again.replayed
    assert again.coins == first.coins
    other = done(await shop.do(merge(shop)))
    assert other.replayed
    assert await shop.balance(2) == (100, 0, 0, 0)
    told = await shop.sql("SELECT customer_id FROM outbox WHERE kind = 'customer.merged'")
    assert sorted(told) == [(1,), (2,)]


async def test_a_merge_that_makes_no_sense_is_refused(shop: Shop):
    done(await shop.do(merge(shop, 1, 2)))
    done(await shop.do(erase(shop, 5)))
    for source, target, code in (
        (3, 3, Code.SAME_CUSTOMER),
        (1, 3, Code.ALREADY_MERGED),
        (3, 1, Code.ALREADY_MERGED),
        (99, 3, Code.CUSTOMER_NOT_FOUND),
        (3, 99, Code.CUSTOMER_NOT_FOUND),
        (5, 3, Code.CUSTOMER_NOT_FOUND),
        (3, 5, Code.CUSTOMER_NOT_FOUND),
    ):
        assert refused(await shop.do(merge(shop, source, target))) is code


async def test_a_hold_goes_on_at_the_account_and_is_captured_there(shop: Shop):
    done(await shop.do(shop.grant(100)))
    held = await shop.held(60)
    done(await shop.do(merge(shop)))
    assert await shop.balance(1) == (0, 0, 0, 0)
    assert await shop.balance(2) == (40, 60, 0, 0)
    rows = await shop.sql(
        "SELECT customer_id, status, close_reason FROM redemption WHERE id = $1", held
    )
    assert sorted(rows) == [(1, "RELEASED", "MERGED"), (2, "HELD", None)]
    # The checkout still knows it by the guest's id.
    captured = done(await shop.do(shop.capture(held, 1)))
    assert captured.redemption is not None
    assert (captured.redemption.customer_id, captured.redemption.status) == (2, Status.CAPTURED)
    assert await shop.balance(2) == (40, 0, 0, 0)
    refunded = done(await shop.do(shop.refund(held, 1)))
    assert refunded.coins.available == 100


async def test_a_hold_for_the_cart_that_the_account_holds_for_is_released(shop: Shop):
    for customer in (1, 2):
        done(await shop.do(shop.grant(100, customer)))
    guests = await shop.held(60, 1, cart="same")
    own = await shop.held(50, 2, cart="same")
    done(await shop.do(merge(shop)))
    assert await shop.status(guests) == ("RELEASED", "SUPERSEDED")
    assert await shop.status(own) == ("HELD", None)
    assert await shop.balance(2) == (150, 50, 0, 0)


async def test_what_the_guest_paid_with_is_refunded_to_the_account(shop: Shop):
    done(await shop.do(shop.grant(100)))
    paid = await shop.captured(60)
    done(await shop.do(merge(shop)))
    assert refused(await shop.do(shop.capture(paid, 1))) is Code.ALREADY_CAPTURED
    outcome = done(await shop.do(shop.refund(paid, 1, points=20)))
    assert outcome.redemption is not None
    assert outcome.redemption.customer_id == 1
    assert await shop.balance(1) == (0, 0, 0, 0)
    assert await shop.balance(2) == (60, 0, 0, 0)
    told = await shop.sql("SELECT customer_id FROM outbox WHERE kind = 'redemption.refunded'")
    assert sorted(told) == [(1,), (2,)]


@pytest.mark.parametrize("named", [1, 2])
async def test_an_order_that_the_guest_performed_is_known_again(shop: Shop, named: int):
    done(await shop.do(shop.grant(100)))
    done(await shop.do(shop.grant(100, 2)))
    done(await shop.do(shop.perform(1, order="o", requested=30)))
    done(await shop.do(merge(shop)))
    again = done(await shop.do(shop.perform(named, order="o", requested=30)))
    assert again.replayed
    assert await shop.balance(2) == (170, 0, 0, 0)
    held = await shop.held(10, 2)
    assert refused(await shop.do(shop.capture(held, 2, order="o"))) is Code.ALREADY_CAPTURED
    done(await shop.do(shop.revert(named, order="o")))
    assert await shop.balance(2) == (190, 10, 0, 0)
    assert done(await shop.do(shop.revert(named, order="o"))).replayed


async def test_an_order_in_the_batch_of_the_merge_is_asked_for_again(shop: Shop):
    """What the guest paid was not loaded for the account then."""
    done(await shop.do(shop.grant(100)))
    done(await shop.do(shop.perform(1, order="o", requested=30)))
    again = shop.perform(2, order="o", requested=30)
    answers = await shop.store.run([merge(shop), again], shop.now)
    assert [answer.elsewhere for answer in answers] == [None, Elsewhere(2)]
    assert done(await shop.do(again)).replayed
    assert await shop.balance(2) == (70, 0, 0, 0)


async def test_debts_move_and_are_paid_out_of_what_the_account_has(shop: Shop):
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    done(await shop.do(shop.withdraw(80, 1)))
    done(await shop.do(shop.grant(50, 2)))
    done(await shop.do(merge(shop)))
    assert await shop.balance(1) == (0, 0, 0, 0)
    assert await shop.balance(2) == (0, 0, 0, 30)


async def test_new_commands_for_the_guest_are_the_accounts(shop: Shop):
    done(await shop.do(merge(shop)))
    done(await shop.do(shop.grant(100, 1)))
    held = await shop.held(60, 1)
    assert await shop.balance(2) == (40, 60, 0, 0)
    done(await shop.do(shop.release(held, 1)))
    assert await shop.balance(2) == (100, 0, 0, 0)


async def test_a_shopper_who_was_the_guest_can_do_nothing(shop: Shop):
    done(await shop.do(shop.grant(100)))
    held = await shop.held(60)
    done(await shop.do(merge(shop)))
    for command, code in (
        (shop.apply(10, 1), Code.CUSTOMER_NOT_FOUND),
        (shop.release(held, 1), Code.REDEMPTION_NOT_FOUND),
    ):
        assert refused(await shop.do(by_shopper(command))) is code
    assert await shop.balance(2) == (40, 60, 0, 0)


async def test_who_was_merged_before_goes_on_to_the_last_one(shop: Shop):
    await earning(shop)
    done(await shop.do(complete(shop)))
    done(await shop.do(merge(shop, 1, 2)))
    done(await shop.do(merge(shop, 2, 3)))
    assert (await person(shop, 1))["merged_into"] == 3
    assert {row[2] for row in await aliases(shop)} == {3}
    assert await shop.balance(3) == (50, 0, 0, 0)
    assert order_of(await shop.do(cancel(shop))).clawed_points == 50
    assert await shop.balance(3) == (0, 0, 0, 0)


@pytest.mark.parametrize("named", [1, 2])
async def test_an_order_of_the_guest_takes_back_from_the_account(shop: Shop, named: int):
    """Its own points first, though they are pending: also where the order names the account."""
    await earning(shop, return_window_seconds=86_400)
    done(await shop.do(shop.grant(100)))
    held = await shop.held(100)
    done(await shop.do(complete(shop, redemption_id=held)))
    done(await shop.do(shop.grant(500, 2)))
    done(await shop.do(merge(shop)))
    assert await shop.balance(2) == (500, 0, 40, 0)
    order = order_of(await shop.do(give_back(shop, 10_000, customer=named)))
    assert (order.customer_id, order.clawed_points, order.forgiven_points) == (1, 10, 0)
    assert await shop.balance(2) == (525, 0, 30, 0)
    again = done(await shop.do(give_back(shop, 10_000, customer=named)))
    assert again.replayed
    order_of(await shop.do(cancel(shop, customer=named)))
    assert await shop.balance(2) == (600, 0, 0, 0)
    assert await shop.balance(1) == (0, 0, 0, 0)


async def test_what_is_taken_back_lapses_soonest_whoever_of_the_two_has_it(shop: Shop):
    """What came back just now lives longer than what the account has, and stays."""
    await earning(shop, expiry_seconds=2 * 86_400)
    done(await shop.do(shop.grant(100)))
    done(await shop.do(complete(shop, redemption_id=await shop.held(100))))
    shop.now += 2 * DAY
    done(await shop.do(shop.grant(50, 2, expires_at=shop.now + 5 * DAY)))
    done(await shop.do(merge(shop)))
    order_of(await shop.do(cancel(shop)))
    assert await shop.balance(2) == (110, 0, 0, 0)
    shop.now += 5 * DAY
    assert await shop.balance(2) == (100, 0, 0, 0)


async def test_an_order_told_early_for_the_guest_is_completed_for_the_account(shop: Shop):
    await earning(shop)
    order_of(await shop.do(give_back(shop, 10_000)))
    done(await shop.do(merge(shop)))
    order = order_of(await shop.do(complete(shop)))
    assert (order.customer_id, order.earned_points, order.clawed_points) == (1, 50, 10)
    assert await shop.balance(2) == (40, 0, 0, 0)


async def test_the_order_of_a_stranger_stays_refused(shop: Shop):
    await earning(shop)
    done(await shop.do(complete(shop, customer=3)))
    done(await shop.do(merge(shop)))
    for customer in (1, 2):
        assert refused(await shop.do(cancel(shop, customer=customer))) is Code.ORDER_OF_ANOTHER


async def test_the_year_of_both_is_one_and_reaches_a_tier(shop: Shop):
    await earning(shop, tiers=TIERS)
    for customer in (1, 2):
        done(await shop.do(complete(shop, f"order-{customer}", 60_000, customer)))
    done(await shop.do(merge(shop)))
    [(tier,)] = await shop.sql("SELECT tier FROM customer WHERE id = 2")
    assert tier == "Silver"
    done(await shop.do(cancel(shop, "order-1")))
    [(tier,)] = await shop.sql("SELECT tier FROM customer WHERE id = 2")
    assert tier is None


async def test_nothing_is_awarded_to_who_was_merged(shop: Shop):
    await earning(shop)
    done(await shop.do(merge(shop)))
    assert refused(await shop.do(award(shop))) is Code.CUSTOMER_NOT_FOUND


async def test_an_erased_customer_has_nothing_and_is_nobody(shop: Shop):
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    await known_as(shop, 1, "+919812345678", "a@example.com")
    done(await shop.do(by_shopper(shop.grant(100))))
    done(await shop.do(shop.grant(70, available_from=shop.now + DAY)))
    done(await shop.do(shop.grant(500, wallet=Wallet.CREDITS)))
    held = await shop.held(60)
    done(await shop.do(erase(shop)))
    assert await shop.balance() == (0, 0, 0, 0)
    assert await shop.status(held) == ("RELEASED", "ERASED")
    assert await person(shop, 1) == {
        "external_id": "erased:1",
        "phone": None,
        "email": None,
        "merged_into": None,
        "erased_at": shop.now,
    }
    named = await shop.sql("SELECT caller FROM idempotency UNION SELECT caller FROM outbox")
    assert ("customer:customer-1",) not in named
    assert ("erased:1",) in named
    assert refused(await shop.do(shop.grant(1))) is Code.CUSTOMER_NOT_FOUND
    assert done(await shop.do(erase(shop))).replayed


async def test_erasing_an_account_forgets_its_guests_too(shop: Shop):
    await known_as(shop, 1, "+919812345678", "guest@example.com")
    done(await shop.do(by_shopper(shop.grant(100))))
    done(await shop.do(merge(shop)))
    done(await shop.do(erase(shop, 2)))
    assert await aliases(shop) == []
    assert (await person(shop, 1))["external_id"] == "merged:1"
    callers = {row[0] for row in await shop.sql("SELECT caller FROM idempotency")}
    assert "customer:customer-1" not in callers
    assert "erased:1" in callers
    assert refused(await shop.do(shop.grant(1, 1))) is Code.CUSTOMER_NOT_FOUND


@pytest.mark.parametrize("first", ["grant", "capture", "refund"])
async def test_a_merge_races_with_commands_on_both(shop: Shop, first: str):
    """From several processes at once: whatever wins, no point is lost and each is told once."""
    for customer in (1, 2):
        done(await shop.do(shop.grant(1_000, customer)))
    held = [
        await shop.held(10, customer, cart=f"c{customer}-{n}")
        for customer in (1, 2)
        for n in range(4)
    ]
    paid = [await shop.captured(10, customer, cart=f"p{customer}") for customer in (1, 2)]
    others = [(await shop.another_ledger())[0] for _ in range(2)]
    commands = [
        *(shop.capture(each, 1 + n // 4) for n, each in enumerate(held)),
        *(shop.refund(each, 1 + n) for n, each in enumerate(paid)),
        *(shop.grant(5, customer) for customer in (1, 2) for _ in range(4)),
        *(
            shop.apply(1, customer, cart=f"new-{customer}-{n}")
            for customer in (1, 2)
            for n in range(2)
        ),
        merge(shop),
        merge(shop),
    ]
    commands.sort(key=lambda c: type(c).__name__.lower() != first)
    ledgers = [shop.ledger, *others]
    answers = await asyncio.gather(
        *(ledgers[n % 3].submit(command) for n, command in enumerate(commands))
    )
    for command, answer in zip(commands, answers, strict=True):
        assert answer.refusal is None, (command, answer.refusal)
    assert await shop.balance(1) == (0, 0, 0, 0)
    available, on_hold, _, _ = await shop.balance(2)
    assert (available, on_hold) == (2_000 - 80 + 40 - 4, 4)
