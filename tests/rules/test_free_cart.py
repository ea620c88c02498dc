"""The smallest cart that a rule could make free: against trying them all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.rules.evaluator import quantify
from gateway.rules.free_cart import smallest_free_cart
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Rule, RuleKind

TOTALS = range(1, 260)
LEAST = st.sampled_from(
    [
        MinimumPayment(),
        MinimumPayment(MinimumPaymentKind.FIXED, 3),
        MinimumPayment(MinimumPaymentKind.PERCENT, 1),
    ]
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(RuleKind))
    percent = kind in {RuleKind.FIXED_PERCENT, RuleKind.VARIABLE_PERCENT}
    variable = kind in {RuleKind.VARIABLE_AMOUNT, RuleKind.VARIABLE_PERCENT}
    maybe = st.none() | st.integers(1, 120)
    return Rule(
        id=1,
        version=1,
        name="r",
        kind=kind,
        points=draw(st.integers(1, 3)),
        discount_minor=0 if percent else draw(st.integers(1, 40)),
        percent_bp=draw(st.sampled_from([1_000, 2_500, 3_000, 10_000])) if percent else 0,
        minimum_points=draw(st.integers(0, 9)) if variable else 0,
        maximum_discount_minor=draw(maybe),
        maximum_percent_bp=draw(st.none() | st.sampled_from([5_000, 10_000]))
        if kind is RuleKind.VARIABLE_PERCENT
        else None,
        minimum_cart_minor=draw(st.integers(0, 100)),
        cart_multiplier_bp=draw(st.none() | st.sampled_from([10_000, 15_000])),
    )


@given(rule=rules(), least=LEAST)
def test_it_is_the_first_that_is_free_of_all_there_are(rule: Rule, least: MinimumPayment):
    free = [
        total
        for total in TOTALS
        if quantify(
            rule, least, total_minor=total, eligible_minor=total, available=10_000
        ).discount_minor
        == total
    ]
    assert smallest_free_cart(rule, least) == (free[0] if free else None)
