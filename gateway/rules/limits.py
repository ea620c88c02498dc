"""Which bounds kept a redemption from being larger, and what each alone would allow."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.rules.bounds import FIXED_KINDS, Ceiling, Trial, percent_of
from gateway.rules.offer import Limit, LimitKind
from gateway.rules.program import MAX_SAFE_INTEGER, RuleKind

_POINTS = (LimitKind.POINTS_BALANCE, LimitKind.REQUESTED_POINTS)


def limits_below(trial: Trial, ceilings: Iterable[Ceiling], steps: int) -> tuple[Limit, ...]:
    """List the bounds that do not let `steps` through, tightest first.

    The step itself is listed when it cut the balance or the request that stood in the way.
    """
    hit = [ceiling for ceiling in ceilings if ceiling[1] < steps]
    whole, cut = divmod(trial.spendable, trial.rule.points)
    if cut and whole < steps:
        after_points = sum(kind in _POINTS for kind, _ in hit)
        hit.insert(after_points, (LimitKind.STEP, whole))
    if len(hit) > 1:
        hit.sort(key=lambda ceiling: trial.scale.worth(ceiling[1]))
    return tuple(_limit(trial, ceiling) for ceiling in hit)


def limits_of_result(trial: Trial, ceilings: Iterable[Ceiling], top: int) -> tuple[Limit, ...]:
    """List the bounds that kept an accepted redemption of `top` steps from a larger discount.

    A fixed offer has no larger one; it lists the maximum discount where that made it smaller.
    """
    rule, scale = trial.rule, trial.scale
    discount = scale.worth(top)
    if rule.kind not in FIXED_KINDS:
        return limits_below(trial, ceilings, scale.reaching(discount + 1))
    if rule.kind is RuleKind.FIXED_PERCENT and percent_of(rule, trial.sums.eligible) > discount:
        return (Limit(LimitKind.MAX_DISCOUNT, rule.points, discount),)
    return ()


def _limit(trial: Trial, ceiling: Ceiling) -> Limit:
    kind, steps = ceiling
    scale = trial.scale
    discount = scale.worth(steps)
    usable = scale.settle(steps) if steps >= scale.smallest else scale.reaching(discount)
    # Alone, a bound that was not the tightest may allow more money than any cart can hold.
    return Limit(kind, usable * trial.rule.points, min(discount, MAX_SAFE_INTEGER))
