"""Refusals as data, and the one place that turns a refusal into what a caller sees."""

from __future__ import annotations

import strawberry

from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.messages import refusal_message
from schema.describe import about
from schema.enums import ErrorCode
from schema.money import Money, money_or_none
from schema.scalars import Points, points_or_none

SAID_BY_DETAIL = frozenset(
    {Code.INVALID_AMOUNT, Code.INVALID_INPUT, Code.CURRENCY_MISMATCH, Code.IDENTITY_TAKEN}
)
"""Refusals of a developer's input: the exact reason helps more than a shopper's sentence."""


@strawberry.type(description="Why a command was refused. Nothing was changed.")
class RedemptionError:
    """Why a command was refused."""

    code: ErrorCode = about("The stable code.")
    message: str = about("For the shopper, in the language of the request.")
    field: list[str] | None = about("Path of the input field to blame; null where none is.")
    allowed_points: Points | None = about("How many would be allowed; null where unknown.")
    shortfall_points: Points | None = about("How many points lack; null where none do.")
    shortfall_amount: Money | None = about("How much the cart lacks; null where nothing does.")
    limit_amount: Money | None = about("The bound that was hit, where it is money.")


def user_error(
    context: Context, currency: str, refusal: Refusal, detail: str = ""
) -> RedemptionError:
    """The data form of a refusal."""
    context.refusals.append(refusal.code)
    said = detail and refusal.code in SAID_BY_DETAIL
    return RedemptionError(
        code=ErrorCode[refusal.code.name],
        message=detail if said else refusal_message(refusal, currency, context.language),
        field=list(refusal.field) if refusal.field else None,
        allowed_points=points_or_none(refusal.allowed_points),
        shortfall_points=points_or_none(refusal.shortfall_points),
        shortfall_amount=money_or_none(refusal.shortfall_minor, currency),
        limit_amount=money_or_none(refusal.limit_minor, currency),
    )


def refused(context: Context, currency: str, error: LoyaltyError) -> RedemptionError:
    """The data form of a refusal that was raised."""
    return user_error(context, currency, error.refusal, error.detail)
