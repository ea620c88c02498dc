"""A second, slow reading of earning and tiers, in fractions, with no arithmetic of the first.

Only for small numbers: what is missing is found by trying one minor unit after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import floor

from gateway.rules.earning import Earner, Sale
from gateway.rules.earning_rules import Earning, EarningRule
from gateway.rules.facts import CartLine
from gateway.rules.tiers import Day

DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    refused: str | None = None
    points: int = 0
    missing: int | None = None


def answer(earning: Earning, rule: EarningRule, sale: Sale, earner: Earner, now: int) -> Answer:
    """What one rule gives, by the words of the contract, one gate after the other."""
    least = rule.minimum_order_minor if rule.kind == "ORDER" else max(rule.minimum_order_minor, 1)
    late = rule.ends_at is not None and now >= rule.ends_at
    untagged = bool(rule.tags) and not any(tag in rule.tags for tag in earner.tags)
    gates = {
        "RULE_INACTIVE": late or (rule.starts_at is not None and now < rule.starts_at),
        "CUSTOMER_NOT_ELIGIBLE": untagged or (rule.tiers and earner.tier not in rule.tiers),
        "NOT_FIRST_ORDER": rule.kind == "FIRST_ORDER" and not earner.first_order,
        "NO_ELIGIBLE_ITEMS": worth(earning, rule, sale) == 0,
        "MIN_CART_NOT_REACHED": sale.paid_minor < least,
    }
    refused = next((code for code, closed in gates.items() if closed), None)
    if refused is not None:
        missing = least - sale.paid_minor if refused == "MIN_CART_NOT_REACHED" else None
        return Answer(refused, missing=missing)
    points = by_rate(earning, rule, sale, earner, 0) if rule.kind == "ORDER" else rule.points
    if points:
        return Answer(points=points)
    missing = next(m for m in count(1) if by_rate(earning, rule, sale, earner, m))
    return Answer("BELOW_ONE_POINT", missing=missing)


def by_rate(earning: Earning, rule: EarningRule, sale: Sale, earner: Earner, more: int) -> int:
    """Points with `more` of what is covered in the order, and paid in money."""
    share = Fraction(worth(earning, rule, sale) + more, sale.total_minor + more)
    spend = share * (sale.paid_minor + more)
    times = Fraction(1)
    if rule.tier_multiplied:
        for tier in earning.tiers:
            if tier.name == earner.tier:
                times = Fraction(tier.multiplier_bp, 10_000)
    return floor(spend * Fraction(rule.points, rule.per_minor) * times)


def worth(earning: Earning, rule: EarningRule, sale: Sale) -> int:
    names_something = bool(rule.product_ids or rule.collection_ids)
    if sale.lines is None:
        return 0 if names_something else sale.total_minor
    total = 0
    for line in sale.lines:
        wanted = not names_something or named(line, rule.product_ids, rule.collection_ids)
        for products, collections in (
            (rule.excluded_product_ids, rule.excluded_collection_ids),
            (earning.excluded_product_ids, earning.excluded_collection_ids),
        ):
            wanted = wanted and not named(line, products, collections)
        if wanted:
            total += line.total_minor
    return min(total, sale.total_minor)


def named(line: CartLine, products: frozenset[str], collections: frozenset[str]) -> bool:
    mine = {("p", line.product_id)} | {("c", name) for name in line.collection_ids}
    theirs = {("p", name) for name in products} | {("c", name) for name in collections}
    return bool(mine & theirs)


def counted(earning: Earning, days: list[Day], today: int) -> int:
    """The measure of the rolling year that ends with `today`."""
    by_points = earning.tier_measure == "POINTS_EARNED"
    return sum(
        each.earned_points if by_points else each.spent_minor
        for each in days
        if today - 365 < each.day <= today
    )


def tier_of(earning: Earning, amount: int) -> str | None:
    """The highest tier that so much reaches."""
    reached = [(tier.threshold, tier.name) for tier in earning.tiers if tier.threshold <= amount]
    return max(reached)[1] if reached else None


def falls_at(earning: Earning, days: list[Day], now: int) -> int | None:
    """Look at the start of each day to come, as if nothing were added: is the tier lower then?"""
    today = now // DAY
    known = [each for each in days if each.day <= today]
    thresholds = {tier.name: tier.threshold for tier in earning.tiers}
    tier = tier_of(earning, counted(earning, known, today))
    if tier is None:
        return None
    for day in range(today + 1, today + 400):
        then = tier_of(earning, counted(earning, known, day))
        if then is None or thresholds[then] < thresholds[tier]:
            return day * DAY
    return None
