"""What a merchant has decided: the program, its redemption rules and the minimum payment.

Money is integer minor units, points are whole, percentages are basis points (20 % = 2000), times
are microseconds since the Unix epoch, UTC. A `Program` is one immutable version: an edit makes
the next one, and a redemption remembers the version it was made under.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.rules.earning_rules import NO_EARNING, Earning

BASIS_POINTS = 10_000
"""Basis points in a whole: 100 % is 10,000."""

MAX_SAFE_INTEGER = 2**53 - 1
"""Largest count of points or minor units: the largest integer a JSON number carries exactly."""


class RuleKind(StrEnum):
    """How a rule turns points into a discount."""

    VARIABLE_AMOUNT = "VARIABLE_AMOUNT"
    FIXED_AMOUNT = "FIXED_AMOUNT"
    VARIABLE_PERCENT = "VARIABLE_PERCENT"
    FIXED_PERCENT = "FIXED_PERCENT"


class MinimumPaymentKind(StrEnum):
    """How the least that a customer must pay is expressed."""

    NONE = "NONE"
    FIXED = "FIXED"
    PERCENT = "PERCENT"


class ClawbackPolicy(StrEnum):
    """What happens when points are taken back that the customer no longer has."""

    WITHIN_BALANCE = "WITHIN_BALANCE"
    DEBT = "DEBT"


@dataclass(frozen=True, slots=True)
class MinimumPayment:
    """The least the customer pays: nothing, `value` minor units, or `value` basis points."""

    kind: MinimumPaymentKind = MinimumPaymentKind.NONE
    value: int = 0

    def floor_minor(self, total_minor: int) -> int:
        """The floor F for a cart of `total_minor`, rounded up; it may exceed the cart."""
        if self.kind is MinimumPaymentKind.FIXED:
            return self.value
        if self.kind is MinimumPaymentKind.PERCENT:
            return -(-total_minor * self.value // BASIS_POINTS)
        return 0


NO_MINIMUM = MinimumPayment()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a redemption rule. A step: `points` for `discount_minor` or `percent_bp`."""

    id: int
    version: int
    name: str
    kind: RuleKind
    points: int
    discount_minor: int = 0
    percent_bp: int = 0
    minimum_points: int = 0
    maximum_discount_minor: int | None = None
    maximum_percent_bp: int | None = None
    minimum_cart_minor: int = 0
    cart_multiplier_bp: int | None = None
    product_ids: frozenset[str] = frozenset()
    collection_ids: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    starts_at: int | None = None
    ends_at: int | None = None
    priority: int = 0
    created_at: int = 0
    minimum_payment: MinimumPayment | None = None
    """The rule's own minimum payment; None: the integration's holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One version of everything the merchant decided for Custom Checkout."""

    merchant_id: int
    version: int
    currency: str
    locale: str = "en"
    enabled: bool = True
    minimum_payment: MinimumPayment = NO_MINIMUM
    rules: tuple[Rule, ...] = ()
    hold_seconds: int = 900
    quote_seconds: int = 600
    refund_grace_seconds: int = 30 * 86_400
    clawback_policy: ClawbackPolicy = ClawbackPolicy.WITHIN_BALANCE
    order_lines_required: bool = False
    """Whether every order has to be told with its lines."""
    earning: Earning = NO_EARNING

    def rule(self, rule_id: int) -> Rule | None:
        """The live rule with that id, or None when it is archived or was never there."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
