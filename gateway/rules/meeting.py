"""Whether two rules can be there for one customer at one time. Pure."""

from __future__ import annotations

from gateway.rules.earning_rules import EarningRule
from gateway.rules.program import Rule


def can_meet(one: Rule | EarningRule, other: Rule | EarningRule, now: int) -> bool:
    """Whether from `now` on some customer can come to both at once."""
    starts = max(now, one.starts_at or 0, other.starts_at or 0)
    ends = [rule.ends_at for rule in (one, other) if rule.ends_at is not None]
    together = all(starts < end for end in ends)
    return together and (not one.tiers or not other.tiers or bool(one.tiers & other.tiers))
