"""A refusal's numbers are true: what it says is missing, once added, makes the thing go through."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from gateway.errors import Code, Refusal
from gateway.rules.evaluator import evaluate
from gateway.rules.facts import CartLine
from gateway.rules.offer import Offer
from gateway.rules.program import NO_MINIMUM, Rule, RuleKind
from tests.rules.build import a_cart, a_rule, fixed_payment, offered, percent_payment
from tests.rules.naive import Question
from tests.rules.questions import question

STEPPED = a_rule(points=100, discount_minor=500)
BY_CART = {Code.MIN_PAYMENT_REQUIRED, Code.NO_ELIGIBLE_ITEMS, Code.MIN_CART_NOT_REACHED}


def refusal_of(offer: Offer) -> Refusal:
    assert offer.refusal is not None
    return offer.refusal


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


def refused(*codes: Code, count: int) -> list[tuple[Question, Refusal]]:
    """Draw random questions that are refused with one of the codes."""
    random = Random(11)  # noqa: S311 - a seeded draw, nothing secret
    found: list[tuple[Question, Refusal]] = []
    while len(found) < count:
        asked = question(random)
        refusal = ask(asked).refusal
        if refusal is not None and refusal.code in codes:
            found.append((asked, refusal))
    return found


def with_balance(asked: Question, more: int) -> Question:
    shopper = replace(asked.shopper, available=asked.shopper.available + more)
    return replace(asked, shopper=shopper, requested=None)


def with_cart(asked: Question, more: int) -> Question:
    """Add covered goods for an amount, other goods for a percentage."""
    cart, rule = asked.cart, asked.rule
    covered = "PERCENT" not in rule.kind
    product = min(rule.product_ids, default="other") if covered else "other"
    collections = tuple(rule.collection_ids) if covered else ()
    line = CartLine(product, more, collection_ids=collections)
    grown = replace(cart, total_minor=cart.total_minor + more, lines=(*cart.lines, line))
    return replace(asked, cart=grown, requested=None)


def test_missing_points_once_there_are_enough_and_one_less_is_not():
    for asked, refusal in refused(Code.INSUFFICIENT_POINTS, count=1_000):
        missing = refusal.shortfall_points
        assert missing is not None
        after = ask(with_balance(asked, missing)).refusal
        assert after is None or after.code is not Code.INSUFFICIENT_POINTS
        assert refusal_of(ask(with_balance(asked, missing - 1))).code is Code.INSUFFICIENT_POINTS


def test_the_named_points_of_a_request_that_was_too_low_go_through_and_one_less_does_not():
    tried = 0
    for asked, refusal in refused(Code.REQUEST_BELOW_STEP, count=500):
        if refusal.shortfall_points is None:
            assert not ask(replace(asked, requested=None)).eligible
            continue
        tried += 1
        enough = (asked.requested or 0) + refusal.shortfall_points
        assert refusal.allowed_points == enough == ask(replace(asked, requested=enough)).points
        less = refusal_of(ask(replace(asked, requested=enough - 1)))
        assert less.code is Code.REQUEST_BELOW_STEP
    assert tried > 100


def test_the_missing_cart_once_added_makes_the_smallest_redemption_go_through():
    """And one minor unit less does not. The minimum cart's own gate only promises its gate."""
    tried: set[tuple[RuleKind, Code]] = set()
    for asked, refusal in refused(*BY_CART, count=6_000):
        missing = refusal.shortfall_minor
        left = asked.cart.total_minor - asked.credits_minor
        if missing is None or left < asked.rule.minimum_cart_minor or left < 0:
            continue
        tried.add((asked.rule.kind, refusal.code))
        assert ask(with_cart(asked, missing)).eligible, asked
        assert not ask(with_cart(asked, missing - 1)).eligible, asked
    amounts = {RuleKind.VARIABLE_AMOUNT, RuleKind.FIXED_AMOUNT}
    percents = {RuleKind.VARIABLE_PERCENT, RuleKind.FIXED_PERCENT}
    assert {(kind, code) for kind in amounts for code in BY_CART} <= tried
    assert {(kind, Code.MIN_PAYMENT_REQUIRED) for kind in percents} <= tried


