"""The programs of the naive ledger, in its words and in the ledger's."""

from __future__ import annotations

from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier, TierMeasure
from gateway.rules.program import (
    NO_MINIMUM,
    ClawbackPolicy,
    MinimumPayment,
    MinimumPaymentKind,
    Program,
    Rule,
    RuleKind,
)
from tests.ledger.naive_terms import Earns, Gives, Terms

MERCHANT, RULE, NO_RULE = 1, 5, 6
START = 1_700_000_000_000_000
DAYS = 86_400
PLAIN = Gives(11, "ORDER", 1, per=100)
FIRST = Gives(12, "FIRST_ORDER", 30, life=4_000)
STEADY = Gives(13, "CAMPAIGN", 7, least=2_000, since=START - 10 * DAYS * 1_000_000)
SHIRTS = Gives(14, "ORDER", 3, per=250, product="shirt", life=400 * DAYS, multiplied=False)
SILVER = Gives(15, "CAMPAIGN", 11, tier="Silver")
WELCOME = Gives(16, "SIGN_UP", 25, life=900)
LADDER = (("Silver", 120, 12_500), ("Gold", 400, 17_777))
BY_SPEND = (("Bronze", 0, 10_000), ("Silver", 15_000, 11_111))
EARNS = (
    Earns((PLAIN,)),
    Earns((PLAIN, FIRST, SHIRTS, WELCOME), window=1_000, reminder=600, excluded="gift"),
    Earns((FIRST, STEADY, PLAIN, SILVER), LADDER, life=3_000, reminder=1_000),
    Earns((SHIRTS, PLAIN, SILVER, WELCOME), BY_SPEND, by_spend=True, window=70, life=None),
    Earns(),
    Earns((PLAIN, STEADY), LADDER, reminder=None, window=3 * DAYS),
)
TERMS = (
    Terms(percent_floor=2_000, maximum_discount=10_000, earns=EARNS[0]),
    Terms(
        points=7,
        discount=250,
        minimum_points=20,
        hold=60,
        grace=0,
        debt_allowed=True,
        earns=EARNS[1],
    ),
    Terms(points=3, discount=100, fixed_floor=1_500, grace=600, debt_allowed=True, earns=EARNS[2]),
    Terms(
        points=2,
        discount=333,
        percent_floor=1_111,
        maximum_discount=5_000,
        hold=300,
        earns=EARNS[3],
    ),
    Terms(enabled=False, earns=EARNS[4]),
    Terms(points=5, discount=600, minimum_points=10, maximum_discount=700, earns=EARNS[5]),
)


def program(version: int) -> Program:
    """The program as the ledger knows it, for TERMS[version - 1]."""
    terms = TERMS[version - 1]
    minimum = NO_MINIMUM
    if terms.fixed_floor:
        minimum = MinimumPayment(MinimumPaymentKind.FIXED, terms.fixed_floor)
    elif terms.percent_floor:
        minimum = MinimumPayment(MinimumPaymentKind.PERCENT, terms.percent_floor)
    rule = Rule(
        id=RULE,
        version=version,
        name="rule",
        kind=RuleKind.VARIABLE_AMOUNT,
        points=terms.points,
        discount_minor=terms.discount,
        minimum_points=terms.minimum_points,
        maximum_discount_minor=terms.maximum_discount,
    )
    return Program(
        merchant_id=MERCHANT,
        version=version,
        currency="INR",
        enabled=terms.enabled,
        minimum_payment=minimum,
        rules=(rule,),
        hold_seconds=terms.hold,
        refund_grace_seconds=terms.grace,
        clawback_policy=ClawbackPolicy.DEBT
        if terms.debt_allowed
        else ClawbackPolicy.WITHIN_BALANCE,
        earning=earning(terms.earns),
    )


def earning(earns: Earns) -> Earning:
    """The same, as the ledger knows it."""
    measure = TierMeasure.AMOUNT_SPENT if earns.by_spend else TierMeasure.POINTS_EARNED
    return Earning(
        rules=tuple(earning_rule(rule) for rule in earns.rules),
        tiers=tuple(Tier(*tier) for tier in earns.tiers),
        tier_measure=measure,
        return_window_seconds=earns.window,
        expiry_seconds=earns.life,
        reminder_seconds=earns.reminder,
        excluded_product_ids=only(earns.excluded),
    )


def only(name: str | None) -> frozenset[str]:
    """That one, or none."""
    return frozenset[str]() if name is None else frozenset({name})


def earning_rule(rule: Gives) -> EarningRule:
    """One rule of it."""
    return EarningRule(
        id=rule.number,
        version=1,
        name="rule",
        kind=EarningKind(rule.kind),
        points=rule.points,
        per_minor=rule.per,
        tier_multiplied=rule.multiplied,
        minimum_order_minor=rule.least,
        product_ids=only(rule.product),
        tiers=only(rule.tier),
        starts_at=rule.since,
        expiry_seconds=rule.life,
    )


PROGRAMS = tuple(program(version) for version in range(1, len(TERMS) + 1))
