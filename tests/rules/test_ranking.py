"""Which of several rules is best, and what is said when none can be used."""

from __future__ import annotations

from itertools import permutations

from gateway.errors import Code
from gateway.rules.evaluator import evaluate_program
from gateway.rules.facts import Shopper
from gateway.rules.offer import Evaluation
from gateway.rules.program import Rule, RuleKind
from tests.rules.build import NOW, a_cart, a_program, a_rule

FIXED = RuleKind.FIXED_AMOUNT


def evaluated(*rules: Rule, balance: int = 1_000, rule_id: int | None = None) -> Evaluation:
    program = a_program(*rules)
    return evaluate_program(program, a_cart(10_000), Shopper(balance), now=NOW, rule_id=rule_id)


def order(evaluation: Evaluation) -> list[int]:
    return [offer.rule.id for offer in evaluation.offers]


def fixed(rule_id: int, points: int, discount: int, **values: object) -> Rule:
    return a_rule(FIXED, id=rule_id, points=points, discount_minor=discount, **values)


def test_offers_stand_by_discount_points_priority_and_age_however_they_are_given():
    """Each rule loses to the one before it by one criterion only, and wins all the later ones."""
    best_first = (
        fixed(9, 500, 600, priority=9, created_at=9),
        fixed(8, 100, 500, priority=9, created_at=9),
        fixed(7, 200, 500, priority=1, created_at=9),
        fixed(6, 200, 500, priority=2, created_at=1),
        fixed(4, 200, 500, priority=2, created_at=3),
        fixed(5, 200, 500, priority=2, created_at=3),
    )
    for given in permutations(best_first, len(best_first)):
        assert order(evaluated(*given)) == [rule.id for rule in best_first]


def test_refused_offers_follow_the_usable_ones_by_priority():
    evaluation = evaluated(
        fixed(1, 5_000, 900, priority=3),
        fixed(2, 5_000, 900, priority=1),
        fixed(3, 10, 5, priority=9),
        fixed(4, 10, 90_000, priority=2),
    )
    assert order(evaluation) == [3, 2, 4, 1]
    assert evaluation.best is not None
    assert evaluation.best.rule.id == 3
    assert evaluation.refusals == ()


def test_when_nothing_can_be_used_each_reason_is_said_once_with_the_best_offer_s_numbers():
    evaluation = evaluated(
        fixed(1, 50, 900, priority=3),
        fixed(2, 40, 900, priority=1),
        fixed(3, 10, 900, priority=2, ends_at=NOW),
        balance=10,
    )
    assert evaluation.best is None
    assert order(evaluation) == [2, 3, 1]
    assert [(refusal.code, refusal.shortfall_points) for refusal in evaluation.refusals] == [
        (Code.INSUFFICIENT_POINTS, 30),
        (Code.RULE_INACTIVE, None),
    ]


def test_a_named_rule_is_the_only_offer_even_if_another_is_better():
    evaluation = evaluated(fixed(1, 50, 900), fixed(2, 50, 100), rule_id=2)
    assert order(evaluation) == [2]
    assert evaluation.best is not None
    assert evaluation.best.discount_minor == 100


def test_a_named_rule_that_refuses_gives_its_reason():
    evaluation = evaluated(fixed(1, 50, 900), fixed(2, 5_000, 100), rule_id=2)
    assert evaluation.best is None
    assert [refusal.code for refusal in evaluation.refusals] == [Code.INSUFFICIENT_POINTS]
