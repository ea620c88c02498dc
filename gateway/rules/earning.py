"""What an order earns, rule by rule, and why not more. Pure: the same words, the same answer.

points = floor(spend x rate x multiplier), with one division at the end. Spend is the paid part of
what a rule covers: what points or store credit paid for earns nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from gateway.errors import Code, Refusal
from gateway.rules.earning_rules import ORDER_KINDS, Earning, EarningKind, EarningRule
from gateway.rules.facts import CartLine
from gateway.rules.program import BASIS_POINTS, MAX_SAFE_INTEGER
from gateway.rules.tiers import multiplier_bp

MICROSECONDS: Final = 1_000_000
"""Of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """An order, or a cart that may become one. `paid_minor` is after points and store credit.

    It is at most `total_minor`.
    """

    total_minor: int
    paid_minor: int
    lines: tuple[CartLine, ...] | None = None
    """None: they are not told. None of them: there is nothing that could earn."""


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
    """What counted: the paid part of what the rule covers, rounded down to be shown."""
    multiplier_bp: int = BASIS_POINTS
    refusal: Refusal | None = None


def earn(earning: Earning, sale: Sale, earner: Earner, now: int) -> tuple[EarnOffer, ...]:
    """What each rule for orders gives, in the order of the rules."""
    return tuple(
        _offer(earning, rule, sale, earner, now)
        for rule in earning.rules
        if rule.kind in ORDER_KINDS
    )


def earned(offers: Iterable[EarnOffer]) -> int:
    """What all of them give together; never more than an account can count exactly."""
    return min(sum(offer.points for offer in offers), MAX_SAFE_INTEGER)


def award_rule(earning: Earning, kind: EarningKind, earner: Earner, now: int) -> EarningRule | None:
    """The rule of an occasion that counts for this customer: most points, then the oldest."""
    fitting = [
        rule
        for rule in earning.rules
        if rule.kind is kind and _customer_gate(rule, earner, now) is None
    ]
    return min(fitting, key=lambda rule: (-rule.points, rule.created_at, rule.id), default=None)


def in_force(rule: EarningRule, now: int) -> bool:
    """Whether its window is open: from `starts_at` on, and before `ends_at`."""
    started = rule.starts_at is None or rule.starts_at <= now
    return started and (rule.ends_at is None or now < rule.ends_at)


def expires_at(earning: Earning, rule: EarningRule, available_at: int) -> int | None:
    """When what a rule gave expires, by when it can be used; None: never."""
    seconds = earning.expiry_seconds if rule.expiry_seconds is None else rule.expiry_seconds
    return None if seconds is None else available_at + seconds * MICROSECONDS


def covered_minor(earning: Earning, rule: EarningRule, sale: Sale) -> int:
    """What the rule covers of the order, before points.

    Without lines that is the whole order, or nothing where the rule names what it covers: what
    is excluded cannot be told apart then. Lines that add up to more than the order, as a shop may
    tell them, earn on no more than the order.
    """
    if sale.lines is None:
        return 0 if rule.product_ids or rule.collection_ids else sale.total_minor
    covered = sum(line.total_minor for line in sale.lines if _covers(earning, rule, line))
    return min(covered, sale.total_minor)


def _covers(earning: Earning, rule: EarningRule, line: CartLine) -> bool:
    named = not (rule.product_ids or rule.collection_ids) or _is_in(
        line, rule.product_ids, rule.collection_ids
    )
    return named and not (
        _is_in(line, rule.excluded_product_ids, rule.excluded_collection_ids)
        or _is_in(line, earning.excluded_product_ids, earning.excluded_collection_ids)
    )


def _is_in(line: CartLine, products: frozenset[str], collections: frozenset[str]) -> bool:
    return line.product_id in products or not collections.isdisjoint(line.collection_ids)


def _customer_gate(rule: EarningRule, earner: Earner, now: int) -> Refusal | None:
    if not in_force(rule, now):
        return Refusal(Code.RULE_INACTIVE)
    wrong_tier = bool(rule.tiers) and earner.tier not in rule.tiers
    if wrong_tier or (rule.tags and rule.tags.isdisjoint(earner.tags)):
        return Refusal(Code.CUSTOMER_NOT_ELIGIBLE)
    if rule.kind is EarningKind.FIRST_ORDER and not earner.first_order:
        return Refusal(Code.NOT_FIRST_ORDER)
    return None


def _order_gate(rule: EarningRule, sale: Sale, covered: int) -> Refusal | None:
    if covered <= 0:
        return Refusal(Code.NO_ELIGIBLE_ITEMS)
    # A fixed bonus asks for one minor unit at least: an order that points alone paid for would
    # else bring new ones, and so without an end. By a rate it earns nothing anyhow.
    least = 0 if rule.kind is EarningKind.ORDER else 1
    missing = max(rule.minimum_order_minor, least) - sale.paid_minor
    return Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=missing) if missing > 0 else None


def _offer(earning: Earning, rule: EarningRule, sale: Sale, earner: Earner, now: int) -> EarnOffer:
    refusal = _customer_gate(rule, earner, now)
    if refusal is not None:
        return EarnOffer(rule=rule, refusal=refusal)
    covered = covered_minor(earning, rule, sale)
    refusal = _order_gate(rule, sale, covered)
    spend = sale.paid_minor * covered // sale.total_minor if sale.total_minor > 0 else 0
    offer = EarnOffer(rule=rule, spend_minor=spend, refusal=refusal)
    if refusal is not None:
        return offer
    if rule.kind is not EarningKind.ORDER:
        return replace(offer, points=rule.points)
    multiplier = multiplier_bp(earning, earner.tier) if rule.tier_multiplied else BASIS_POINTS
    rate = _Rate(rule.points * multiplier, rule.per_minor * BASIS_POINTS)
    points = rate.points(sale.paid_minor, covered, sale.total_minor)
    if points == 0:
        refusal = Refusal(Code.BELOW_ONE_POINT, shortfall_minor=rate.missing(sale, covered))
    return replace(
        offer,
        points=min(points, MAX_SAFE_INTEGER),
        multiplier_bp=multiplier,
        refusal=refusal,
    )


@dataclass(frozen=True, slots=True)
class _Rate:
    """`gain` points for `per` minor units; both are above zero."""

    gain: int
    per: int

    def points(self, paid: int, covered: int, total: int) -> int:
        """Points for the paid part of what is covered."""
        return paid * covered * self.gain // (total * self.per)

    def missing(self, sale: Sale, covered: int) -> int | None:
        """How much more of what is covered, paid in money, brings the first point.

        None where no order could hold so much. More is always better, so halving finds it.
        """
        total, paid = sale.total_minor, sale.paid_minor
        low, high = 1, max(total, -(-2 * self.per // self.gain))
        while low < high:
            more = (low + high) // 2
            if self.points(paid + more, covered + more, total + more):
                high = more
            else:
                low = more + 1
        return low if total + low <= MAX_SAFE_INTEGER else None
