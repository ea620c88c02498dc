"""Why a rule says no: the gates before the formula, and the bounds when nothing fits.

Each refusal carries the numbers a screen needs to say what would help.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from gateway.errors import Code, Refusal
from gateway.rules.bounds import PERCENT_KINDS, Ceiling, Sums, Trial, ceil_div
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.offer import LimitKind
from gateway.rules.program import (
    BASIS_POINTS,
    MAX_SAFE_INTEGER,
    MinimumPayment,
    MinimumPaymentKind,
    Rule,
)

_CODES = {
    LimitKind.REQUESTED_POINTS: Code.REQUEST_BELOW_STEP,
    LimitKind.MAX_DISCOUNT: Code.MAX_DISCOUNT_REACHED,
    LimitKind.MIN_PAYMENT: Code.MIN_PAYMENT_REQUIRED,
    LimitKind.ELIGIBLE_ITEMS: Code.NO_ELIGIBLE_ITEMS,
    LimitKind.MIN_CART_MULTIPLE: Code.MIN_CART_NOT_REACHED,
}


def eligible_minor(rule: Rule, cart: Cart) -> int:
    """Sum what the rule covers: the cart's total, or the named lines, each counted once."""
    if not (rule.product_ids or rule.collection_ids):
        return cart.total_minor
    return sum(line.total_minor for line in cart.lines if _covers(rule, line))


def _covers(rule: Rule, line: CartLine) -> bool:
    return line.product_id in rule.product_ids or not rule.collection_ids.isdisjoint(
        line.collection_ids
    )


def customer_gate(rule: Rule, shopper: Shopper, now: int) -> Refusal | None:
    """Refuse outside [starts_at, ends_at), and a customer of another tier or with no such tag."""
    started = rule.starts_at is None or rule.starts_at <= now
    if not started or (rule.ends_at is not None and rule.ends_at <= now):
        return Refusal(Code.RULE_INACTIVE)
    wrong_tier = bool(rule.tiers) and shopper.tier not in rule.tiers
    if wrong_tier or (rule.tags and rule.tags.isdisjoint(shopper.tags)):
        return Refusal(Code.CUSTOMER_NOT_ELIGIBLE)
    return None


def cart_gate(rule: Rule, sums: Sums) -> Refusal | None:
    """Refuse a cart with nothing the rule covers, or below the rule's minimum cart."""
    if sums.eligible <= 0:
        return Refusal(Code.NO_ELIGIBLE_ITEMS)
    if sums.left < rule.minimum_cart_minor:
        missing = rule.minimum_cart_minor - sums.left
        return Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=missing)
    return None


def balance_gate(trial: Trial) -> Refusal | None:
    """Refuse a balance below the smallest redemption, with the points that are missing."""
    steps, most = trial.scale.smallest, trial.scale.most
    if most is not None and steps > most:
        # No number of points buys one minor unit here: do not send the customer to earn more.
        steps = trial.scale.least
    missing = steps * trial.rule.points - trial.available
    if missing <= 0:
        return None
    shown = _presentable(missing)
    return Refusal(Code.INSUFFICIENT_POINTS, allowed_points=0, shortfall_points=shown)


def bound_refusal(trial: Trial, broken: Sequence[Ceiling], minimum_points: int) -> Refusal:
    """Refuse by the tightest of the `broken` bounds, given in the order that decides a tie.

    `minimum_points` is the fewest points that would go through if more were asked for, or 0.
    """
    # The balance has passed its gate, so it is not what stands in the way.
    named = [ceiling for ceiling in broken if ceiling[0] in _CODES]
    kind, _ = min(named, key=lambda ceiling: trial.scale.worth(ceiling[1]))
    code = _CODES[kind]
    if kind is LimitKind.REQUESTED_POINTS:
        missing = minimum_points - trial.spendable if minimum_points else None
        return Refusal(code, allowed_points=minimum_points, shortfall_points=missing)
    if kind is LimitKind.MAX_DISCOUNT:
        return Refusal(code, limit_minor=_maximum_discount(trial))
    missing = _cart_shortfall(trial, {ceiling[0] for ceiling in broken})
    limit = trial.sums.floor if kind is LimitKind.MIN_PAYMENT else None
    return Refusal(code, shortfall_minor=missing, limit_minor=limit)


def _maximum_discount(trial: Trial) -> int:
    most, money = trial.scale.most, trial.rule.maximum_discount_minor
    by_form = None if most is None else trial.scale.worth(most)
    return min(bound for bound in (by_form, money) if bound is not None)


def _cart_shortfall(trial: Trial, broken: Set[LimitKind]) -> int | None:
    """How much more cart makes the smallest redemption fit, or None when that is not simple."""
    rule, sums = trial.rule, trial.sums
    if LimitKind.MAX_DISCOUNT in broken or not _discount_stands_still(trial, broken):
        return None
    discount = trial.scale.worth(trial.scale.smallest)
    total = _total_leaving(trial.minimum_payment, discount + sums.credits)
    if total is None:
        return None
    multiplied = ceil_div((rule.cart_multiplier_bp or 0) * discount, BASIS_POINTS)
    return _presentable(max(total - sums.total, discount - sums.eligible, multiplied - sums.left))


def _discount_stands_still(trial: Trial, broken: Set[LimitKind]) -> bool:
    """Whether the smallest discount stays the same while the cart grows.

    An amount does, while covered goods are added. A percentage does so only when the rule names
    its goods and others are added, which is no help where the covered goods are too few.
    """
    rule, sums = trial.rule, trial.sums
    if rule.kind not in PERCENT_KINDS:
        return True
    named = bool(rule.product_ids or rule.collection_ids)
    return named and sums.eligible < sums.left and LimitKind.ELIGIBLE_ITEMS not in broken


def _total_leaving(minimum_payment: MinimumPayment, amount_minor: int) -> int | None:
    """Smallest total that leaves `amount_minor` above its own floor; None when none does."""
    if minimum_payment.kind is not MinimumPaymentKind.PERCENT:
        return amount_minor + minimum_payment.floor_minor(0)
    share = BASIS_POINTS - minimum_payment.value
    return ceil_div(amount_minor * BASIS_POINTS, share) if share > 0 else None


def _presentable(number: int) -> int | None:
    """Drop a number that no balance or cart can ever reach: a screen could not even show it."""
    return number if number <= MAX_SAFE_INTEGER else None
