"""Earning and tiers say what a slow, independent reading of the contract says."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from gateway.rules.earning import Earner, Sale, earn, earned
from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier, TierMeasure
from gateway.rules.facts import CartLine
from gateway.rules.tiers import Day, standing
from tests.rules import naive_earning as naive

SEEDS = range(10)
QUESTIONS_PER_SEED = 800
NAMES = ("a", "b", "c")
TIERS = (Tier("a", 10, 12_500), Tier("b", 25, 20_000), Tier("c", 60, 10_001))
KINDS = tuple(EarningKind)
NOW = 1_790_000_000_000_000


def some(random: Random, share: float = 1.0) -> frozenset[str]:
    if random.random() >= share:
        return frozenset()
    return frozenset(random.sample(NAMES, random.randint(0, 2)))


def a_rule(random: Random) -> EarningRule:
    kind = random.choice((EarningKind.ORDER, EarningKind.ORDER, *KINDS))
    gated = random.random() < 0.15
    return EarningRule(
        id=1,
        version=1,
        name="random",
        kind=kind,
        points=random.randint(1, 9),
        per_minor=random.choice((1, 7, 40, 300)) if kind is EarningKind.ORDER else 0,
        tier_multiplied=random.random() < 0.7,
        minimum_order_minor=random.randint(0, 120) if random.random() < 0.3 else 0,
        product_ids=some(random, 0.3),
        collection_ids=some(random, 0.2),
        excluded_product_ids=some(random, 0.2),
        excluded_collection_ids=some(random, 0.1),
        tiers=some(random) if gated else frozenset(),
        tags=some(random) if gated else frozenset(),
        starts_at=random.randint(NOW - 1, NOW + 1) if gated else None,
        ends_at=random.randint(NOW - 1, NOW + 1) if gated else None,
    )


def a_sale(random: Random) -> Sale:
    lines: tuple[CartLine, ...] | None = None
    total = random.randint(0, 200)
    if random.random() < 0.7:
        lines = tuple(
            CartLine(
                random.choice(NAMES),
                random.randint(0, 90),
                collection_ids=tuple(random.choices(NAMES, k=random.randint(0, 2))),
            )
            for _ in range(random.randint(0, 4))
        )
        total = sum(line.total_minor for line in lines) + random.choice((0, 0, 15))
    paid = total if random.random() < 0.5 else random.randint(0, total)
    return Sale(total_minor=total, paid_minor=paid, lines=lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_earned_is_what_the_naive_reading_says(seed: int):
    random = Random(seed)  # noqa: S311 - reproducible, not secret
    seen = Counter[str]()
    for _ in range(QUESTIONS_PER_SEED):
        earning = Earning(
            rules=tuple(a_rule(random) for _ in range(3)),
            tiers=TIERS,
            excluded_product_ids=some(random, 0.15),
            excluded_collection_ids=some(random, 0.1),
        )
        sale = a_sale(random)
        earner = Earner(random.choice((None, *NAMES)), some(random), random.random() < 0.5)
        offers = earn(earning, sale, earner, NOW)
        by_order = {"ORDER", "CAMPAIGN", "FIRST_ORDER"}
        rules = [rule for rule in earning.rules if rule.kind in by_order]
        expected = [naive.answer(earning, rule, sale, earner, NOW) for rule in rules]
        found = [
            naive.Answer(
                offer.refusal.code if offer.refusal else None,
                offer.points,
                offer.refusal.shortfall_minor if offer.refusal else None,
            )
            for offer in offers
        ]
        assert found == expected
        assert earned(offers) == sum(each.points for each in expected)
        assert all(0 <= offer.spend_minor <= sale.paid_minor for offer in offers)
        seen.update(each.refused or "earned" for each in expected)
    assert min(seen.values()) > 10
    assert len(seen) == 7


@pytest.mark.parametrize("seed", SEEDS)
def test_a_standing_is_what_the_naive_reading_says(seed: int):
    """Days in any order, several entries of one day, days of long ago and of the future."""
    random, fallen = Random(seed), 0  # noqa: S311 - reproducible, not secret
    for _ in range(60):
        now = NOW + random.randint(0, 2 * naive.DAY)
        today = now // naive.DAY
        days = [
            Day(
                today - random.choice((0, 1, 2, 100, 363, 364, 365, random.randint(-3, 370))),
                random.randint(0, 30),
                random.randint(0, 12),
            )
            for _ in range(random.randint(0, 8))
        ]
        measure = random.choice(tuple(TierMeasure))
        tiers = TIERS[: random.randint(0, 3)]
        earning = Earning(tiers=tiers, tier_measure=measure)
        seen = standing(earning, days, now)
        amount = naive.counted(earning, days, today)
        assert seen.counted == amount
        assert (seen.tier.name if seen.tier else None) == naive.tier_of(earning, amount)
        above = [tier.threshold for tier in tiers if tier.threshold > amount]
        assert (seen.next_tier.threshold if seen.next_tier else None) == min(above, default=None)
        assert seen.missing == (min(above) - amount if above else 0)
        assert seen.review_at == naive.falls_at(earning, days, now)
        fallen += seen.review_at is not None
    assert fallen > 5
