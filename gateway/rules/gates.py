"""Why a rule says no: the gates before the formula, and the bounds when nothing fits.

Each refusal carries the numbers a screen needs to say what would help.
"""

from __future__ import annotations

from collections.abc import Sequence

from gateway.errors import Code, Refusal
from gateway.rules.bounds import PERCENT_KINDS, Ceiling, Scale, Sums, ceil_div
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.offer import LimitKind
from gateway.rules.program import (
    BASIS_POINTS,
    MAX_SAFE_INTEGER,
    MinimumPayment,
    MinimumPaymentKind,
    Rule,
)


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


def balance_gate(rule: Rule, scale: Scale, available: int) -> Refusal | None:
    """Refuse a balance below the smallest redemption, with the points that are missing."""
    steps = scale.smallest
    if scale.most is not None and steps > scale.most:
        # No number of points buys one minor unit here: do not send the customer to earn more.
        steps = scale.least
    missing = steps * rule.points - available
    if missing <= 0:
        return None
    return Refusal(
        Code.INSUFFICIENT_POINTS, allowed_points=0, shortfall_points=_presentable(missing)
    )


def bound_refusal(  # noqa: PLR0913 - the facts of one refusal; a bag for them would hide the call
    rule: Rule,
    minimum_payment: MinimumPayment,
    sums: Sums,
    scale: Scale,
    broken: Sequence[Ceiling],
    *,
    requested: int | None,
    minimum_points: int,
) -> Refusal:
    """Refuse by the tightest of the `broken` bounds, given in the order that decides a tie.

    `minimum_points` is the fewest points that would go through if more were asked for, or 0.
    """
    kind, _ = min(broken, key=lambda ceiling: scale.worth(ceiling[1]))
    if kind is LimitKind.REQUESTED_POINTS:
        missing = minimum_points - (requested or 0) if minimum_points else None
        return Refusal(
            Code.REQUEST_BELOW_STEP, allowed_points=minimum_points, shortfall_points=missing
        )
    if kind is LimitKind.MAX_DISCOUNT:
        return Refusal(Code.MAX_DISCOUNT_REACHED, limit_minor=_maximum_discount(rule, scale))
    more_helps = all(ceiling[0] is not LimitKind.MAX_DISCOUNT for ceiling in broken)
    missing = _cart_shortfall(rule, minimum_payment, sums, scale) if more_helps else None
    if kind is LimitKind.MIN_PAYMENT:
        return Refusal(
            Code.MIN_PAYMENT_REQUIRED, limit_minor=sums.floor, shortfall_minor=missing
        )
    if kind is LimitKind.ELIGIBLE_ITEMS:
        covered = None if rule.kind in PERCENT_KINDS else missing
        return Refusal(Code.NO_ELIGIBLE_ITEMS, shortfall_minor=covered)
    return Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=missing)


def _maximum_discount(rule: Rule, scale: Scale) -> int:
    by_form = None if scale.most is None else scale.worth(scale.most)
    return min(sum_ for sum_ in (by_form, rule.maximum_discount_minor) if sum_ is not None)


def _cart_shortfall(
    rule: Rule, minimum_payment: MinimumPayment, sums: Sums, scale: Scale
) -> int | None:
    """How much more cart makes the smallest redemption fit, or None when that is not simple.

    An amount stands still while the cart grows (with covered goods). A percentage only does when
    the rule names its goods and others are added; otherwise it runs ahead of the cart.
    """
    if rule.kind in PERCENT_KINDS and not _covered_goods_stand_still(rule, sums):
        return None
    discount = scale.worth(scale.smallest)
    total = _total_leaving(minimum_payment, discount + sums.credits)
    if total is None:
        return None
    multiplier = rule.cart_multiplier_bp or 0
    return _presentable(
        max(
            total - sums.total,
            discount - sums.eligible,
            ceil_div(multiplier * discount, BASIS_POINTS) - sums.left,
        )
    )


def _covered_goods_stand_still(rule: Rule, sums: Sums) -> bool:
    return bool(rule.product_ids or rule.collection_ids) and sums.eligible < sums.left


def _total_leaving(minimum_payment: MinimumPayment, amount_minor: int) -> int | None:
    """Smallest total that leaves `amount_minor` above its own floor; None when none does."""
    if minimum_payment.kind is not MinimumPaymentKind.PERCENT:
        return amount_minor + minimum_payment.floor_minor(0)
    share = BASIS_POINTS - minimum_payment.value
    return ceil_div(amount_minor * BASIS_POINTS, share) if share > 0 else None


def _presentable(number: int) -> int | None:
    """Drop a number that no balance or cart can ever reach: a screen could not even show it."""
    return number if number <= MAX_SAFE_INTEGER else None
