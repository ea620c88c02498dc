"""An earning rule that is still being written, tried beside those that are live. Pure.

Every number is the evaluator's. What is decided here is what it is asked: who orders, and what.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from gateway.rules.earning import Earner, EarnOffer, Sale, award_rule, earn
from gateway.rules.earning_rules import ORDER_KINDS, Earning, EarningKind, EarningRule
from gateway.rules.facts import CartLine
from gateway.rules.meeting import can_meet

ANYTHING: Final = "preview"
"""A product that no rule names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialOrder:
    """An order to try a rule on. `paid_minor` is after points and store credit."""

    total_minor: int
    paid_minor: int
    tier: str | None = None
    """Empty: none. None: one that the rule is for, none where it is for all."""
    first_order: bool | None = None
    """None: yes for a rule for first orders, no for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Who orders what, what all rules give for it, and what the draft gives of that."""

    earner: Earner
    sale: Sale
    offers: tuple[EarnOffer, ...]
    own: EarnOffer


def with_draft(earning: Earning, draft: EarningRule) -> Earning:
    """Earning as it would be: the draft is in the place of the rule of its id, or the last."""
    others = tuple(rule for rule in earning.rules if rule.id != draft.id)
    return replace(earning, rules=(*others, draft))


def tried(would_be: Earning, draft: EarningRule, order: TrialOrder, at: int) -> Trial:
    """The order, as it would earn; the draft is one of the rules, and for orders."""
    earner = _earner(draft, order)
    sale = Sale(
        total_minor=order.total_minor,
        paid_minor=order.paid_minor,
        lines=_lines(would_be, draft, order.total_minor),
    )
    offers = earn(would_be, sale, earner, at)
    own = next(each for each in offers if each.rule is draft)
    return Trial(earner=earner, sale=sale, offers=offers, own=own)


def awarding(earning: Earning, draft: EarningRule, at: int) -> EarningRule | None:
    """Of all rules for the draft's occasion, the one that counts for a customer it is for."""
    return award_rule(earning, draft.kind, _earner(draft), at)


def overlapping(earning: Earning, draft: EarningRule, now: int) -> tuple[EarningRule, ...]:
    """Live rules that give for the same: for one item of one order, or for one occasion."""
    return tuple(
        rule
        for rule in earning.rules
        if rule.id != draft.id and _alike(rule, draft) and can_meet(rule, draft, now)
    )


def never_earns(earning: Earning, draft: EarningRule) -> bool:
    """Whether all that it covers by name is what the merchant lets never earn."""
    products = draft.product_ids <= earning.excluded_product_ids
    collections = draft.collection_ids <= earning.excluded_collection_ids
    return bool(draft.product_ids or draft.collection_ids) and products and collections


def unknown_tiers(earning: Earning, draft: EarningRule) -> frozenset[str]:
    """Tiers that it is for and that no customer can reach; none where they are set by hand."""
    names = frozenset(tier.name for tier in earning.tiers)
    return draft.tiers - names if names else frozenset()


def _earner(draft: EarningRule, order: TrialOrder | None = None) -> Earner:
    """Somebody whom the draft is for, unless the order says otherwise."""
    tier, first = (None, None) if order is None else (order.tier, order.first_order)
    return Earner(
        min(draft.tiers, default=None) if tier is None else tier or None,
        draft.tags,
        draft.kind is EarningKind.FIRST_ORDER if first is None else first,
    )


def _lines(earning: Earning, draft: EarningRule, total_minor: int) -> tuple[CartLine, ...] | None:
    """Lines that the draft covers wholly, if anything is; None where it names nothing."""
    if not (draft.product_ids or draft.collection_ids):
        return None
    product = min(draft.product_ids - earning.excluded_product_ids, default=None)
    if product is not None:
        return (CartLine(product, total_minor),)
    collection = min(draft.collection_ids - earning.excluded_collection_ids, default=None)
    collections = () if collection is None else (collection,)
    return (CartLine(ANYTHING, total_minor, 1, collections),)


def _alike(one: EarningRule, other: EarningRule) -> bool:
    if one.kind not in ORDER_KINDS or other.kind not in ORDER_KINDS:
        return one.kind is other.kind
    if one.collection_ids or other.collection_ids:
        return True  # which products a collection has is the shop's to know
    both = one.product_ids & other.product_ids
    named = both if one.product_ids and other.product_ids else one.product_ids | other.product_ids
    left = named - one.excluded_product_ids - other.excluded_product_ids
    return bool(left) or not (one.product_ids or other.product_ids)
