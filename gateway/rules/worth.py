"""What points are worth at their best rate, with no cart in sight."""

from __future__ import annotations

from gateway.rules.program import Program, RuleKind

_AMOUNTS = frozenset({RuleKind.VARIABLE_AMOUNT, RuleKind.FIXED_AMOUNT})


def worth_minor(program: Program, points: int) -> int | None:
    """The most that whole steps of a rule of amounts give, in minor units; None without one."""
    worths = [
        points // rule.points * rule.discount_minor
        for rule in program.rules
        if rule.kind in _AMOUNTS
    ]
    return max(worths, default=None)
