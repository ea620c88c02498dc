"""A draft of an earning rule tried: who orders, what overlaps, what can never give anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.rules.earning import Earner
from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier
from gateway.rules.earning_trials import (
    TrialOrder,
    never_earns,
    overlapping,
    tried,
    unknown_tiers,
    with_draft,
)
from gateway.rules.program import RuleKind
from gateway.rules.worth import buys_minor, dearest_rule, given_back_bp
from tests.rules.build import NOW, a_program, a_rule
from tests.rules.test_earning import RULE, fixed

SHOE, SOCK = frozenset({"shoe"}), frozenset({"sock"})
DRAFT = replace(RULE, id=0)
ORDER = TrialOrder(total_minor=50_000, paid_minor=50_000)
GOLD = Earning(rules=(RULE,), tiers=(Tier("Gold", 1_000, 15_000),))


def test_it_takes_the_place_of_its_id_or_comes_last():
    again = replace(RULE, points=2)
    assert with_draft(GOLD, again).rules == (again,)
    assert with_draft(GOLD, DRAFT).rules == (RULE, DRAFT)


@pytest.mark.parametrize(
    ("changes", "order", "earner"),
    [
        ({}, {}, Earner()),
        ({"tiers": frozenset({"b", "a"})}, {}, Earner("a")),
        ({"tiers": frozenset({"a"})}, {"tier": "Gold"}, Earner("Gold")),
        ({"tiers": frozenset({"a"})}, {"tier": ""}, Earner()),
        ({"tags": frozenset({"vip"})}, {}, Earner(tags=frozenset({"vip"}))),
        ({"kind": EarningKind.FIRST_ORDER, "per_minor": 0}, {}, Earner(first_order=True)),
        (
            {"kind": EarningKind.FIRST_ORDER, "per_minor": 0},
            {"first_order": False},
            Earner(first_order=False),
        ),
        ({}, {"first_order": True}, Earner(first_order=True)),
    ],
)
def test_who_orders_is_one_whom_it_is_for_unless_the_order_says_otherwise(
    changes: dict[str, object], order: dict[str, object], earner: Earner
):
    draft = replace(DRAFT, **changes)
    trial = tried(with_draft(GOLD, draft), draft, replace(ORDER, **order), NOW)
    assert trial.earner == earner


@pytest.mark.parametrize(
    "changes",
    [
        {"product_ids": frozenset({"card", "shoe"})},
        {"collection_ids": frozenset({"gifts", "sale"})},
        {"product_ids": frozenset({"card"}), "collection_ids": frozenset({"sale"})},
    ],
)
def test_the_order_is_of_what_it_covers_and_may_earn(changes: dict[str, object]):
    earning = replace(
        GOLD,
        excluded_product_ids=frozenset({"card"}),
        excluded_collection_ids=frozenset({"gifts"}),
    )
    draft = replace(DRAFT, **changes)
    trial = tried(with_draft(earning, draft), draft, ORDER, NOW)
    assert [each.points for each in trial.offers] == [50, 50]
    assert trial.own.rule is draft


def test_what_covers_only_what_never_earns_is_told():
    earning = replace(GOLD, excluded_product_ids=SHOE)
    assert never_earns(earning, replace(DRAFT, product_ids=SHOE))
    assert not never_earns(earning, replace(DRAFT, product_ids=SHOE | SOCK))
    assert not never_earns(earning, replace(DRAFT, product_ids=SHOE, collection_ids=SOCK))
    assert not never_earns(earning, DRAFT)


def test_a_tier_that_nobody_reaches_is_told_unless_tiers_are_set_by_hand():
    draft = replace(DRAFT, tiers=frozenset({"Gold", "Glod"}))
    assert unknown_tiers(GOLD, draft) == {"Glod"}
    assert unknown_tiers(Earning(), draft) == frozenset()


@pytest.mark.parametrize(
    ("live", "draft", "meet"),
    [
        ({}, {}, True),
        ({"product_ids": SHOE}, {}, True),
        ({"product_ids": SHOE}, {"product_ids": SHOE | SOCK}, True),
        ({"product_ids": SHOE}, {"product_ids": SOCK}, False),
        ({"product_ids": SHOE}, {"excluded_product_ids": SHOE}, False),
        ({"product_ids": SHOE}, {"collection_ids": SOCK}, True),
        ({"ends_at": NOW}, {}, False),
        ({"ends_at": NOW + 9}, {"starts_at": NOW + 9}, False),
        ({"ends_at": NOW + 9}, {"starts_at": NOW + 8}, True),
        ({"tiers": SHOE}, {"tiers": SOCK}, False),
        ({"kind": EarningKind.CAMPAIGN}, {}, True),
        ({"kind": EarningKind.BIRTHDAY}, {}, False),
        ({"kind": EarningKind.BIRTHDAY}, {"kind": EarningKind.BIRTHDAY}, True),
        ({"kind": EarningKind.BIRTHDAY}, {"kind": EarningKind.SIGN_UP}, False),
        ({"id": 0}, {}, False),
    ],
)
def test_rules_overlap_that_give_for_the_same(
    live: dict[str, object], draft: dict[str, object], meet: bool
):
    one: EarningRule = replace(RULE, **live)
    found = overlapping(Earning(rules=(one,)), replace(DRAFT, **draft), NOW)
    assert found == ((one,) if meet else ())


def test_what_is_given_back_is_a_rate_at_the_best_price_of_a_point():
    """10 points for ₹3, and 100 for ₹25 that are over; ₹500 earn 50 points, worth ₹15: 3 %."""
    best = a_rule(id=1, points=10, discount_minor=300)
    over = a_rule(id=2, points=10, discount_minor=900, ends_at=NOW)
    worse = a_rule(id=3, points=100, discount_minor=2_500)
    percent = a_rule(RuleKind.FIXED_PERCENT, id=4, percent_bp=5_000)
    program = a_program(percent, worse, over, best)
    assert dearest_rule(program, NOW) == best
    assert (buys_minor(best, 55), given_back_bp(best, 55, 50_000)) == (1_650, 330)
    assert given_back_bp(best, 50, 50_000) == 300
    assert dearest_rule(a_program(percent), NOW) is None


def test_a_bonus_is_tried_as_a_first_order():
    draft = fixed(EarningKind.FIRST_ORDER, id=0)
    assert tried(with_draft(GOLD, draft), draft, ORDER, NOW).own.points == 50
