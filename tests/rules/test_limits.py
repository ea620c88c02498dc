"""`limits`: which bounds kept the result from being larger, and what each would allow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.rules.evaluator import quantify
from gateway.rules.facts import Cart
from gateway.rules.offer import LimitKind, Offer
from gateway.rules.program import NO_MINIMUM, RuleKind
from tests.rules.build import a_cart, a_rule, fixed_payment, offered

BALANCE, REQUESTED, STEP = (
    LimitKind.POINTS_BALANCE,
    LimitKind.REQUESTED_POINTS,
    LimitKind.STEP,
)
MAXIMUM, PAYMENT, ITEMS, MULTIPLE = (
    LimitKind.MAX_DISCOUNT,
    LimitKind.MIN_PAYMENT,
    LimitKind.ELIGIBLE_ITEMS,
    LimitKind.MIN_CART_MULTIPLE,
)

# 100 points = 5.00 a step.
STEPPED = a_rule(points=100, discount_minor=500)
PERCENT = a_rule(RuleKind.VARIABLE_PERCENT, points=10, percent_bp=100)


def written(offer: Offer) -> list[tuple[LimitKind, int, int]]:
    return [(limit.kind, limit.points, limit.discount_minor) for limit in offer.limits]


def test_the_balance_alone():
    assert written(offered(STEPPED, 50_000, 300)) == [(BALANCE, 300, 1_500)]


def test_a_balance_between_two_steps_lists_the_step_too():
    assert written(offered(STEPPED, 50_000, 350)) == [(BALANCE, 300, 1_500), (STEP, 300, 1_500)]


def test_a_request_between_two_steps_hides_a_larger_balance():
    offer = offered(STEPPED, 50_000, 950, requested=250)
    assert written(offer) == [(REQUESTED, 200, 1_000), (STEP, 200, 1_000)]


def test_a_balance_that_was_cut_but_did_not_matter_is_not_listed():
    rule = replace(STEPPED, maximum_discount_minor=2_000)
    assert written(offered(rule, 50_000, 950)) == [(MAXIMUM, 400, 2_000)]


def test_the_minimum_payment_alone():
    rule = a_rule(product_ids=frozenset({"A"}))
    cart = a_cart(1_000, ("A", 900), ("B", 100))
    offer = offered(rule, cart, 5_000, payment=fixed_payment(400))
    assert written(offer) == [(PAYMENT, 6, 600)]


def test_covered_goods_alone():
    rule = a_rule(product_ids=frozenset({"A"}))
    cart = a_cart(1_000, ("A", 350), ("B", 650))
    assert written(offered(rule, cart, 5_000)) == [(ITEMS, 3, 300)]


def test_the_multiplier_alone():
    rule = a_rule(cart_multiplier_bp=30_000)
    assert written(offered(rule, 10_000, 5_000)) == [(MULTIPLE, 33, 3_300)]


def test_all_bounds_that_meet_at_the_result_are_listed():
    """Everything stops at 3.00: nobody can say that one of them was the reason."""
    rule = a_rule(
        maximum_discount_minor=399, cart_multiplier_bp=25_000, product_ids=frozenset({"A"})
    )
    cart: Cart = a_cart(900, ("A", 301), ("B", 599))
    offer = offered(rule, cart, 3, requested=3, payment=fixed_payment(550))
    kinds = (BALANCE, REQUESTED, MAXIMUM, PAYMENT, ITEMS, MULTIPLE)
    assert written(offer) == [(kind, 3, 300) for kind in kinds]


def test_a_maximum_percentage_is_a_maximum_discount():
    rule = replace(PERCENT, maximum_percent_bp=1_550)
    assert written(offered(rule, 10_000, 5_000)) == [(MAXIMUM, 150, 1_500)]


def test_a_percentage_lists_what_kept_it_from_the_next_larger_discount_not_the_next_step():
    """On 2.50, 80 steps of 0.01 % buy 0.02 and only 120 buy 0.03: 90 points are what stops it."""
    rule = replace(PERCENT, points=1, percent_bp=1)
    offer = offered(rule, 250, 90)
    assert (offer.points, written(offer)) == (80, [(BALANCE, 80, 2)])


def test_a_fixed_offer_that_is_granted_lists_nothing_since_no_larger_one_exists():
    rule = a_rule(RuleKind.FIXED_AMOUNT, points=500, discount_minor=5_000)
    assert written(offered(rule, 5_000, 500)) == []


def test_a_fixed_percentage_lists_the_maximum_that_made_it_smaller():
    rule = a_rule(RuleKind.FIXED_PERCENT, points=300, percent_bp=1_000, maximum_discount_minor=99)
    assert written(offered(rule, 991, 300)) == []
    assert written(offered(rule, 1_000, 300)) == [(MAXIMUM, 300, 99)]


def test_a_refusal_lists_the_broken_bounds_tightest_first():
    """Smallest is 3 steps: the payment leaves none, the maximum allows one, the balance two."""
    rule = replace(STEPPED, minimum_points=300, maximum_discount_minor=999)
    offer = offered(rule, 5_000, 250, payment=fixed_payment(4_600))
    assert written(offer) == [
        (PAYMENT, 0, 0),
        (MAXIMUM, 100, 500),
        (BALANCE, 200, 1_000),
        (STEP, 200, 1_000),
    ]


@pytest.mark.parametrize(
    ("kind", "alone"),
    [
        (BALANCE, {"available": 35}),
        (REQUESTED, {"requested": 35}),
        (PAYMENT, {"floor": 99_500}),
    ],
)
def test_a_limit_says_what_that_bound_alone_gives(kind: LimitKind, alone: dict[str, int]):
    rule = replace(PERCENT, minimum_points=20)
    offer = quantify(
        rule,
        fixed_payment(alone["floor"]) if "floor" in alone else NO_MINIMUM,
        total_minor=100_000,
        eligible_minor=10_000,
        available=alone.get("available", 10**6),
        requested=alone.get("requested"),
    )
    limit = offer.limits[0]
    assert limit.kind is kind
    assert (limit.points, limit.discount_minor) == (offer.points, offer.discount_minor)
