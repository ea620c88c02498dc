"""Refusals inside a preview, each with the sentence that a shopper reads."""

from __future__ import annotations

import strawberry

from gateway.context import Context
from gateway.errors import Refusal
from gateway.messages import refusal_message
from schema.describe import about
from schema.enums import ErrorCode
from schema.money import Money, money_or_none
from schema.scalars import Points, points_or_none


@strawberry.type(description="Why points cannot be used on this cart.")
class RedemptionRefusal:
    """Why points cannot be used on this cart."""

    code: ErrorCode = about("The stable code.")
    allowed_points: Points | None = about("How many would be allowed; null where unknown.")
    shortfall_points: Points | None = about("How many points lack; null where none do.")
    shortfall_amount: Money | None = about("How much the cart lacks; null where nothing does.")
    limit_amount: Money | None = about("The bound that was hit, where it is money.")
    refusal: strawberry.Private[Refusal]
    currency: strawberry.Private[str]

    @strawberry.field(description="For the shopper, in the language of the request.")
    def message(self, info: strawberry.Info[Context, None]) -> str:
        """Say it; only where it is asked for, since formatting money takes time."""
        return refusal_message(self.refusal, self.currency, info.context.language)


def preview_refusal(refusal: Refusal, currency: str) -> RedemptionRefusal:
    """The form that a refusal has inside a preview."""
    return RedemptionRefusal(
        code=ErrorCode[refusal.code.name],
        allowed_points=points_or_none(refusal.allowed_points),
        shortfall_points=points_or_none(refusal.shortfall_points),
        shortfall_amount=money_or_none(refusal.shortfall_minor, currency),
        limit_amount=money_or_none(refusal.limit_minor, currency),
        refusal=refusal,
        currency=currency,
    )
