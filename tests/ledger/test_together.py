"""Many callers at once, on both engines: balances, keys, queues and callers that go away."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from gateway.errors import Code, RequestCode, RequestError
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.lanes import Ledger
from tests.ledger.shop import CUSTOMERS, SECOND, Shop, codes, done, refused, same, until


async def test_of_a_hundred_applies_exactly_those_go_through_that_the_balance_pays_for(shop: Shop):
    await shop.do(shop.grant(15))
    applies = [shop.apply(1, cart=f"cart-{n}") for n in range(100)]
    outcomes = await asyncio.gather(*map(shop.do, applies))
    assert codes(outcomes) == {"ok": 15, "INSUFFICIENT_POINTS": 85}
    assert await shop.balance() == (0, 15, 0, 0)
    assert max(shop.store.batches) > 50


async def test_of_a_hundred_applies_from_two_processes_too(shop: Shop):
    other, _ = await shop.another_ledger()
    await shop.do(shop.grant(15))
    applies = [shop.apply(1, cart=f"cart-{n}") for n in range(100)]
    outcomes = await asyncio.gather(
        *(ledger.submit(a) for a, ledger in zip(applies, [shop.ledger, other] * 50, strict=True))
    )
    assert codes(outcomes) == {"ok": 15, "INSUFFICIENT_POINTS": 85}
    assert await shop.balance() == (0, 15, 0, 0)


async def test_captures_and_releases_racing_end_a_hold_once_and_tell_the_losers(shop: Shop):
    other, _ = await shop.another_ledger()
    for customer in range(1, CUSTOMERS + 1):
        await shop.do(shop.grant(10, customer))
    random, ended = Random(4), Counter[str]()  # noqa: S311 - a seeded draw
    for customer in range(1, CUSTOMERS + 1):
        held = await shop.held(10, customer)
        race: list[Command] = [
            shop.capture(held, customer),
            shop.capture(held, customer),
            shop.release(held, customer),
        ]
        random.shuffle(race)
        ledgers = random.choices((shop.ledger, other), k=3)
        outcomes = await asyncio.gather(
            *(ledger.submit(c) for ledger, c in zip(ledgers, race, strict=True))
        )
        status = (await shop.status(held))[0]
        ended[status] += 1
        assert codes(outcomes) == {"ok": 1, f"ALREADY_{status}": 2}
    assert min(ended["CAPTURED"], ended["RELEASED"]) > 5


async def test_one_key_sent_many_times_at_once_has_one_outcome(shop: Shop):
    other, _ = await shop.another_ledger()
    command = shop.grant(5, key="once")
    outcomes = await asyncio.gather(
        *(ledger.submit(command) for _ in range(20) for ledger in (shop.ledger, other))
    )
    assert Counter(o.replayed for o in outcomes) == {False: 1, True: 39}
    assert all(same(outcomes[0], outcome) for outcome in outcomes)
    assert await shop.balance() == (5, 0, 0, 0)


async def test_a_refusal_that_depended_on_the_balance_is_replayed_as_it_was(shop: Shop):
    command = shop.apply(5)
    first = await shop.do(command)
    await shop.do(shop.grant(50))
    again = await shop.do(command)
    assert refused(first) is Code.INSUFFICIENT_POINTS
    assert (again.replayed, same(first, again)) == (True, True)


async def test_one_key_with_another_request_is_refused_and_moves_nothing(shop: Shop):
    command = shop.grant(5, key="once")
    assert command.key is not None
    await shop.do(command)
    other = replace(command, points=6, key=replace(command.key, request_hash="other"))
    assert refused(await shop.do(other)) is Code.IDEMPOTENCY_KEY_REUSED
    assert await shop.balance() == (5, 0, 0, 0)


async def test_one_key_for_two_customers_at_once_serves_one_and_refuses_the_other(shop: Shop):
    """They lock different accounts, so only the key itself can stop the second."""
    other, _ = await shop.another_ledger()
    for n in range(30):
        mine = shop.grant(5, 2 * n % CUSTOMERS + 1, key=f"clash-{n}")
        assert mine.key is not None
        theirs = shop.grant(5, (2 * n + 1) % CUSTOMERS + 1, key=f"clash-{n}")
        theirs = replace(theirs, key=replace(mine.key, request_hash="other"))
        outcomes = await asyncio.gather(shop.do(mine), other.submit(theirs))
        assert codes(list(outcomes)) == {"ok": 1, "IDEMPOTENCY_KEY_REUSED": 1}


POISON = {
    "an id that another redemption has": {},
    "an id beyond 64 bits": {"redemption_id": 2**63},
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
async def test_one_bad_command_in_a_batch_fails_alone(shop: Shop, poison: dict[str, int]):
    """Its customer's other commands, and its neighbours in the batch, go through."""
    for customer in range(1, 21):
        await shop.do(shop.grant(10, customer))
    taken = await shop.held(3, cart="earlier")
    await shop.do(shop.release(taken))
    before = await shop.sql("SELECT * FROM redemption WHERE id = $1", taken)
    poisoned: dict[str, Any] = {"redemption_id": taken} | poison
    bad = shop.apply(2, cart="bad", **poisoned)
    good = [shop.apply(1, customer, cart="good") for customer in range(1, 21)]
    shop.store.batches.clear()
    answers = await asyncio.gather(
        *map(shop.do, [*good[:10], bad, *good[10:]]), return_exceptions=True
    )
    assert max(shop.store.batches) > 5
    failed = [n for n, answer in enumerate(answers) if not isinstance(answer, Outcome)]
    assert failed == [10]
    assert not isinstance(answers[10], RequestError)
    assert all(done(answer) for answer in answers if isinstance(answer, Outcome))
    assert await shop.sql("SELECT * FROM redemption WHERE id = $1", taken) == before
    assert await shop.balance() == (9, 1, 0, 0)


