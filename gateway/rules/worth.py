"""What points are worth at their best rate, with no cart in sight."""

from __future__ import annotations

from fractions import Fraction

from gateway.rules.program import BASIS_POINTS, MAX_SAFE_INTEGER, Program, Rule, RuleKind

_AMOUNTS = frozenset({RuleKind.VARIABLE_AMOUNT, RuleKind.FIXED_AMOUNT})


def worth_minor(program: Program, points: int) -> int | None:
    """The most that whole steps of a rule of amounts give, in minor units; None without one."""
    worths = [
        points // rule.points * rule.discount_minor
        for rule in program.rules
        if rule.kind in _AMOUNTS
    ]
    return max(worths, default=None)


def dearest_rule(program: Program, at: int) -> Rule | None:
    """Of the rules of amounts that are not over by then, the one under which a point buys most."""
    rules = [
        rule
        for rule in program.rules
        if rule.kind in _AMOUNTS and (rule.ends_at is None or at < rule.ends_at)
    ]
    return max(rules, key=lambda rule: Fraction(rule.discount_minor, rule.points), default=None)


def buys_minor(rule: Rule, points: int) -> int:
    """What points are worth at a rule's rate, not by whole steps; at most what money can be."""
    return min(points * rule.discount_minor // rule.points, MAX_SAFE_INTEGER)


def given_back_bp(rule: Rule, points: int, paid_minor: int) -> int:
    """That as a part of what was paid for the points, rounded down."""
    return points * rule.discount_minor * BASIS_POINTS // (rule.points * max(1, paid_minor))
