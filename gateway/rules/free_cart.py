"""Whether a rule could make a cart free: what a merchant wants to know before publishing it."""

from __future__ import annotations

from gateway.rules.bounds import PERCENT_KINDS, ceil_div
from gateway.rules.evaluator import quantify
from gateway.rules.program import MAX_SAFE_INTEGER, MinimumPayment, Rule, RuleKind


def smallest_free_cart(rule: Rule, minimum_payment: MinimumPayment) -> int | None:
    """The smallest cart, in minor units, that enough points pay in full; None where there is none.

    `minimum_payment` is the one in force. The rule is taken to cover the whole cart. The evaluator
    decides; here is only chosen which cart to ask it about, since of all carts that a rule's steps
    can fill, the smallest is the one that its other bounds allow if they allow any.
    """
    total = _smallest(rule)
    if not 0 < total <= MAX_SAFE_INTEGER:
        return None
    offer = quantify(
        rule,
        minimum_payment,
        total_minor=total,
        eligible_minor=total,
        available=MAX_SAFE_INTEGER,
    )
    return total if offer.discount_minor == total else None


def _smallest(rule: Rule) -> int:
    """The smallest cart that whole steps of the rule could fill."""
    if rule.kind in PERCENT_KINDS:
        return max(1, rule.minimum_cart_minor)
    steps = ceil_div(rule.minimum_cart_minor, rule.discount_minor)
    if rule.kind is RuleKind.VARIABLE_AMOUNT:
        steps = max(steps, ceil_div(rule.minimum_points, rule.points))
    return max(1, steps) * rule.discount_minor
