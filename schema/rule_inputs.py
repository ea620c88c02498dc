"""What staff send about rules and the minimum payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.rules import program as inside
from gateway.services.rules import RuleDraft, validate_draft
from schema import checks
from schema.describe import about, optional
from schema.enums import RuleKind
from schema.money import MoneyInput
from schema.percent import multiple_bp, percent_bp
from schema.scalars import Decimal, Points, microseconds


@strawberry.input(one_of=True, description="The least that a customer must pay: exactly one.")
class MinimumPaymentInput:
    """The least that a customer must pay: exactly one."""

    none: bool | None = about(
        "`true`: no minimum; an order may become free.", default=strawberry.UNSET
    )
    fixed: MoneyInput | None = about("An amount above zero.", default=strawberry.UNSET)
    percent: Decimal | None = about(
        'Of the cart: "20" or "12.5", at most two decimals, 0 < p ≤ 100.', default=strawberry.UNSET
    )

    def minimum(self, currency: str, *path: str) -> inside.MinimumPayment:
        """The inside form. Raises LoyaltyError with its field."""
        # What was not given is UNSET; an empty text was given, and is refused.
        if isinstance(self.percent, str):
            bp = percent_bp(self.percent, *path, "percent")
            return inside.MinimumPayment(inside.MinimumPaymentKind.PERCENT, bp)
        if self.fixed:
            minor = self.fixed.minor(currency, *path, "fixed")
            if minor == 0:
                refusal = Refusal(Code.INVALID_AMOUNT, field=(*path, "fixed", "amount"))
                raise LoyaltyError(refusal, "The amount must be above zero; for none send `none`.")
            return inside.MinimumPayment(inside.MinimumPaymentKind.FIXED, minor)
        if self.none:
            return inside.NO_MINIMUM
        refusal = Refusal(Code.INVALID_INPUT, field=(*path, "none"))
        raise LoyaltyError(refusal, "`none` can only be true.")


@strawberry.input(description="All of a rule; what is left out has no limit.")
class RedemptionRuleInput:
    """All of a rule; what is left out has no limit."""

    name: str = about("What the merchant calls it, 1 … 200 characters.")
    kind: RuleKind = about("How points become a discount.")
    points: Points = about("Points of one step, at least 1.")
    discount: MoneyInput | None = optional("What one step is worth; for the kinds of amount.")
    percent: Decimal | None = optional("What one step is worth; for the kinds of percent.")
    minimum_points: Points | None = optional("Fewest points of a redemption; variable kinds only.")
    maximum_discount: MoneyInput | None = optional("Most discount at once.")
    maximum_percent: Decimal | None = optional("Most percentage at once; VARIABLE_PERCENT only.")
    minimum_cart: MoneyInput | None = optional("Smallest cart.")
    cart_multiplier: Decimal | None = optional('"3": the cart is at least 3 × the discount.')
    product_ids: list[str] | None = optional("Products it covers.")
    collection_ids: list[str] | None = optional("Collections it covers.")
    tiers: list[str] | None = optional("Customer tiers it is for.")
    tags: list[str] | None = optional("Customer tags it is for, any of them.")
    starts_at: datetime | None = optional("Not before.")
    ends_at: datetime | None = optional("Not from then on.")
    priority: int | None = optional("Breaks ties, lowest first; absent: 0.")
    minimum_payment: MinimumPaymentInput | None = optional(
        "The rule's own; absent: the integration's holds."
    )

    def draft(self, currency: str) -> RuleDraft:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        own = self.minimum_payment
        draft = RuleDraft(
            name=self.name,
            kind=inside.RuleKind(self.kind.value),
            points=self.points,
            discount_minor=_minor(self.discount, currency, "discount") or 0,
            percent_bp=_percent(self.percent, "percent") or 0,
            minimum_points=self.minimum_points or 0,
            maximum_discount_minor=_minor(self.maximum_discount, currency, "maximumDiscount"),
            maximum_percent_bp=_percent(self.maximum_percent, "maximumPercent"),
            minimum_cart_minor=_minor(self.minimum_cart, currency, "minimumCart") or 0,
            cart_multiplier_bp=None
            if self.cart_multiplier is None
            else multiple_bp(self.cart_multiplier, "rule", "cartMultiplier"),
            product_ids=frozenset(self.product_ids or ()),
            collection_ids=frozenset(self.collection_ids or ()),
            tiers=frozenset(self.tiers or ()),
            tags=frozenset(self.tags or ()),
            starts_at=None if self.starts_at is None else microseconds(self.starts_at),
            ends_at=None if self.ends_at is None else microseconds(self.ends_at),
            priority=checks.within(self.priority or 0, -1000, 1000, "rule", "priority"),
            minimum_payment=own and own.minimum(currency, "rule", "minimumPayment"),
        )
        try:
            validate_draft(draft)
        except LoyaltyError as error:
            # The service knows the rule by itself; here it is a field of the input.
            field = ("rule", *(error.refusal.field or ()))
            raise LoyaltyError(replace(error.refusal, field=field), error.detail) from None
        return draft


def _minor(value: MoneyInput | None, currency: str, name: str) -> int | None:
    return None if value is None else value.minor(currency, "rule", name)


def _percent(value: str | None, name: str) -> int | None:
    return None if value is None else percent_bp(value, "rule", name)


@strawberry.input(description="A rule to make.")
class CreateRedemptionRuleInput:
    """A rule to make."""

    rule: RedemptionRuleInput = about("The rule.")


@strawberry.input(description="A rule to change.")
class UpdateRedemptionRuleInput:
    """A rule to change."""

    id: strawberry.ID = about("The rule.")
    version: int = about("The version that was edited; a stale one is a conflict.")
    rule: RedemptionRuleInput = about("All of the rule as it shall be.")


@strawberry.input(description="A rule to archive.")
class ArchiveRedemptionRuleInput:
    """A rule to archive."""

    id: strawberry.ID = about("The rule; redemptions that were made under it stay valid.")
