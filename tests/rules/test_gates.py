"""The gates before the formula: time, customer, covered goods, minimum cart, and their order."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.errors import Code
from gateway.rules.evaluator import eligible_minor, evaluate, evaluate_program, quantify
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.program import NO_MINIMUM, Rule
from tests.rules.build import NOW, a_cart, a_program, a_rule, offered, percent_payment

CART = a_cart(50_000)
ANYBODY = Shopper(100)


def code(rule: Rule, shopper: Shopper = ANYBODY, cart: Cart = CART) -> Code | None:
    refusal = evaluate(rule, NO_MINIMUM, cart, shopper, now=NOW).refusal
    return refusal.code if refusal else None


def test_a_rule_holds_from_its_start_until_just_before_its_end():
    assert code(a_rule(starts_at=NOW + 1)) is Code.RULE_INACTIVE
    assert code(a_rule(starts_at=NOW)) is None
    assert code(a_rule(ends_at=NOW + 1)) is None
    assert code(a_rule(ends_at=NOW)) is Code.RULE_INACTIVE


def test_a_rule_for_tiers_wants_one_of_them():
    rule = a_rule(tiers=frozenset({"gold", "silver"}))
    assert code(rule, Shopper(100, tier="gold")) is None
    assert code(rule, Shopper(100, tier="bronze")) is Code.CUSTOMER_NOT_ELIGIBLE
    assert code(rule, Shopper(100)) is Code.CUSTOMER_NOT_ELIGIBLE


def test_a_rule_for_tags_wants_any_of_them():
    rule = a_rule(tags=frozenset({"vip", "staff"}))
    assert code(rule, Shopper(100, tags=frozenset({"staff", "new"}))) is None
    assert code(rule, Shopper(100, tags=frozenset({"new"}))) is Code.CUSTOMER_NOT_ELIGIBLE


def test_a_rule_for_a_tier_and_a_tag_wants_both():
    rule = a_rule(tiers=frozenset({"gold"}), tags=frozenset({"vip"}))
    assert code(rule, Shopper(100, tier="gold")) is Code.CUSTOMER_NOT_ELIGIBLE
    assert code(rule, Shopper(100, tags=frozenset({"vip"}))) is Code.CUSTOMER_NOT_ELIGIBLE
    assert code(rule, Shopper(100, "gold", frozenset({"vip"}))) is None


def test_gates_refuse_in_the_order_of_the_contract():
    """Everything is wrong at once; putting one thing right after the other walks the order."""
    everything: dict[str, Any] = {
        "ends_at": NOW,
        "tiers": frozenset({"gold"}),
        "product_ids": frozenset({"A"}),
        "minimum_cart_minor": 60_000,
    }
    nobody, cart = Shopper(0), Cart("cart", 50_000, (CartLine("B", 50_000),))
    codes: list[Code | None] = []
    for right in ("", *everything):
        everything.pop(right, None)
        codes.append(code(a_rule(**everything), nobody, cart))
    assert codes == [
        Code.RULE_INACTIVE,
        Code.CUSTOMER_NOT_ELIGIBLE,
        Code.NO_ELIGIBLE_ITEMS,
        Code.MIN_CART_NOT_REACHED,
        Code.INSUFFICIENT_POINTS,
    ]


def test_a_line_covered_by_product_and_by_two_collections_counts_once():
    rule = a_rule(product_ids=frozenset({"A"}), collection_ids=frozenset({"x", "y"}))
    covered = CartLine("A", 700, collection_ids=("x", "y"))
    by_collection, other = CartLine("B", 50, collection_ids=("y", "z")), CartLine("C", 9)
    assert eligible_minor(rule, Cart("cart", 759, (covered, by_collection, other))) == 750


def test_a_rule_that_names_nothing_covers_the_total_even_without_lines():
    assert eligible_minor(a_rule(), CART) == 50_000


def test_quantify_asks_neither_time_nor_customer():
    rule = a_rule(ends_at=NOW - 1, tiers=frozenset({"gold"}), tags=frozenset({"vip"}))
    offer = quantify(rule, NO_MINIMUM, total_minor=500, eligible_minor=500, available=3)
    assert (offer.points, offer.discount_minor) == (3, 300)


def test_store_credit_lowers_the_cart_but_not_the_minimum_payment():
    """500.00, of which 20 % = 100.00 must be paid; 150.00 of credit leaves 250.00 for points."""
    offer = offered(a_rule(), 50_000, 5_000, payment=percent_payment(2_000), credits_minor=15_000)
    assert (offer.discount_minor, offer.floor_minor) == (25_000, 10_000)


def test_store_credit_counts_against_the_minimum_cart():
    rule = a_rule(minimum_cart_minor=40_000)
    refusal = offered(rule, 50_000, 10, credits_minor=15_000).refusal
    assert refusal is not None
    assert (refusal.code, refusal.shortfall_minor) == (Code.MIN_CART_NOT_REACHED, 5_000)


def test_a_cart_paid_by_store_credit_leaves_nothing_that_a_rule_could_cover():
    refusal = offered(a_rule(), 500, 10, credits_minor=600).refusal
    assert refusal is not None
    assert refusal.code is Code.NO_ELIGIBLE_ITEMS


@pytest.mark.parametrize("rules", [(), (a_rule(),)])
def test_a_disabled_integration_says_so_before_anything_else(rules: tuple[Rule, ...]):
    evaluation = evaluate_program(
        a_program(*rules, enabled=False), CART, Shopper(100), now=NOW, rule_id=9
    )
    assert [refusal.code for refusal in evaluation.refusals] == [Code.INTEGRATION_DISABLED]
    assert (evaluation.offers, evaluation.best) == ((), None)


def test_a_program_without_rules_says_so():
    evaluation = evaluate_program(a_program(), CART, Shopper(100), now=NOW)
    assert [refusal.code for refusal in evaluation.refusals] == [Code.NO_RULE_CONFIGURED]


@pytest.mark.parametrize("rules", [(), (a_rule(),)])
def test_a_named_rule_that_is_not_in_the_program_is_inactive(rules: tuple[Rule, ...]):
    """Archived, that is, or never there; also when it was the last one."""
    evaluation = evaluate_program(a_program(*rules), CART, Shopper(100), now=NOW, rule_id=9)
    assert [refusal.code for refusal in evaluation.refusals] == [Code.RULE_INACTIVE]
    assert evaluation.offers == ()


def test_a_rule_s_own_minimum_payment_replaces_the_program_s():
    strict = percent_payment(9_000)
    program = a_program(
        a_rule(id=1), a_rule(id=2, minimum_payment=NO_MINIMUM), minimum_payment=strict
    )
    offers = evaluate_program(program, CART, Shopper(10_000), now=NOW).offers
    assert [(offer.rule.id, offer.discount_minor) for offer in offers] == [(2, 50_000), (1, 5_000)]
