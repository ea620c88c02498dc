"""How earning reads in the audit log: names of the API, values as people write them."""

from __future__ import annotations

from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier, TierMeasure
from gateway.services.audit import Facts
from gateway.services.audit_facts import decimal, instant, listed, money, switch

ONCE_BP = 10_000


def earning_rule_facts(rule: EarningRule, currency: str) -> Facts:
    """All of a rule that is not empty."""
    by_amount = rule.kind is EarningKind.ORDER
    return {
        "version": str(rule.version),
        "name": rule.name,
        "kind": rule.kind.value,
        "points": str(rule.points),
        "per": money(rule.per_minor, currency),
        "tierMultiplied": switch(rule.tier_multiplied) if by_amount else None,
        "minimumOrder": money(rule.minimum_order_minor, currency),
        "productIds": listed(rule.product_ids),
        "collectionIds": listed(rule.collection_ids),
        "excludedProductIds": listed(rule.excluded_product_ids),
        "excludedCollectionIds": listed(rule.excluded_collection_ids),
        "tiers": listed(rule.tiers),
        "tags": listed(rule.tags),
        "startsAt": instant(rule.starts_at),
        "endsAt": instant(rule.ends_at),
        "expirySeconds": _seconds(rule.expiry_seconds),
    }


def earning_facts(earning: Earning, currency: str) -> Facts:
    """All settings of earning; the rules have entries of their own."""
    tiers = (_tier(tier, earning.tier_measure, currency) for tier in earning.tiers)
    return {
        "returnWindowSeconds": str(earning.return_window_seconds),
        "expirySeconds": _seconds(earning.expiry_seconds) or "never",
        "reminderSeconds": _seconds(earning.reminder_seconds) or "never",
        "tierMeasure": earning.tier_measure.value,
        "tiers": "; ".join(tiers) or None,
        "excludedProductIds": listed(earning.excluded_product_ids),
        "excludedCollectionIds": listed(earning.excluded_collection_ids),
    }


def _tier(tier: Tier, measure: TierMeasure, currency: str) -> str:
    """Its name, from what on, and how often it multiplies."""
    spent = measure is TierMeasure.AMOUNT_SPENT
    threshold = money(tier.threshold, currency) if spent else None
    times = f", {decimal(tier.multiplier_bp, ONCE_BP)} ×" if tier.multiplier_bp != ONCE_BP else ""
    return f"{tier.name} from {threshold or tier.threshold}{times}"


def _seconds(seconds: int | None) -> str | None:
    return None if seconds is None else str(seconds)