async def test_a_caller_that_goes_away_cancels_nothing_in_the_queue(shop: Shop):
    await shop.do(shop.grant(1))
    async with shop.blocked():
        running = asyncio.create_task(shop.do(shop.grant(10)))
        await until(lambda: len(shop.store.batches) == 2)
        waiting = [asyncio.create_task(shop.do(shop.grant(100))) for _ in range(3)]
        await until(lambda: shop.ledger.depth == 3)
        for task in (running, waiting[1]):
            task.cancel()
        gone = await asyncio.gather(running, waiting[1], return_exceptions=True)
        assert all(isinstance(answer, asyncio.CancelledError) for answer in gone)
    assert done(await waiting[0]).coins.available == 111
    assert done(await waiting[2]).coins.available == 311


async def test_a_full_queue_answers_overloaded_and_leaves_nothing_half_done(shop: Shop):
    await shop.do(shop.grant(1))
    small, store = await shop.another_ledger(max_queue=3)
    async with shop.blocked():
        tasks = [asyncio.create_task(small.submit(shop.grant(10)))]
        await until(lambda: store.batches == [1])
        tasks += [asyncio.create_task(small.submit(shop.grant(10))) for _ in range(3)]
        await until(lambda: small.depth == 3)
        with pytest.raises(RequestError) as caught:
            await small.submit(shop.grant(1_000))
        assert caught.value.code is RequestCode.OVERLOADED
    assert codes(await asyncio.gather(*tasks)) == {"ok": 4}
    assert await shop.balance() == (41, 0, 0, 0)


async def test_a_drained_ledger_answers_what_it_took_and_takes_no_more(shop: Shop):
    last, _ = await shop.another_ledger()
    tasks = [asyncio.create_task(last.submit(shop.grant(1))) for _ in range(20)]
    await asyncio.sleep(0)  # each task has handed its command in
    assert last.depth == 20
    await last.drain()
    assert all(task.done() for task in tasks)
    with pytest.raises(RequestError):
        await last.submit(shop.grant(1))
    assert await shop.balance() == (20, 0, 0, 0)


async def test_two_processes_on_the_same_customers_agree_with_what_they_told_their_clients(
    shop: Shop,
):
    """What the clients were told, added up, is what the ledger holds; each key was decided once."""
    other, _ = await shop.another_ledger()
    for customer in range(1, 6):
        await shop.do(shop.grant(60, customer))
    told = await asyncio.gather(
        *(client(shop, ledger, seed) for seed in range(12) for ledger in (shop.ledger, other))
    )
    told = [pair for pairs in told for pair in pairs]
    expected = Counter[int]()
    replays = await asyncio.gather(*(shop.do(command) for command, _ in told))
    for (command, outcome), again in zip(told, replays, strict=True):
        assert again.replayed
        assert same(again, outcome)
        if outcome.redemption:
            expected[command.customer_id] += outcome.redemption.points
    for customer in range(1, 6):
        available, held, _, _ = await shop.balance(customer)
        assert (available, held) == (60 - expected[customer], expected[customer])


async def client(shop: Shop, ledger: Ledger, seed: int) -> list[tuple[Command, Outcome]]:
    """Applies on its own carts, each sent twice at once; what it was told of each."""
    random = Random(seed)  # noqa: S311 - a seeded draw
    told: list[tuple[Command, Outcome]] = []
    for n in range(15):
        points, customer = random.randint(1, 5), random.randint(1, 5)
        command = shop.apply(points, customer, cart=f"{id(ledger)}-{seed}-{n}")
        one, two = await asyncio.gather(ledger.submit(command), ledger.submit(command))
        assert same(one, two)
        assert one.replayed != two.replayed
        told.append((command, one))
    return told


async def test_the_journal_goes_forward_while_the_clock_goes_back(shop: Shop):
    await shop.do(shop.grant(50, expires_at=shop.now + 600 * SECOND))
    redemption = await shop.held(20)
    shop.now -= 3_600 * SECOND
    done(await shop.do(shop.capture(redemption, points=15)))
    await shop.do(shop.grant(5))
    times = await shop.sql("SELECT at FROM journal ORDER BY sequence")
    assert times == sorted(set(times))
    assert await shop.balance() == (40, 0, 0, 0)
    shop.now += 3_600 * SECOND