def test_a_cart_below_the_minimum_passes_that_gate_with_what_was_missing():
    tried = 0
    for asked, refusal in refused(Code.MIN_CART_NOT_REACHED, count=1_000):
        left = asked.cart.total_minor - asked.credits_minor
        if left >= asked.rule.minimum_cart_minor:
            continue
        tried += 1
        assert refusal.shortfall_minor == asked.rule.minimum_cart_minor - max(0, left)
    assert tried > 100


def test_the_maximum_discount_that_is_too_small_for_one_step_is_named():
    refusal = refusal_of(offered(replace(STEPPED, maximum_discount_minor=499), 50_000, 900))
    assert refusal == Refusal(Code.MAX_DISCOUNT_REACHED, limit_minor=499)


def test_a_maximum_percentage_below_the_minimum_points_names_the_discount_it_allows():
    rule = a_rule(
        RuleKind.VARIABLE_PERCENT, percent_bp=100, maximum_percent_bp=450, minimum_points=5
    )
    refusal = refusal_of(offered(rule, 50_000, 900))
    assert refusal == Refusal(Code.MAX_DISCOUNT_REACHED, limit_minor=2_000)


def test_the_minimum_payment_is_named_whole_even_above_the_cart():
    refusal = refusal_of(offered(a_rule(), 5_000, 900, payment=fixed_payment(10_000)))
    assert refusal == Refusal(Code.MIN_PAYMENT_REQUIRED, limit_minor=10_000, shortfall_minor=5_100)


def test_no_cart_is_asked_for_where_everything_must_be_paid():
    refusal = refusal_of(offered(a_rule(), 5_000, 900, payment=percent_payment(10_000)))
    assert refusal == Refusal(Code.MIN_PAYMENT_REQUIRED, limit_minor=5_000)


def test_no_cart_is_asked_for_where_the_discount_would_grow_with_it():
    rule = a_rule(RuleKind.FIXED_PERCENT, points=300, percent_bp=9_000)
    refusal = refusal_of(offered(rule, 10_000, 300, payment=percent_payment(2_000)))
    assert refusal == Refusal(Code.MIN_PAYMENT_REQUIRED, limit_minor=2_000)


def test_no_points_are_asked_for_where_no_number_of_them_would_buy_anything():
    """15 % of 0.01 is nothing: 100 steps would be a unit, but only 15 are allowed."""
    rule = a_rule(RuleKind.VARIABLE_PERCENT, percent_bp=100, maximum_percent_bp=1_500)
    assert refusal_of(offered(rule, 1, 5)).code is Code.MAX_DISCOUNT_REACHED


def test_goods_too_cheap_for_a_fixed_percentage_are_not_eligible():
    rule = a_rule(RuleKind.FIXED_PERCENT, percent_bp=1_000)
    assert refusal_of(offered(rule, 9, 5)) == Refusal(Code.NO_ELIGIBLE_ITEMS)
    assert offered(rule, 10, 5).discount_minor == 1


@pytest.mark.parametrize("kind", [RuleKind.VARIABLE_PERCENT, RuleKind.FIXED_PERCENT])
def test_a_percentage_of_named_goods_asks_for_other_goods(kind: RuleKind):
    """Half of A's 1.00 with 1.00 to be paid: 1.20 leaves 0.20, so 0.30 more of anything else."""
    rule: Rule = a_rule(kind, percent_bp=5_000, product_ids=frozenset({"A"}))
    cart = a_cart(120, ("A", 100), ("B", 20))
    assert offered(rule, cart, 9, payment=NO_MINIMUM).eligible
    refusal = refusal_of(offered(rule, cart, 9, payment=fixed_payment(100)))
    assert (refusal.code, refusal.shortfall_minor) == (Code.MIN_PAYMENT_REQUIRED, 30)


def test_a_request_names_the_fewest_points_it_should_have_been():
    refusal = refusal_of(offered(replace(STEPPED, minimum_points=250), 50_000, 950, requested=299))
    assert refusal == Refusal(Code.REQUEST_BELOW_STEP, allowed_points=300, shortfall_points=1)
