"""A replay by hand, and against a plain one that evaluates everything anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from gateway.errors import Code
from gateway.rules.evaluator import evaluate_program
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Program, Rule, RuleKind
from gateway.rules.whatif.contest import DRAFT, NOW, Tried, contest
from gateway.rules.whatif.replay import Replay, Visit
from gateway.rules.whatif.tallies import Span
from gateway.rules.whatif.winners import SHOWN

LIVE = Rule(
    id=7,
    version=1,
    name="1 = 1, at most 100",
    kind=RuleKind.VARIABLE_AMOUNT,
    points=1,
    discount_minor=1,
    maximum_discount_minor=100,
)
FIFTH = MinimumPayment(MinimumPaymentKind.PERCENT, 2_000)
PROGRAM = Program(merchant_id=1, version=1, currency="INR", rules=(LIVE,), minimum_payment=FIFTH)
LARGER = replace(LIVE, version=2, maximum_discount_minor=300)


def visit(total: int, points: int, at: int, **more: object) -> Visit:
    made = Cart(f"cart-{at}", total)
    given: dict[str, object] = {"cart": made, "who": Shopper(points), "at": at, "could": True}
    return Visit(**(given | more))  # pyright: ignore[reportArgumentType] - a test's own names


def replayed(draft: Rule, *customers: list[Visit], program: Program = PROGRAM) -> Replay:
    replay = Replay(contest(program, draft))
    for number, visits in enumerate(customers, 1):
        for _ in replay.customer(number, visits):
            pass
    return replay


def discounts(replay: Replay, rate: Fraction = Fraction(1, 2)) -> list[Span]:
    return [side.spent.discount(rate) for side in replay.sides]


def test_what_is_spent_is_missing_later_and_what_was_spent_is_put_back():
    """250 points. Really 100 were spent on the first order, so 150 were there at the second."""
    first = visit(500, 250, 1, ordered=True, redeemed=True, spent_points=100, saved_minor=100)
    second = visit(500, 150, 2, ordered=True, redeemed=True, spent_points=100, saved_minor=100)
    found = replayed(LARGER, [second, first])
    # The draft takes all 250 at once, and nothing is left; the live rule takes 100 and 100.
    assert discounts(found) == [Span(200, 200, 200), Span(250, 250, 250)]
    assert found.sides[DRAFT].spent.redemptions(Fraction(1)) == Span(1, 1, 1)
    assert found.saved_minor == 200
    stingy = replayed(replace(LIVE, maximum_discount_minor=10), [first, second])
    assert discounts(stingy)[DRAFT] == Span(20, 20, 20)
    (loser,) = stingy.losers.largest
    assert (loser.now_minor, loser.draft_minor, loser.size_minor) == (200, 20, 180)
    # 190 were not spent on the first: with the draft there are 240 at the second, not 150.
    late = replace(LIVE, minimum_cart_minor=600, maximum_discount_minor=300)
    bigger = replace(second, cart=Cart("later", 600))
    assert discounts(replayed(late, [first, bigger]))[DRAFT] == Span(250, 250, 250)


def test_of_those_who_could_not_the_take_up_is_expected():
    """Four orders on which nobody could redeem, and one on which somebody did."""
    closed = replace(PROGRAM, rules=())
    orders = [[visit(1_000, 300, n, could=False, ordered=True)] for n in range(4)]
    redeemed = visit(1_000, 300, 9, ordered=True, redeemed=True, spent_points=50)
    found = replayed(LARGER, *orders, [redeemed], program=closed)
    assert discounts(found, Fraction(1, 2))[DRAFT] == Span(300 + 600, 300, 1_500)
    assert discounts(found, Fraction(1, 3))[DRAFT] == Span(300 + 400, 300, 1_500)
    assert discounts(found)[NOW] == Span(0, 0, 0)
    assert found.sides[NOW].refusals == {Code.NO_RULE_CONFIGURED: 5}
    assert (found.able_orders, found.redeemed_orders, found.gainers.customers) == (1, 1, 5)


def test_an_order_that_points_pay_in_full_is_counted():
    free = replace(LARGER, minimum_payment=MinimumPayment())
    carts = [visit(total, 300, total, ordered=True) for total in (200, 300, 301)]
    found = replayed(free, *[[each] for each in carts])
    assert found.sides[DRAFT].spent.zero_orders(Fraction(1)) == Span(0, 0, 2)
    assert found.sides[NOW].spent.zero_orders(Fraction(1)).most == 0


def test_a_rule_is_tried_as_if_it_had_always_been_live_and_others_by_their_dates():
    later = replace(LIVE, starts_at=1_000)
    other = replace(LIVE, id=8, maximum_discount_minor=400, starts_at=5)
    program = replace(PROGRAM, rules=(later, other))
    found = replayed(LARGER, [visit(1_000, 900, 4), visit(1_000, 900, 5)], program=program)
    assert [side.used for side in found.sides] == [1, 1]
    assert found.sides[DRAFT].able == 2


def test_a_checkout_that_is_off_gives_nothing_now_and_everything_by_the_draft():
    off = replace(PROGRAM, enabled=False)
    found = replayed(LARGER, [visit(1_000, 900, 1)], program=off)
    assert found.sides[NOW].refusals == {Code.INTEGRATION_DISABLED: 1}
    assert found.sides[DRAFT].able == 1


def test_tiers_are_those_of_then_and_only_the_largest_are_named():
    people = [
        [visit(9_000, 100 + n, 1, ordered=True, who=Shopper(100 + n, "gold" if n % 2 else None))]
        for n in range(3 * SHOWN)
    ]
    found = replayed(LARGER, *people)
    assert {name: tier.customers for name, tier in found.tiers.items()} == {None: 15, "gold": 15}
    # Whoever has 100 points gains nothing.
    assert found.gainers.customers == 3 * SHOWN - 1
    assert [each.size_minor for each in found.gainers.largest] == list(range(29, 19, -1))
    assert found.gainers.total_minor == sum(range(30))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_kept_of_a_cart_is_what_the_evaluator_says_at_every_balance(seed: int):
    """In any order of balances, on both sides, with several rules."""
    random = Random(seed)  # noqa: S311 - carts of a test
    kinds = list(RuleKind)
    rules = [_rule(random, n, random.choice(kinds)) for n in range(1, 4)]
    program = replace(PROGRAM, rules=tuple(rules))
    draft = replace(_rule(random, 0, random.choice(kinds)), id=random.choice((0, 2)))
    would_be = replace(program, rules=(*(rule for rule in rules if rule.id != draft.id), draft))
    for _ in range(25):
        line = CartLine("tea", random.randrange(0, 400))
        made = Cart("c", line.total_minor + random.randrange(0, 600), (line,))
        tried = Tried(contest(program, draft), made, Shopper(0), 5)
        for _ in range(6):
            balance = random.randrange(0, 500)
            for side, rules_then in ((NOW, program), (DRAFT, would_be)):
                whole = evaluate_program(rules_then, made, Shopper(balance), now=5)
                answer = tried.answer(side, balance)
                best = whole.best
                if best is None:
                    assert answer.discount_minor == 0
                    continue
                came = answer.points, answer.discount_minor, answer.rule_id
                assert came == (best.points, best.discount_minor, best.rule.id)


def _rule(random: Random, number: int, kind: RuleKind) -> Rule:
    percent = kind in {RuleKind.VARIABLE_PERCENT, RuleKind.FIXED_PERCENT}
    return Rule(
        id=number,
        version=1,
        name="any",
        kind=kind,
        points=random.randrange(1, 60),
        discount_minor=0 if percent else random.randrange(1, 50),
        percent_bp=random.randrange(1, 3_000) if percent else 0,
        maximum_discount_minor=random.choice((None, 60, 200)),
        product_ids=random.choice((frozenset(), frozenset({"tea"}))),
        minimum_cart_minor=random.choice((0, 200)),
        created_at=number,
    )
