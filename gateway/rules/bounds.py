"""How many steps of a rule fit into a cart: whole-number arithmetic, no gates and no wording.

A rule sells its discount in steps. `Scale` says what s steps are worth; a *ceiling* is the most
steps that one bound alone lets through. Every question about a range of steps is one division,
so sums near 2^53 cost what small ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from gateway.rules.offer import LimitKind
from gateway.rules.program import BASIS_POINTS, MinimumPayment, Rule, RuleKind

Ceiling: TypeAlias = tuple[LimitKind, int]
"""One bound, and the most steps that it alone would allow."""

# Tuples, not sets: to hash an enum's member costs more than to compare with two.
FIXED_KINDS = (RuleKind.FIXED_AMOUNT, RuleKind.FIXED_PERCENT)
PERCENT_KINDS = (RuleKind.VARIABLE_PERCENT, RuleKind.FIXED_PERCENT)


def ceil_div(number: int, divisor: int) -> int:
    """Divide and round up; `divisor` is positive."""
    return -(-number // divisor)


@dataclass(frozen=True, slots=True)
class Sums:
    """The money one rule is tried on, in minor units."""

    total: int
    """The whole cart, before points and before store credit."""
    credits: int
    """Store credit, used first; at most the cart."""
    left: int
    """What is left of the cart after store credit: the T of the formulas."""
    eligible: int
    """What the rule covers of `left`: the E of the formulas."""
    floor: int
    """The minimum payment on the whole cart; it may exceed the cart."""
    room: int
    """What points may pay at most without going below the floor."""


def sums_of(
    minimum_payment: MinimumPayment, total_minor: int, eligible_minor: int, credits_minor: int
) -> Sums:
    """Work out the sums: credit shrinks the cart, but never the floor."""
    left = max(0, total_minor - credits_minor)
    floor = minimum_payment.floor_minor(total_minor)
    return Sums(
        total=total_minor,
        credits=total_minor - left,
        left=left,
        eligible=min(eligible_minor, left),
        floor=floor,
        room=max(0, left - floor),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """What steps are worth: s steps give ⌊gain · s / parts⌋ minor units; `gain` is positive."""

    gain: int
    parts: int
    least: int
    """Fewest steps that the rule's minimum points ask for, at least one."""
    most: int | None
    """Most steps that the rule's own form allows: one when fixed, or its maximum percentage."""

    smallest: int = field(init=False)
    """Fewest steps that reach the minimum points and are worth one minor unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "smallest", max(self.least, self.reaching(1)))

    def worth(self, steps: int) -> int:
        """Discount of that many steps, in minor units."""
        return self.gain * steps // self.parts

    def within(self, limit_minor: int) -> int:
        """Most steps whose discount is not above `limit_minor`."""
        return ((limit_minor + 1) * self.parts - 1) // self.gain

    def reaching(self, discount_minor: int) -> int:
        """Fewest steps whose discount is not below `discount_minor`."""
        return ceil_div(discount_minor * self.parts, self.gain)

    def settle(self, top: int) -> int:
        """Fewest allowed steps with the discount of `top`, which is at least `smallest`."""
        return max(self.smallest, self.reaching(self.worth(top)))


def scale_of(rule: Rule, eligible_minor: int) -> Scale:
    """Build the scale of a rule on `eligible_minor` > 0 of covered goods.

    A fixed kind is a scale of one step. When its discount comes to nothing the step counts as
    one minor unit, which the bound that made it nothing then refuses.
    """
    most = _most_steps(rule)
    if rule.kind is RuleKind.FIXED_AMOUNT:
        return Scale(rule.discount_minor, 1, 1, most)
    if rule.kind is RuleKind.FIXED_PERCENT:
        discount = percent_of(rule, eligible_minor)
        if rule.maximum_discount_minor is not None:
            discount = min(discount, rule.maximum_discount_minor)
        return Scale(max(1, discount), 1, 1, most)
    least = max(1, ceil_div(rule.minimum_points, rule.points))
    if rule.kind is RuleKind.VARIABLE_AMOUNT:
        return Scale(rule.discount_minor, 1, least, most)
    return Scale(eligible_minor * rule.percent_bp, BASIS_POINTS, least, most)


def percent_of(rule: Rule, eligible_minor: int) -> int:
    """One step of a percent rule on `eligible_minor`, rounded down, before any maximum."""
    return eligible_minor * rule.percent_bp // BASIS_POINTS


def _most_steps(rule: Rule) -> int | None:
    most = 1 if rule.kind in FIXED_KINDS else None
    if rule.kind in PERCENT_KINDS and rule.maximum_percent_bp is not None:
        by_percent = rule.maximum_percent_bp // rule.percent_bp
        most = by_percent if most is None else min(most, by_percent)
    return most


@dataclass(frozen=True, slots=True)
class Trial:
    """One rule tried on one cart with one balance."""

    rule: Rule
    minimum_payment: MinimumPayment
    sums: Sums
    scale: Scale
    available: int
    requested: int | None

    @property
    def spendable(self) -> int:
        """Points that may be used at most: the balance, or what was asked for if that is less."""
        return self.available if self.requested is None else min(self.available, self.requested)


def ceilings_of(trial: Trial) -> list[Ceiling]:
    """List all bounds but the request, in the order that decides a tie between them."""
    rule, sums, scale = trial.rule, trial.sums, trial.scale
    ceilings: list[Ceiling] = [(LimitKind.POINTS_BALANCE, trial.available // rule.points)]
    most = scale.most
    if rule.maximum_discount_minor is not None:
        by_money = scale.within(rule.maximum_discount_minor)
        most = by_money if most is None else min(most, by_money)
    if most is not None:
        ceilings.append((LimitKind.MAX_DISCOUNT, most))
    ceilings.append((LimitKind.MIN_PAYMENT, scale.within(sums.room)))
    covered = sums.eligible
    if rule.kind is RuleKind.FIXED_PERCENT:
        # Goods too cheap for one minor unit are what refuses, so they must show as the bound.
        covered = min(covered, percent_of(rule, covered))
    ceilings.append((LimitKind.ELIGIBLE_ITEMS, scale.within(covered)))
    if rule.cart_multiplier_bp is not None:
        largest = sums.left * BASIS_POINTS // rule.cart_multiplier_bp
        ceilings.append((LimitKind.MIN_CART_MULTIPLE, scale.within(largest)))
    return ceilings
