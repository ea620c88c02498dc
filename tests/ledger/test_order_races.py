"""Several processes tell of one order or one hold at once; the ledger is verified at the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest

from gateway.ledger.commands import Command, Outcome, Settle
from gateway.ledger.lanes import Ledger
from gateway.rules.program import ClawbackPolicy
from tests.ledger.ordering import (
    WELCOME,
    award,
    cancel,
    complete,
    earning,
    give_back,
    order_of,
)
from tests.ledger.shop import MERCHANT, SECOND, Shop, codes, done

ROUNDS = range(1, 25)


async def at_once(random: Random, ledgers: list[Ledger], commands: list[Command]) -> list[Outcome]:
    """Each through one of the processes, in any order; answers in the order of `commands`."""
    sent = [(random.random(), n, random.choice(ledgers)) for n in range(len(commands))]
    tasks: dict[int, asyncio.Task[Outcome]] = {}
    for _, n, ledger in sorted(sent, key=lambda each: each[0]):
        tasks[n] = asyncio.create_task(ledger.submit(commands[n]))
    async with asyncio.timeout(60):
        return [await tasks[n] for n in range(len(commands))]


@pytest.mark.parametrize("late", [False, True], ids=["held", "run out"])
async def test_complete_capture_release_and_expiry_racing_end_a_hold_once(shop: Shop, late: bool):
    """Whoever wins, the order has what was captured for it, and nobody has points twice."""
    other, _ = await shop.another_ledger()
    await earning(shop)
    random, ended = Random(7), Counter[str]()  # noqa: S311 - a seeded draw
    holds: dict[int, int] = {}
    for customer in ROUNDS:
        await shop.do(shop.grant(10, customer))
        holds[customer] = await shop.held(10, customer, hold_seconds=60)
    shop.now += 61 * SECOND if late else 0
    for customer, held in holds.items():
        name = f"sold-{customer}"
        race: list[Command] = [
            complete(shop, name, customer=customer, redemption_id=held),
            shop.capture(held, customer, order=name),
            shop.release(held, customer),
            Settle(merchant_id=MERCHANT, customer_id=customer),
        ]
        outcomes = await at_once(random, [shop.ledger, other], race)
        status = (await shop.status(held))[0]
        ended[status] += 1
        told = [o.refusal and o.refusal.code.value for o in outcomes[:3]]
        if status == "CAPTURED":
            assert told[0] is None
            assert told[1] in {None, "ALREADY_CAPTURED"}
            assert told[2] in ({None, "ALREADY_CAPTURED"} if late else {"ALREADY_CAPTURED"})
            assert await shop.balance(customer) == (49, 0, 0, 0)
        else:
            assert told == ["ALREADY_RELEASED", "ALREADY_RELEASED", None]
            assert await shop.balance(customer) == (10, 0, 0, 0)
            assert await shop.sql("SELECT 1 FROM customer_order WHERE order_id = $1", name) == []
    assert ended["CAPTURED"] > 3
    assert late or ended["RELEASED"] > 1


async def test_an_order_completed_from_everywhere_at_once_earns_once(shop: Shop):
    other, _ = await shop.another_ledger()
    await earning(shop)
    random = Random(5)  # noqa: S311 - a seeded draw
    for customer in ROUNDS:
        tales = [complete(shop, f"sold-{customer}", customer=customer) for _ in range(4)]
        outcomes = await at_once(random, [shop.ledger, other], list(tales))
        assert Counter(o.replayed for o in outcomes) == {False: 1, True: 3}
        assert len({repr(order_of(o)) for o in outcomes}) == 1
        assert await shop.balance(customer) == (50, 0, 0, 0)


async def test_one_order_of_two_customers_at_once_is_one_customers(shop: Shop):
    """They lock different accounts, so only the order itself can stop the second."""
    other, _ = await shop.another_ledger()
    await earning(shop)
    random = Random(3)  # noqa: S311 - a seeded draw
    for n in ROUNDS:
        mine, theirs = 2 * n - 1, 2 * n
        race: list[Command] = [
            complete(shop, f"sold-{n}", customer=mine),
            complete(shop, f"sold-{n}", customer=theirs),
            give_back(shop, 1_000, order=f"sold-{n}", customer=random.choice((mine, theirs))),
        ]
        outcomes = await at_once(random, [shop.ledger, other], race)
        assert codes(outcomes[:2]) == {"ok": 1, "ORDER_OF_ANOTHER": 1}
        owners = await shop.sql(
            "SELECT customer_id FROM customer_order WHERE order_id = $1", f"sold-{n}"
        )
        assert owners == [(mine if outcomes[0].refusal is None else theirs,)]


async def test_one_order_of_two_customers_in_one_batch_is_the_firsts(shop: Shop):
    await earning(shop)
    await shop.do(shop.grant(1))
    async with shop.blocked():
        running = asyncio.create_task(shop.do(shop.grant(1)))
        while len(shop.store.batches) < 2:  # noqa: ASYNC110 - the batch has begun
            await asyncio.sleep(0.002)
        tales = [complete(shop, customer=customer) for customer in (2, 3)]
        waiting = [asyncio.create_task(shop.do(tale)) for tale in tales]
    await running
    outcomes = await asyncio.gather(*waiting)
    assert codes(list(outcomes)) == {"ok": 1, "ORDER_OF_ANOTHER": 1}


@pytest.mark.parametrize("policy", list(ClawbackPolicy))
async def test_cancellation_refunds_and_completion_racing_leave_nothing(
    shop: Shop, policy: ClawbackPolicy
):
    other, _ = await shop.another_ledger()
    await earning(shop, clawback_policy=policy)
    random = Random(9)  # noqa: S311 - a seeded draw
    for customer in ROUNDS:
        name = f"sold-{customer}"
        await shop.do(shop.grant(10, customer))
        held = await shop.held(10, customer)
        race: list[Command] = [
            complete(shop, name, customer=customer, redemption_id=held),
            cancel(shop, name, customer),
            give_back(shop, 7_000, order=name, customer=customer),
            give_back(shop, lines=9_000, order=name, customer=customer),
        ]
        outcomes = await at_once(random, [shop.ledger, other], race)
        assert codes(outcomes) == {"ok": 4}
        assert await shop.balance(customer) == (10, 0, 0, 0)
        order = order_of(await shop.do(cancel(shop, name, customer)))
        assert (order.earned_points, order.clawed_points, order.forgiven_points) == (49, 49, 0)
        assert await shop.status(held) == ("CAPTURED", None)


async def test_an_award_claimed_from_everywhere_at_once_is_given_once(shop: Shop):
    other, _ = await shop.another_ledger()
    await earning(shop, rules=(WELCOME,))
    random = Random(2)  # noqa: S311 - a seeded draw
    for customer in ROUNDS:
        claims = [award(shop, customer=customer) for _ in range(4)]
        outcomes = await at_once(random, [shop.ledger, other], list(claims))
        assert Counter(done(o).replayed for o in outcomes) == {False: 1, True: 3}
        assert await shop.balance(customer) == (25, 0, 0, 0)
