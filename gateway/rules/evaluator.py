"""What a redemption rule gives on a cart: the same answer for preview, apply and capture.

Everything is whole-number arithmetic on values that were passed in. A rule is taken as valid: its
points are positive, and so is the discount or the percentage that its kind needs.
"""

from __future__ import annotations

from gateway.errors import Code, Refusal
from gateway.rules.bounds import Ceiling, Trial, ceilings_of, scale_of, sums_of
from gateway.rules.facts import Cart, Shopper
from gateway.rules.gates import (
    balance_gate,
    bound_refusal,
    cart_gate,
    customer_gate,
    eligible_minor,
)
from gateway.rules.limits import limits_below, limits_of_result
from gateway.rules.offer import Evaluation, LimitKind, Offer
from gateway.rules.program import MinimumPayment, Program, Rule
from gateway.rules.ranking import rank

__all__ = ["amount_for", "eligible_minor", "evaluate", "evaluate_program", "quantify"]


def evaluate_program(
    program: Program,
    cart: Cart,
    shopper: Shopper,
    *,
    now: int,
    requested: int | None = None,
    rule_id: int | None = None,
    credits_minor: int = 0,
) -> Evaluation:
    """Evaluate every rule of the program, or the one named, and rank the offers best first.

    "Nothing to redeem" is an answer: `refusals` then says why. A rule id that the program does
    not hold (archived, or never there) answers `RULE_INACTIVE`.
    """
    if not program.enabled:
        return Evaluation(refusals=(Refusal(Code.INTEGRATION_DISABLED),))
    rules = program.rules
    if rule_id is not None:
        named = program.rule(rule_id)
        if named is None:
            return Evaluation(refusals=(Refusal(Code.RULE_INACTIVE),))
        rules = (named,)
    elif not rules:
        return Evaluation(refusals=(Refusal(Code.NO_RULE_CONFIGURED),))
    offers: list[Offer] = []
    for rule in rules:
        own = rule.minimum_payment
        floor = program.minimum_payment if own is None else own
        offers.append(
            evaluate(
                rule,
                floor,
                cart,
                shopper,
                now=now,
                requested=requested,
                credits_minor=credits_minor,
            )
        )
    return rank(offers)


def evaluate(
    rule: Rule,
    minimum_payment: MinimumPayment,
    cart: Cart,
    shopper: Shopper,
    *,
    now: int,
    requested: int | None = None,
    credits_minor: int = 0,
) -> Offer:
    """Pass the gates of time and customer, then `quantify` on the cart.

    `minimum_payment` is the one in force: the rule's own, or else the program's.
    `requested` points are answered with the nearest lower number that is allowed.
    `credits_minor` of store credit is used first; it does not lower the minimum payment.
    """
    refusal = customer_gate(rule, shopper, now)
    if refusal is not None:
        return _refused(rule, minimum_payment, cart.total_minor, refusal)
    return quantify(
        rule,
        minimum_payment,
        total_minor=cart.total_minor,
        eligible_minor=eligible_minor(rule, cart),
        available=shopper.available,
        requested=requested,
        credits_minor=credits_minor,
    )


def quantify(
    rule: Rule,
    minimum_payment: MinimumPayment,
    *,
    total_minor: int,
    eligible_minor: int,
    available: int,
    requested: int | None = None,
    credits_minor: int = 0,
) -> Offer:
    """Answer for money alone: covered goods, minimum cart, balance, then the kind's formula.

    Time, tier and tag are not asked, so a capture can use it on the order's total.
    """
    sums = sums_of(minimum_payment, total_minor, eligible_minor, credits_minor)
    refusal = cart_gate(rule, sums)
    if refusal is not None:
        return _refused(rule, minimum_payment, total_minor, refusal)
    scale = scale_of(rule, sums.eligible)
    trial = Trial(rule, minimum_payment, sums, scale, available, requested)
    ceilings = ceilings_of(trial)
    smallest, top = scale.smallest, min(steps for _, steps in ceilings)
    fewest = most = points = 0
    if top >= smallest:
        fewest, most = smallest * rule.points, scale.settle(top) * rule.points
        points = most
    if requested is not None:
        asked = requested // rule.points
        ceilings.insert(1, (LimitKind.REQUESTED_POINTS, asked))
        top = min(top, asked)
        points = scale.settle(top) * rule.points if top >= smallest else 0
    accepted = top >= smallest
    return Offer(
        rule=rule,
        points=points,
        discount_minor=scale.worth(top) if accepted else 0,
        minimum_points=fewest,
        maximum_points=most,
        step=rule.points,
        floor_minor=min(sums.floor, total_minor),
        limits=(
            limits_of_result(trial, ceilings, top)
            if accepted
            else limits_below(trial, ceilings, smallest)
        ),
        refusal=None if accepted else _refusal(trial, ceilings, fewest),
    )


def amount_for(
    rule: Rule,
    minimum_payment: MinimumPayment,
    *,
    total_minor: int,
    eligible_minor: int,
    points: int,
    credits_minor: int = 0,
) -> int | None:
    """The discount in minor units that exactly `points` buys; None when they are not allowed.

    Points that buy nothing are not allowed: where 80 points buy what 90 do, 90 answers None.
    """
    offer = quantify(
        rule,
        minimum_payment,
        total_minor=total_minor,
        eligible_minor=eligible_minor,
        available=points,
        requested=points,
        credits_minor=credits_minor,
    )
    return offer.discount_minor if offer.eligible and offer.points == points else None


def _refusal(trial: Trial, ceilings: list[Ceiling], fewest: int) -> Refusal:
    broken = [ceiling for ceiling in ceilings if ceiling[1] < trial.scale.smallest]
    return balance_gate(trial) or bound_refusal(trial, broken, fewest)


def _refused(
    rule: Rule, minimum_payment: MinimumPayment, total_minor: int, refusal: Refusal
) -> Offer:
    floor = min(minimum_payment.floor_minor(total_minor), total_minor)
    return Offer(rule=rule, step=rule.points, floor_minor=floor, refusal=refusal)
