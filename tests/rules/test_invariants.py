"""What holds for every rule and cart, also with sums at the edge of what JSON can carry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.rules.evaluator import amount_for, quantify
from gateway.rules.offer import Offer
from gateway.rules.program import (
    BASIS_POINTS,
    MAX_SAFE_INTEGER,
    MinimumPayment,
    MinimumPaymentKind,
    Rule,
    RuleKind,
)

SIZES = st.one_of(
    st.integers(0, MAX_SAFE_INTEGER), st.integers(0, 10**6), st.just(MAX_SAFE_INTEGER)
)
POSITIVE = SIZES.map(lambda size: max(1, size))
STEPS = st.one_of(st.integers(1, 1000), POSITIVE)
SHARES = st.integers(1, BASIS_POINTS)
PAYMENTS = st.one_of(
    st.just(MinimumPayment()),
    st.builds(MinimumPayment, st.just(MinimumPaymentKind.FIXED), SIZES),
    st.builds(MinimumPayment, st.just(MinimumPaymentKind.PERCENT), SHARES),
)
RULES = st.builds(
    Rule,
    id=st.just(1),
    version=st.just(1),
    name=st.just("rule"),
    kind=st.sampled_from(RuleKind),
    points=STEPS,
    discount_minor=STEPS,
    percent_bp=SHARES,
    minimum_points=st.one_of(st.just(0), SIZES),
    maximum_discount_minor=st.none() | SIZES,
    maximum_percent_bp=st.none() | SHARES,
    cart_multiplier_bp=st.none() | st.integers(BASIS_POINTS, 10 * BASIS_POINTS),
)


@dataclass(frozen=True)
class Asked:
    rule: Rule
    payment: MinimumPayment
    total: int
    eligible: int
    available: int
    requested: int | None
    credits_minor: int

    def answer(self) -> Offer:
        return quantify(
            self.rule,
            self.payment,
            total_minor=self.total,
            eligible_minor=self.eligible,
            available=self.available,
            requested=self.requested,
            credits_minor=self.credits_minor,
        )

    def amount(self, points: int) -> int | None:
        return amount_for(
            self.rule,
            self.payment,
            total_minor=self.total,
            eligible_minor=self.eligible,
            points=points,
            credits_minor=self.credits_minor,
        )


ASKED = st.builds(
    Asked,
    rule=RULES,
    payment=PAYMENTS,
    total=SIZES,
    eligible=SIZES,
    available=SIZES,
    requested=st.none() | SIZES,
    credits_minor=st.just(0) | SIZES,
)
many = settings(max_examples=250, deadline=None, database=None)


@many
@given(ASKED)
def test_the_customer_pays_at_least_the_minimum_payment_or_the_whole_cart(asked: Asked):
    offer = asked.answer()
    least = min(asked.payment.floor_minor(asked.total), asked.total)
    assert offer.floor_minor == least
    if offer.discount_minor:
        assert asked.total - asked.credits_minor - offer.discount_minor >= least


@many
@given(ASKED)
def test_an_offer_takes_whole_steps_of_points_that_are_there_and_were_asked_for(asked: Asked):
    offer = asked.answer()
    assert 0 <= offer.points <= asked.available
    assert asked.requested is None or offer.points <= asked.requested
    assert offer.points % asked.rule.points == 0
    assert offer.eligible == (offer.points > 0) == (offer.discount_minor > 0)


@many
@given(ASKED)
def test_a_discount_stays_within_maximum_covered_goods_and_multiplier(asked: Asked):
    offer, rule = asked.answer(), asked.rule
    assert offer.discount_minor <= min(asked.eligible, asked.total)
    if rule.maximum_discount_minor is not None:
        assert offer.discount_minor <= rule.maximum_discount_minor
    if rule.cart_multiplier_bp is not None and offer.eligible:
        left = asked.total - asked.credits_minor
        assert offer.discount_minor * rule.cart_multiplier_bp <= left * BASIS_POINTS


@many
@given(ASKED, SIZES)
def test_more_points_never_buy_less(asked: Asked, more: int):
    richer = replace(asked, available=max(asked.available, more)).answer()
    assert richer.discount_minor >= asked.answer().discount_minor


@many
@given(ASKED)
def test_what_is_offered_can_be_taken_exactly_and_with_nothing_to_spare(asked: Asked):
    offer = asked.answer()
    for points in {offer.points, offer.minimum_points, offer.maximum_points} - {0}:
        discount = asked.amount(points)
        assert discount is not None
        fewer = asked.amount(points - offer.step)
        assert fewer is None or fewer < discount
    if offer.eligible:
        assert asked.amount(offer.points) == offer.discount_minor
        assert offer.minimum_points <= offer.points <= offer.maximum_points


@many
@given(ASKED)
def test_the_maximum_does_not_depend_on_what_was_asked_for(asked: Asked):
    offer, most = asked.answer(), replace(asked, requested=None).answer()
    assert (offer.minimum_points, offer.maximum_points) == (most.minimum_points, most.points)


@many
@given(ASKED)
def test_every_number_of_an_answer_can_be_written_in_json(asked: Asked):
    offer = asked.answer()
    numbers = [offer.points, offer.discount_minor, offer.minimum_points, offer.maximum_points]
    numbers += [n for limit in offer.limits for n in (limit.points, limit.discount_minor)]
    if refusal := offer.refusal:
        shown = (refusal.shortfall_points, refusal.shortfall_minor, refusal.limit_minor)
        numbers += [number for number in (*shown, refusal.allowed_points) if number is not None]
    assert all(0 <= number <= MAX_SAFE_INTEGER for number in numbers)
