"""What a merchant wants of a rule, and whether such a rule can be.

A rule that can never apply is refused as well: silence at the checkout would not say why.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code
from gateway.rules.bounds import FIXED_KINDS, PERCENT_KINDS, ceil_div
from gateway.rules.program import BASIS_POINTS, MAX_SAFE_INTEGER, MinimumPayment, RuleKind
from gateway.services.checks import check, check_minimum_payment, is_text

LONGEST_NAME = 200
MOST_LISTED = 500
LONGEST_LISTED = 255
LARGEST_PRIORITY = 2**31 - 1
_NEVER = "Such a rule can never apply: "


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A redemption rule to be. Minor units, whole points, basis points, microseconds UTC."""

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
    minimum_payment: MinimumPayment | None = None


def validate_draft(draft: RuleDraft) -> None:
    """Raise LoyaltyError(INVALID_INPUT or INVALID_AMOUNT), its field named as in the API.

    The first thing found is the one reported; its detail says what is allowed.
    """
    named = is_text(draft.name, LONGEST_NAME)
    check(named, f"A rule's name has 1 to {LONGEST_NAME} characters.", "name")
    _check_step(draft)
    _check_bounds(draft)
    _check_scope(draft)
    if draft.kind in FIXED_KINDS:
        _check_fixed(draft)
    elif draft.kind is RuleKind.VARIABLE_AMOUNT:
        _check_variable_amount(draft)
    else:
        _check_variable_percent(draft)


def _check_step(draft: RuleDraft) -> None:
    whole = 1 <= draft.points <= MAX_SAFE_INTEGER
    check(whole, "A step costs at least one point, and at most 2^53-1.", "points")
    if draft.kind in PERCENT_KINDS:
        percent = 1 <= draft.percent_bp <= BASIS_POINTS
        check(percent, "A percent rule has a percent, from 0.01 to 100.", "percent")
        check(draft.discount_minor == 0, "A percent rule has no discount amount.", "discount")
    else:
        check(draft.percent_bp == 0, "An amount rule has no percent.", "percent")
        _check_amount(draft.discount_minor, 1, "An amount rule has a discount", "discount")


def _check_amount(minor: int, least: int, subject: str, name: str) -> None:
    allowed = least <= minor <= MAX_SAFE_INTEGER
    bounds = "above zero" if least else "not negative"
    detail = f"{subject}, {bounds} and at most 2^53-1 minor units."
    check(allowed, detail, name, code=Code.INVALID_AMOUNT)


def _check_bounds(draft: RuleDraft) -> None:
    points = 0 <= draft.minimum_points <= MAX_SAFE_INTEGER
    check(points, "Minimum points are not negative, and at most 2^53-1.", "minimumPoints")
    _check_amount(draft.minimum_cart_minor, 0, "A minimum cart is an amount", "minimumCart")
    if draft.maximum_discount_minor is not None:
        subject = "A maximum discount is an amount"
        _check_amount(draft.maximum_discount_minor, 1, subject, "maximumDiscount")
    if draft.maximum_percent_bp is not None:
        percent = 1 <= draft.maximum_percent_bp <= BASIS_POINTS
        check(percent, "A maximum percent is from 0.01 to 100.", "maximumPercent")
    if draft.cart_multiplier_bp is not None:
        times = BASIS_POINTS <= draft.cart_multiplier_bp <= MAX_SAFE_INTEGER
        check(times, "The cart is at least once the discount.", "cartMultiplier")
    if draft.minimum_payment is not None:
        check_minimum_payment(draft.minimum_payment, "minimumPayment")


def _check_scope(draft: RuleDraft) -> None:
    for entries, name in (
        (draft.product_ids, "productIds"),
        (draft.collection_ids, "collectionIds"),
        (draft.tiers, "tiers"),
        (draft.tags, "tags"),
    ):
        allowed = len(entries) <= MOST_LISTED and all(is_text(e, LONGEST_LISTED) for e in entries)
        detail = f"At most {MOST_LISTED} entries of 1 to {LONGEST_LISTED} characters."
        check(allowed, detail, name)
    ordered = draft.starts_at is None or draft.ends_at is None or draft.starts_at < draft.ends_at
    check(ordered, "A rule ends after it starts.", "endsAt")
    small = abs(draft.priority) <= LARGEST_PRIORITY
    check(small, "A priority is from -(2^31-1) to 2^31-1.", "priority")


def _check_fixed(draft: RuleDraft) -> None:
    check(draft.minimum_points == 0, "A fixed rule has no minimum points.", "minimumPoints")
    none = draft.maximum_percent_bp is None
    check(none, "A fixed rule has no maximum percent.", "maximumPercent")
    if draft.kind is RuleKind.FIXED_AMOUNT:
        _check_reachable(draft, draft.discount_minor, "maximumDiscount")


def _check_variable_amount(draft: RuleDraft) -> None:
    none = draft.maximum_percent_bp is None
    check(none, "An amount rule has no maximum percent.", "maximumPercent")
    name = "minimumPoints" if _least_steps(draft) > 1 else "maximumDiscount"
    _check_reachable(draft, _least_steps(draft) * draft.discount_minor, name)


def _check_variable_percent(draft: RuleDraft) -> None:
    steps = _least_steps(draft)
    name = "minimumPoints" if steps > 1 else "maximumPercent"
    most = draft.maximum_percent_bp or BASIS_POINTS
    detail = "its fewest points give a larger percentage than its maximum."
    check(steps * draft.percent_bp <= most, _NEVER + detail, name)
    least = 0
    if not (draft.product_ids or draft.collection_ids):
        # Only then is the whole cart covered, so that its minimum makes the discount large.
        least = draft.minimum_cart_minor * draft.percent_bp * steps // BASIS_POINTS
    _check_reachable(draft, least, "maximumDiscount")


def _least_steps(draft: RuleDraft) -> int:
    return max(1, ceil_div(draft.minimum_points, draft.points))


def _check_reachable(draft: RuleDraft, least_minor: int, name: str) -> None:
    """Refuse when even the smallest redemption is more than there can be or than the rule gives."""
    points = _least_steps(draft) * draft.points
    detail = "its smallest redemption takes more than 2^53-1 points."
    check(points <= MAX_SAFE_INTEGER, _NEVER + detail, "minimumPoints")
    most = draft.maximum_discount_minor
    detail = "its smallest redemption gives more than its maximum discount."
    check(most is None or least_minor <= most, _NEVER + detail, name)
    detail = "its smallest redemption gives more than 2^53-1 minor units."
    check(least_minor <= MAX_SAFE_INTEGER, _NEVER + detail, name)
