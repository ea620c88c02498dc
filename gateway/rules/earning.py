"""What an order earns, rule by rule, and why not more. Pure: the same words, the same answer.

points = floor(spend x rate x multiplier), with one division at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Refusal
from gateway.rules.earning_rules import Earning, EarningRule
from gateway.rules.facts import CartLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """An order, or a cart that may become one. `paid_minor` is after points and store credit."""

    total_minor: int
    paid_minor: int
    lines: tuple[CartLine, ...] | None = None
    """None: they are not told."""


@dataclass(frozen=True, slots=True)
class Earner:
    """The customer as an earning rule sees them; `first_order`: has none before this one."""

    tier: str | None = None
    tags: frozenset[str] = frozenset()
    first_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnOffer:
    """What one rule gives. Not earned: zero points, and `refusal` says why."""

    rule: EarningRule
    points: int = 0
    spend_minor: int = 0
    """What counted: the paid part of what the rule covers."""
    multiplier_bp: int = 10_000
    refusal: Refusal | None = None


def earn(earning: Earning, sale: Sale, earner: Earner, now: int) -> tuple[EarnOffer, ...]:
    """What each rule for orders gives, in the order of the rules."""
    raise NotImplementedError
