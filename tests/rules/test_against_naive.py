"""The evaluator says what a slow, independent reading of the contract says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from gateway.rules.evaluator import amount_for, eligible_minor, evaluate
from gateway.rules.facts import Shopper
from gateway.rules.offer import Offer
from tests.rules.naive import BOUNDS, Answer, Question, answer
from tests.rules.questions import question

SEEDS = range(20)
QUESTIONS_PER_SEED = 1_000


def ask(asked: Question) -> Offer:
    return evaluate(
        asked.rule,
        asked.payment,
        asked.cart,
        asked.shopper,
        now=asked.now,
        requested=asked.requested,
        credits_minor=asked.credits_minor,
    )


def as_answer(offer: Offer) -> Answer:
    return Answer(
        offer.refusal.code.value if offer.refusal else None,
        offer.points,
        offer.discount_minor,
        offer.minimum_points,
        offer.maximum_points,
        frozenset(limit.kind.value for limit in offer.limits),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_random_questions_are_answered_as_by_trying_every_number_of_points(seed: int):
    random = Random(seed)  # noqa: S311 - a seeded draw, nothing secret
    for _ in range(QUESTIONS_PER_SEED):
        asked = question(random)
        assert as_answer(ask(asked)) == answer(asked), asked


def test_the_random_questions_reach_every_kind_of_answer():
    """A comparison that only ever sees easy questions would prove nothing."""
    random = Random(1)  # noqa: S311 - a seeded draw, nothing secret
    seen: Counter[str] = Counter()
    for _ in range(3_000):
        asked = question(random)
        offer = ask(asked)
        kind = asked.rule.kind.value
        seen[f"{kind} {offer.refusal.code.value if offer.refusal else 'accepted'}"] += 1
        seen.update(limit.kind.value for limit in offer.limits if offer.eligible)
    kinds = ("VARIABLE_AMOUNT", "FIXED_AMOUNT", "VARIABLE_PERCENT", "FIXED_PERCENT")
    codes = ("accepted", "RULE_INACTIVE", "CUSTOMER_NOT_ELIGIBLE", *BOUNDS.values())
    expected = {f"{kind} {code}" for kind in kinds for code in codes} | {*BOUNDS, "STEP"}
    assert expected - {name for name, count in seen.items() if count >= 3} == set()


@pytest.mark.parametrize("seed", range(3))
def test_exactly_so_many_points_are_allowed_where_trying_finds_no_fewer_that_buy_the_same(
    seed: int,
):
    random = Random(seed)  # noqa: S311 - a seeded draw, nothing secret
    for _ in range(25):
        drawn = question(random)
        rule = replace(
            drawn.rule, starts_at=None, ends_at=None, tiers=frozenset(), tags=frozenset()
        )
        for points in range(1, 40):
            asked = replace(drawn, rule=rule, shopper=Shopper(points), requested=points)
            tried = answer(asked)
            assert (tried.discount if tried.points == points else None) == amount_for(
                rule,
                asked.payment,
                total_minor=asked.cart.total_minor,
                eligible_minor=eligible_minor(rule, asked.cart),
                points=points,
                credits_minor=asked.credits_minor,
            ), asked
