"""In whatever order an order's events come, and however often, they end alike.

Promised, of one order: its state, its redemption and the balances do not depend on the order of
arrival of completion, refunds by amount or lines, cancellation, and a capture by itself of the same
total; nor does giving the redemption back whole. What was refused must be told again, as a shop
does until it is taken. Of several orders under DEBT: each order's state, and what the customer has
less what is owed, where no rule looks at other orders.

Not promised: which of capture and release ends a hold, where they race, and so what follows from
either. Points of a redemption that are given back by number, beside refunds of its order: both
count what is back already. An order that is captured by itself with one total and completed with
another. WITHIN_BALANCE with several orders, or with points that were spent: what nobody has is
forgiven at that time. Rules for first orders, tiers, and their multipliers: they look at what is
known then. A program that changes in between. Points that expire in between. Balances at their
largest number.
"""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from itertools import count
from random import Random

import pytest

from gateway.ledger.commands import Command, Outcome, Wallet
from gateway.ledger.order_state import RefundEvent
from gateway.rules.program import ClawbackPolicy
from tests.ledger.arriving import HELD, ORDER, REFUNDS, Told, arrive, end, program, standing
from tests.ledger.memory import MemoryStore
from tests.ledger.shop import Shop, done

_IDS = count(10_000)
SEEDS = range(8)
WINDOWS = (0, 86_400)


def story(random: Random, told: Told) -> list[Command]:
    """Events of one order, as a shop and its customer may make them."""
    refunds = random.sample(REFUNDS, random.randint(0, 4))
    events = [told.complete(redemption_id=HELD), *map(told.refund, refunds)]
    if random.random() < 0.4:
        events.append(told.cancel())
    if random.random() < 0.2:
        events.append(told.refund(RefundEvent("the rest")))
    if random.random() < 0.4:
        events.append(told.redemption("capture"))
    if random.random() < 0.3:
        events.append(told.redemption("give back"))
    return events


def stands(store: MemoryStore, told: Told) -> tuple[object, ...]:
    """What the customer and the order have come to."""
    redemption, order = store.redemption(told.customer, HELD), store.order(ORDER)
    figures = [
        redemption.status,
        redemption.captured_points,
        redemption.captured_credits_minor,
        redemption.refunded_points,
        redemption.refunded_credits_minor,
    ]
    return standing(order), figures, [store.balance(told.customer, w) for w in Wallet]


@pytest.mark.parametrize("policy", list(ClawbackPolicy))
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_events_of_one_order_end_alike_in_any_order(
    seed: int, window: int, policy: ClawbackPolicy
):
    random = Random(seed)  # noqa: S311 - a seeded draw
    made, ends = program(policy, window), set[str]()
    for n in range(6):
        for _ in range(6):
            told = Told()
            before = told.given(credit=4_444 if n % 2 else 0)
            events = arrive(told, random, story(Random(f"{seed} {n}"), told))  # noqa: S311
            ends.add(repr(stands(end(told, random, made, [*before, *events]), told)))
        assert len(ends) == 1, n
        ends.clear()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hold_that_was_released_leaves_the_order_as_one_that_took_nothing(seed: int):
    """Where the release came first; where it came later, it is as though it never was told."""
    random, made = Random(seed), program(ClawbackPolicy.DEBT)  # noqa: S311 - a seeded draw
    ends: dict[str, set[str]] = {}
    for _ in range(20):
        told = Told()
        events = [
            told.complete(redemption_id=HELD, lenient=True),
            told.refund(REFUNDS[0]),
            told.refund(REFUNDS[2]),
            told.redemption("release"),
        ]
        before = told.given(credit=0)
        store = end(told, random, made, [*before, *arrive(told, random, events)])
        status = store.redemption(told.customer, HELD).status
        ends.setdefault(status, set()).add(repr(stands(store, told)))
    assert {status: len(found) for status, found in ends.items()} == {
        "CAPTURED": 1,
        "RELEASED": 1,
    }


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_several_orders_come_to_the_same_less_what_is_owed(seed: int, window: int):
    random = Random(seed)  # noqa: S311 - a seeded draw
    made, ends = program(ClawbackPolicy.DEBT, window), set[str]()
    names = ("one", "two", "three")
    for _ in range(12):
        told = Told()
        events: list[Command] = []
        for name, total in zip(names, (9_999, 25_000, 700), strict=True):
            events += [told.complete(name, total), told.refund(REFUNDS[0], name)]
            events += [told.refund(REFUNDS[2], name)] if name != "three" else []
        events.append(told.cancel("two"))
        store = end(told, random, made, [told.owing(35), *arrive(told, random, events)])
        available, held, pending, debt = store.balance(told.customer, Wallet.COINS)
        orders = [standing(store.order(name)) for name in names]
        ends.add(repr((orders, available + held + pending - debt)))
    assert len(ends) == 1


@pytest.mark.parametrize("seed", range(3))
async def test_they_end_alike_on_a_database_too(shop: Shop, seed: int):
    """Each customer hears the same story in another order; some of it at once."""
    random = Random(seed)  # noqa: S311 - a seeded draw
    await shop.publish(program(ClawbackPolicy.DEBT))
    ends = set[str]()
    for customer in range(1, 6):
        told = Told(customer=customer)
        for command in told.given(credit=0):
            done(await shop.do(named(command, customer)))
        events = [told.complete(redemption_id=HELD), *map(told.refund, REFUNDS), told.cancel()]
        events.append(told.redemption("capture"))
        outcomes = await tell(shop, random, arrive(told, random, events), customer)
        last = next(o for o in reversed(outcomes) if o.order is not None)
        assert last.order is not None
        assert last.redemption is not None
        back = last.redemption.refunded_points
        order = repr(standing(last.order)).replace(f"{ORDER}-{customer}", ORDER)
        ends.add(
            f"{order} {back}".replace(f"customer_id={customer}", "").replace(
                f"redemption_id={HELD * 1_000 + customer}", ""
            )
        )
        assert await shop.balance(customer) == (87, 0, 0, 0)
    assert len(ends) == 1


async def tell(shop: Shop, random: Random, commands: list[Command], customer: int) -> list[Outcome]:
    outcomes: list[Outcome] = []
    while commands:
        count = random.choice((1, 3))
        batch, commands = commands[:count], commands[count:]
        outcomes += await asyncio.gather(*(shop.do(named(c, customer)) for c in batch))
        shop.now += 1_000
    return outcomes


def named(command: Command, customer: int) -> Command:
    """With an order and a redemption of the customer's own."""
    names = {field.name for field in fields(command)}
    changes: dict[str, object] = {}
    if "order_id" in names:
        changes["order_id"] = f"{ORDER}-{customer}"
    if getattr(command, "redemption_id", None) is not None:
        changes["redemption_id"] = HELD * 1_000 + customer
    if "id" in names:
        changes["id"] = next(_IDS)
    return replace(command, **changes)
