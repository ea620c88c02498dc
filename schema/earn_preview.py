"""What a cart would earn, and why not more."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.messages import earned_message, earning_refusal_message
from gateway.rules import earning as inside
from gateway.rules.earning import Sale
from gateway.services import earn_previews as service
from schema.cart_inputs import CartInput
from schema.describe import about, optional
from schema.earning import EarningRule, earning_rule
from schema.enums import ErrorCode
from schema.money import Money, MoneyInput, money
from schema.percent import multiple
from schema.redemption_inputs import CustomerRef
from schema.scalars import Decimal, Points, instant, instant_or_none


@strawberry.input(description="What to preview.")
class EarnPreviewInput:
    """What to preview."""

    cart: CartInput = about("The cart, before points. `lines` let rules for products count.")
    customer: CustomerRef | None = optional(
        "Absent: the customer of the token; without one, somebody who has not ordered yet. Not for"
        " a publishable key."
    )
    discount: MoneyInput | None = optional(
        "What points and store credit will take off; that part earns nothing. Absent: none."
    )

    def sale(self, currency: str) -> Sale:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        cart = self.cart.cart(currency)
        off = 0 if self.discount is None else self.discount.minor(currency, "discount")
        if off > cart.total_minor:
            refusal = Refusal(Code.INVALID_AMOUNT, field=("discount", "amount"))
            raise LoyaltyError(refusal, "The discount must not be above the cart's total.")
        return Sale(
            total_minor=cart.total_minor,
            paid_minor=cart.total_minor - off,
            lines=None if self.cart.lines is None else cart.lines,
        )


@strawberry.type(description="Why an order would earn nothing.")
class EarningRefusal:
    """Why an order would earn nothing."""

    code: ErrorCode = about("The stable code.")
    shortfall_amount: Money | None = about(
        "How much more has to be spent on what earns; null where that does not help."
    )
    refusal: strawberry.Private[Refusal]
    currency: strawberry.Private[str]

    @strawberry.field(description="For the shopper, in the language of the request.")
    def message(self, info: strawberry.Info[Context, None]) -> str:
        """Say it; only where it is asked for, since formatting money takes time."""
        return earning_refusal_message(self.refusal, self.currency, info.context.language)


@strawberry.type(description="What one rule would give for this cart.")
class EarnOffer:
    """What one rule would give for this cart."""

    rule: EarningRule = about("The rule.")
    points: Points = about("What it gives; 0 when it gives nothing.")
    spend: Money = about("What counts: the paid part of what the rule covers.")
    multiplier: Decimal = about('By how much the customer\'s tier multiplied: "1.5".')
    expires_at: datetime | None = about("When these points expire; null: never, or there are none.")
    refusal: EarningRefusal | None = about("Why it gives nothing; null when it does.")


@strawberry.type(description="What a cart would earn if it were ordered now. Changes nothing.")
class EarnPreview:
    """What a cart would earn if it were ordered now."""

    points: Points = about("What all rules give together.")
    pending_seconds: int = about("How long the points are pending; 0: not at all.")
    available_at: datetime = about("When they can be used.")
    expires_at: datetime | None = about(
        "When the first of them expire; null: never, or there are none."
    )
    offers: list[EarnOffer] = about("What each rule for orders gives, oldest first.")
    refusals: list[EarningRefusal] = about(
        "Why nothing is earned, what helps most first; empty if something is."
    )
    result: strawberry.Private[service.EarnPreview]

    @strawberry.field(description="For the shopper, in the language of the request.")
    def message(self, info: strawberry.Info[Context, None]) -> str:
        """Say what is earned, or why nothing is."""
        result, language = self.result, info.context.language
        if result.refusals:
            currency = result.program.currency
            return earning_refusal_message(result.refusals[0], currency, language)
        waits = result.program.earning.return_window_seconds > 0
        return earned_message(result.points, language, pending=waits)


def earn_preview(result: service.EarnPreview) -> EarnPreview:
    """The outside form."""
    currency = result.program.currency
    ends = [each.expires_at for each in result.offers if each.expires_at is not None]
    return EarnPreview(
        points=Points(result.points),
        pending_seconds=result.program.earning.return_window_seconds,
        available_at=instant(result.available_at),
        expires_at=instant(min(ends)) if ends else None,
        offers=[earn_offer(each.offer, each.expires_at, currency) for each in result.offers],
        refusals=[_refusal(each, currency) for each in result.refusals],
        result=result,
    )


def earn_offer(offer: inside.EarnOffer, expires_at: int | None, currency: str) -> EarnOffer:
    """The outside form of what one rule gives."""
    refusal = offer.refusal
    return EarnOffer(
        rule=earning_rule(offer.rule, currency),
        points=Points(offer.points),
        spend=money(offer.spend_minor, currency),
        multiplier=multiple(offer.multiplier_bp),
        expires_at=instant_or_none(expires_at),
        refusal=None if refusal is None else _refusal(refusal, currency),
    )


def _refusal(refusal: Refusal, currency: str) -> EarningRefusal:
    missing = refusal.shortfall_minor
    return EarningRefusal(
        code=ErrorCode[refusal.code.name],
        shortfall_amount=None if missing is None else money(missing, currency),
        refusal=refusal,
        currency=currency,
    )
