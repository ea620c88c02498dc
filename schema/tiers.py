"""Tiers, and where a customer stands among them."""

from __future__ import annotations

import re

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.money import to_decimal, to_minor
from gateway.rules import earning_rules as inside
from gateway.rules.program import MAX_SAFE_INTEGER, Program
from gateway.rules.tiers import Standing
from schema.describe import about, optional
from schema.enums import TierMeasure
from schema.percent import multiple, multiple_bp
from schema.scalars import Decimal

_WHOLE = re.compile(r"[0-9]{1,16}")
_ONCE = inside.Tier("", 0).multiplier_bp
MEASURED = 'In points ("500"), or in the merchant\'s currency ("5000.00"), as `tierMeasure` says.'


@strawberry.type(description="A tier that customers reach by their orders of the last 365 days.")
class Tier:
    """A tier that customers reach by their orders of the last 365 days."""

    name: str = about("What rules call it.")
    threshold: Decimal = about("How much reaches it. " + MEASURED)
    multiplier: Decimal = about('By how much it multiplies what orders earn: "1.5".')


@strawberry.type(description="Where a customer stands among the tiers.")
class CustomerTier:
    """Where a customer stands among the tiers."""

    name: str | None = about("The tier that the last 365 days reach; null: none yet.")
    multiplier: Decimal = about('By how much it multiplies what orders earn; "1" without a tier.')
    tier_measure: TierMeasure = about("What is counted.")
    counted: Decimal = about("What the last 365 days come to. " + MEASURED)
    next: Tier | None = about("The next tier above; null: there is none.")
    missing: Decimal = about("How much more reaches the next tier. " + MEASURED)


@strawberry.input(description="A tier as it shall be.")
class TierInput:
    """A tier as it shall be."""

    name: str = about("1 … 255 characters; no other tier has it.")
    threshold: Decimal = about("Above that of the tier before. " + MEASURED)
    multiplier: Decimal | None = optional('"1" … "100", at most two decimals; absent: "1".')

    def tier(self, measure: inside.TierMeasure, currency: str, *path: str) -> inside.Tier:
        """The inside form. Raises LoyaltyError with its field."""
        times = self.multiplier
        return inside.Tier(
            self.name,
            _threshold(self.threshold, measure, currency, *path, "threshold"),
            _ONCE if times is None else multiple_bp(times, *path, "multiplier"),
        )


def tier(value: inside.Tier, measure: inside.TierMeasure, currency: str) -> Tier:
    """The shown form."""
    return Tier(
        name=value.name,
        threshold=_measured(value.threshold, measure, currency),
        multiplier=multiple(value.multiplier_bp),
    )


def customer_tier(now: Standing, program: Program) -> CustomerTier:
    """The shown form of where a customer stands."""
    measure, currency = program.earning.tier_measure, program.currency
    return CustomerTier(
        name=now.tier.name if now.tier else None,
        multiplier=multiple(now.tier.multiplier_bp if now.tier else _ONCE),
        tier_measure=TierMeasure[measure.name],
        counted=_measured(now.counted, measure, currency),
        next=tier(now.next_tier, measure, currency) if now.next_tier else None,
        missing=_measured(now.missing, measure, currency),
    )


def _measured(amount: int, measure: inside.TierMeasure, currency: str) -> Decimal:
    by_points = measure is inside.TierMeasure.POINTS_EARNED
    return Decimal(str(amount) if by_points else to_decimal(amount, currency))


def _threshold(text: str, measure: inside.TierMeasure, currency: str, *path: str) -> int:
    if measure is inside.TierMeasure.AMOUNT_SPENT:
        return to_minor(text, currency, *path)
    if not _WHOLE.fullmatch(text) or int(text) > MAX_SAFE_INTEGER:
        refusal = Refusal(Code.INVALID_AMOUNT, field=path)
        raise LoyaltyError(refusal, 'Points are a whole number such as "500", at most 2^53-1.')
    return int(text)
