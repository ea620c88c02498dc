"""What a rule gives, worked out a second time: the formulas of the guide alone.

The go-live test holds this against what previews and redemptions say, so it shares no code with
them. Amounts are minor units, points whole, percentages basis points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.rules.facts import Cart
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Rule, RuleKind

WHOLE = 10_000
MOST_POINTS = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Worth:
    """What comes of it: points for a discount; neither: nothing can be redeemed."""

    points: int = 0
    discount_minor: int = 0


NOTHING = Worth()


@dataclass(frozen=True, slots=True)
class Purse:
    """What the customer has, and asks for; None: as much as possible."""

    has: int
    asked: int | None = None

    @property
    def spendable(self) -> int:
        """At most this much."""
        return self.has if self.asked is None else min(self.has, self.asked)


def least_payment(minimum: MinimumPayment, total_minor: int) -> int:
    """What the customer has to pay of a cart at least; never more than the cart."""
    least = 0
    if minimum.kind is MinimumPaymentKind.FIXED:
        least = minimum.value
    elif minimum.kind is MinimumPaymentKind.PERCENT:
        least = (total_minor * minimum.value + WHOLE - 1) // WHOLE
    return min(least, total_minor)


def covered_minor(rule: Rule, cart: Cart) -> int:
    """How much of the cart the rule is for."""
    if not rule.product_ids and not rule.collection_ids:
        return cart.total_minor
    return sum(
        line.total_minor
        for line in cart.lines
        if line.product_id in rule.product_ids or rule.collection_ids & set(line.collection_ids)
    )


def worth(rule: Rule, minimum: MinimumPayment, cart: Cart, purse: Purse) -> Worth:
    """What the rule gives on this cart, for a customer that it is for, while it is in force."""
    total, covered = cart.total_minor, covered_minor(rule, cart)
    if covered <= 0 or total < rule.minimum_cart_minor:
        return NOTHING
    most = min(total - least_payment(minimum, total), covered)
    if rule.cart_multiplier_bp is not None:
        most = min(most, total * WHOLE // rule.cart_multiplier_bp)
    if rule.kind is RuleKind.FIXED_PERCENT:
        share = covered * rule.percent_bp // WHOLE
        if rule.maximum_discount_minor is not None:
            share = min(share, rule.maximum_discount_minor)
        return _fixed(rule, share, most, purse)
    if rule.maximum_discount_minor is not None:
        most = min(most, rule.maximum_discount_minor)
    if rule.kind is RuleKind.FIXED_AMOUNT:
        return _fixed(rule, rule.discount_minor, most, purse)
    return _variable(rule, covered, most, purse)


def best(offers: Iterable[tuple[Rule, Worth]]) -> tuple[Rule, Worth] | None:
    """The offer to be used: the largest discount, then the fewest points, then the rules' order."""
    usable = [(rule, gives) for rule, gives in offers if gives.discount_minor]
    if not usable:
        return None
    return min(usable, key=_standing)


def plenty(rule: Rule, total_minor: int) -> int:
    """So many points that the balance is never what keeps a redemption on this cart small."""
    steps = 1
    if rule.kind is RuleKind.VARIABLE_AMOUNT:
        steps = total_minor // rule.discount_minor + 1
    elif rule.kind is RuleKind.VARIABLE_PERCENT:
        steps = WHOLE // rule.percent_bp + 1
    return min(max(rule.points * steps, rule.minimum_points), MOST_POINTS)


def _standing(offer: tuple[Rule, Worth]) -> tuple[int, ...]:
    rule, gives = offer
    return (-gives.discount_minor, gives.points, rule.priority, rule.created_at, rule.id)


def _fixed(rule: Rule, discount: int, most: int, purse: Purse) -> Worth:
    if not 0 < discount <= most or purse.spendable < rule.points:
        return NOTHING
    return Worth(rule.points, discount)


def _variable(rule: Rule, covered: int, most: int, purse: Purse) -> Worth:
    steps, fewest = purse.spendable // rule.points, -(-rule.minimum_points // rule.points)
    if rule.kind is RuleKind.VARIABLE_AMOUNT:
        steps = min(steps, most // rule.discount_minor)
        discount = steps * rule.discount_minor
    else:
        a_step = covered * rule.percent_bp
        if rule.maximum_percent_bp is not None:
            steps = min(steps, rule.maximum_percent_bp // rule.percent_bp)
        steps = min(steps, ((most + 1) * WHOLE - 1) // a_step)
        discount = steps * a_step // WHOLE
        if steps >= fewest:
            steps = max(fewest, -(-discount * WHOLE // a_step))
    if steps < max(fewest, 1) or discount < 1:
        return NOTHING
    return Worth(steps * rule.points, discount)
