"""How settings and rules read in the audit log: names of the API, values as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import models
from gateway.money import to_decimal
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Rule
from gateway.services.audit import Facts

MICROSECONDS = 1_000_000


def checkout_facts(
    row: models.CustomCheckout, currency: str, origins: Iterable[str] | None = None
) -> Facts:
    """All settings of Custom Checkout; the origins where they are asked about."""
    least = MinimumPayment(MinimumPaymentKind(row.minimum_payment_kind), row.minimum_payment_value)
    facts = {
        "enabled": switch(bool(row.enabled)),
        "minimumPayment": minimum_payment(least, currency),
        "holdSeconds": str(row.hold_seconds),
        "quoteSeconds": str(row.quote_seconds),
        "refundGraceSeconds": str(row.refund_grace_seconds),
        "clawbackPolicy": row.clawback_policy,
        "orderLinesRequired": switch(bool(row.order_lines_required)),
    }
    return facts if origins is None else {**facts, "allowedOrigins": listed(origins)}


def rule_facts(rule: Rule, currency: str) -> Facts:
    """All of a rule that is not empty."""
    times = rule.cart_multiplier_bp
    own = rule.minimum_payment
    return {
        "version": str(rule.version),
        "name": rule.name,
        "kind": rule.kind.value,
        "points": str(rule.points),
        "discount": money(rule.discount_minor, currency),
        "percent": percent(rule.percent_bp),
        "minimumPoints": str(rule.minimum_points) if rule.minimum_points else None,
        "maximumDiscount": money(rule.maximum_discount_minor, currency),
        "maximumPercent": percent(rule.maximum_percent_bp),
        "minimumCart": money(rule.minimum_cart_minor, currency),
        "cartMultiplier": None if times is None else f"{decimal(times, 10_000)} ×",
        "productIds": listed(rule.product_ids),
        "collectionIds": listed(rule.collection_ids),
        "tiers": listed(rule.tiers),
        "tags": listed(rule.tags),
        "startsAt": instant(rule.starts_at),
        "endsAt": instant(rule.ends_at),
        "priority": str(rule.priority),
        "minimumPayment": None if own is None else minimum_payment(own, currency),
    }


def minimum_payment(value: MinimumPayment, currency: str) -> str:
    """None, an amount, or a percentage."""
    if value.kind is MinimumPaymentKind.FIXED:
        return f"{to_decimal(value.value, currency)} {currency}"
    return percent(value.value) or "none"


def switch(on: bool) -> str:
    """On or off."""
    return "on" if on else "off"


def percent(bp: int | None) -> str | None:
    """Basis points as a percentage; None where there are none."""
    return f"{decimal(bp, 100)} %" if bp else None


def decimal(bp: int, unit: int) -> str:
    """Basis points as a decimal number of `unit`."""
    whole, rest = divmod(bp, unit)
    digits = str(rest).zfill(len(str(unit)) - 1).rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)


def instant(at: int | None) -> str | None:
    """Microseconds as ISO 8601, to the second."""
    return None if at is None else datetime.fromtimestamp(at // MICROSECONDS, UTC).isoformat()


def money(minor: int | None, currency: str) -> str | None:
    """An amount; None where there is none."""
    return f"{to_decimal(minor, currency)} {currency}" if minor else None


def listed(entries: Iterable[str]) -> str | None:
    """A list in one line, sorted; None where it is empty."""
    return ", ".join(sorted(entries)) or None
