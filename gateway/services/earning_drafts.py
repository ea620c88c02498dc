"""What a merchant wants of earning, and whether it can be: each refusal names its field.

A rule that can never give anything is refused as well: silence after an order would not say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import Code
from gateway.rules.earning_rules import DAY_SECONDS, ORDER_KINDS, EarningKind, Tier
from gateway.rules.program import BASIS_POINTS, MAX_SAFE_INTEGER
from gateway.services.checks import check, is_text

LONGEST_NAME = 200
LONGEST_LISTED = 255
MOST_LISTED = 500
MOST_TIERS = 20
MOST_TIMES = 100
EXPIRY_SECONDS = (60, 3_650 * DAY_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningDraft:
    """An earning rule to be. Minor units, whole points, seconds, microseconds UTC."""

    name: str
    kind: EarningKind
    points: int
    per_minor: int = 0
    tier_multiplied: bool = True
    minimum_order_minor: int = 0
    product_ids: frozenset[str] = frozenset()
    collection_ids: frozenset[str] = frozenset()
    excluded_product_ids: frozenset[str] = frozenset()
    excluded_collection_ids: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    starts_at: int | None = None
    ends_at: int | None = None
    expiry_seconds: int | None = None


def validate_draft(draft: EarningDraft) -> None:
    """Raise LoyaltyError(INVALID_INPUT or INVALID_AMOUNT), its field named as in the API.

    The first thing found is the one reported; its detail says what is allowed. A tier need not be
    one of the merchant's: tiers may be set on customers by hand.
    """
    named = is_text(draft.name, LONGEST_NAME)
    check(named, f"A rule's name has 1 to {LONGEST_NAME} characters.", "name")
    whole = 1 <= draft.points <= MAX_SAFE_INTEGER
    check(whole, "A rule gives at least one point, and at most 2^53-1.", "points")
    _check_rate(draft)
    _check_order(draft)
    for name, entries in _lists(draft).items():
        check_list(entries, name)
    _check_covered(draft)
    ordered = draft.starts_at is None or draft.ends_at is None or draft.starts_at < draft.ends_at
    check(ordered, "A rule ends after it starts.", "endsAt")
    if draft.expiry_seconds is not None:
        check_seconds(draft.expiry_seconds, EXPIRY_SECONDS, "expirySeconds")


def validate_tiers(tiers: Sequence[Tier]) -> None:
    """Raise LoyaltyError(INVALID_INPUT or INVALID_AMOUNT) that names the tier and its field."""
    check(len(tiers) <= MOST_TIERS, f"There are at most {MOST_TIERS} tiers.", "tiers")
    names: set[str] = set()
    last = 0
    for index, tier in enumerate(tiers):
        path = ("tiers", str(index))
        named = is_text(tier.name, LONGEST_LISTED)
        check(named, f"A tier's name has 1 to {LONGEST_LISTED} characters.", *path, "name")
        check(tier.name not in names, "Two tiers have this name.", *path, "name")
        rising = last < tier.threshold <= MAX_SAFE_INTEGER
        detail = "Thresholds are above zero, and each is above the one before."
        check(rising, detail, *path, "threshold", code=Code.INVALID_AMOUNT)
        times = BASIS_POINTS <= tier.multiplier_bp <= MOST_TIMES * BASIS_POINTS
        detail = f"A tier multiplies by 1 to {MOST_TIMES}."
        check(times, detail, *path, "multiplier", code=Code.INVALID_AMOUNT)
        names.add(tier.name)
        last = tier.threshold


def check_list(entries: frozenset[str], name: str) -> None:
    """Refuse a list that is too long, or an entry that is no text."""
    allowed = len(entries) <= MOST_LISTED and all(is_text(e, LONGEST_LISTED) for e in entries)
    check(allowed, f"At most {MOST_LISTED} entries of 1 to {LONGEST_LISTED} characters.", name)


def check_seconds(seconds: int, bounds: tuple[int, int], name: str) -> None:
    """Refuse a span out of bounds."""
    least, most = bounds
    check(least <= seconds <= most, f"{name} is {least} to {most}.", name)


def _check_rate(draft: EarningDraft) -> None:
    if draft.kind is EarningKind.ORDER:
        allowed = 1 <= draft.per_minor <= MAX_SAFE_INTEGER
        detail = "A rule for orders gives its points per an amount above zero."
        check(allowed, detail, "per", code=Code.INVALID_AMOUNT)
    else:
        check(draft.per_minor == 0, "Only a rule of kind ORDER has an amount.", "per")


def _check_order(draft: EarningDraft) -> None:
    allowed = 0 <= draft.minimum_order_minor <= MAX_SAFE_INTEGER
    detail = "A minimum order is an amount, not negative and at most 2^53-1 minor units."
    check(allowed, detail, "minimumOrder", code=Code.INVALID_AMOUNT)
    if draft.kind in ORDER_KINDS:
        return
    none = draft.minimum_order_minor == 0
    check(none, "This kind of rule has no order, so no minimum.", "minimumOrder")
    for name, entries in _lists(draft).items():
        if name not in {"tiers", "tags"}:
            check(not entries, "This kind of rule has no order, so no products.", name)


def _lists(draft: EarningDraft) -> dict[str, frozenset[str]]:
    return {
        "productIds": draft.product_ids,
        "collectionIds": draft.collection_ids,
        "excludedProductIds": draft.excluded_product_ids,
        "excludedCollectionIds": draft.excluded_collection_ids,
        "tiers": draft.tiers,
        "tags": draft.tags,
    }


def _check_covered(draft: EarningDraft) -> None:
    """Refuse to cover and to exclude the same: exclusion would win without a word."""
    for covered, excluded, name in (
        (draft.product_ids, draft.excluded_product_ids, "excludedProductIds"),
        (draft.collection_ids, draft.excluded_collection_ids, "excludedCollectionIds"),
    ):
        apart = covered.isdisjoint(excluded)
        check(apart, "What a rule covers cannot be excluded from it.", name)
