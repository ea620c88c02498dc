"""What a customer could redeem on a cart, and why not more."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.context import Context
from gateway.ledger.commands import EMPTY
from gateway.messages import credits_message, offer_message, refusal_message
from gateway.rules import offer as inside
from gateway.rules.program import Program
from gateway.services import previews as service
from schema.balance import PointsBalance, points_balance
from schema.describe import about
from schema.enums import LimitKind
from schema.money import Money, money
from schema.refusals import RedemptionRefusal, preview_refusal
from schema.rule import RedemptionRule, redemption_rule
from schema.scalars import Points, instant_or_none

_NO_POINTS = EMPTY


@strawberry.type(description="One bound, and what it alone would allow.")
class RedemptionLimit:
    """One bound, and what it alone would allow."""

    kind: LimitKind = about("Which bound.")
    points: Points = about("The points it would allow.")
    discount: Money = about("The discount it would allow.")


@strawberry.type(description="What one rule gives on this cart.")
class RedemptionOffer:
    """What one rule gives on this cart."""

    rule: RedemptionRule = about("The rule.")
    eligible: bool = about("Whether it can be applied as it stands.")
    points: Points = about("Points it would take; 0 when not eligible.")
    discount: Money = about("The discount it would give; zero when not eligible.")
    minimum_points: Points = about("Fewest points it can be applied with here; 0: it cannot be.")
    maximum_points: Points = about("Most points it can be applied with here; 0: it cannot be.")
    step: Points = about("Points between two allowed values, for a slider.")
    limits: list[RedemptionLimit] = about("What keeps it from being larger, tightest first.")
    refusal: RedemptionRefusal | None = about("Why it cannot be applied; null when it can.")


@strawberry.type(description="What a customer could redeem on this cart now. Changes nothing.")
class RedemptionPreview:
    """What a customer could redeem on this cart now."""

    eligible: bool = about("Whether anything can be redeemed.")
    points: Points = about("Loyalty points of the best offer, or of the one that was named.")
    credits: Money = about("Store credit that would be used.")
    discount: Money = about("The whole discount.")
    payable: Money = about("What the customer would still pay.")
    minimum_payment: Money = about("The least the customer must pay of this cart.")
    balance: PointsBalance = about("The customer's points now.")
    offers: list[RedemptionOffer] = about("What each rule gives, best first.")
    limits: list[RedemptionLimit] = about("What keeps the best offer from being larger.")
    refusals: list[RedemptionRefusal] = about("Why nothing can be redeemed; empty if something.")
    quote: str | None = about("Promises these numbers to an apply; null: nothing to redeem.")
    quote_expires_at: datetime | None = about("When the quote ends; null without a quote.")
    result: strawberry.Private[service.Preview]
    currency: strawberry.Private[str]

    @strawberry.field(description="For the shopper, in the language of the request.")
    def message(self, info: strawberry.Info[Context, None]) -> str:
        """Say what can be saved, or why nothing can."""
        language, plan = info.context.language, self.result.plan
        if plan is None or not plan.eligible:
            return refusal_message(self.result.refusals[0], self.currency, language)
        if plan.offer is None:
            return credits_message(plan.credits_minor, self.currency, language)
        coins = plan.discount_minor - plan.credits_minor
        said = offer_message(plan.points, coins, self.currency, language)
        if plan.credits_minor:
            said += " " + credits_message(plan.credits_minor, self.currency, language)
        return said


def preview(result: service.Preview, program: Program) -> RedemptionPreview:
    """The outside form of a preview. `program` gives the currency where there is no customer."""
    currency, plan, snapshot = program.currency, result.plan, result.snapshot
    offers = plan.evaluation.offers if plan else ()
    discount = plan.discount_minor if plan else 0
    until = result.quote_expires_at
    return RedemptionPreview(
        eligible=discount > 0,
        points=Points(plan.points if plan else 0),
        credits=money(plan.credits_minor if plan else 0, currency),
        discount=money(discount, currency),
        payable=money(result.cart.total_minor - discount, currency),
        minimum_payment=money(_floor(result, program), currency),
        balance=points_balance(snapshot.coins if snapshot else _NO_POINTS, program),
        offers=[offer(each, currency) for each in offers],
        limits=limits_shown(offers[0].limits if offers else (), currency),
        refusals=[preview_refusal(each, currency) for each in result.refusals],
        quote=result.quote,
        quote_expires_at=instant_or_none(until),
        result=result,
        currency=currency,
    )


def _floor(result: service.Preview, program: Program) -> int:
    if result.plan is not None:
        return result.plan.floor_minor
    total = result.cart.total_minor
    return min(total, program.minimum_payment.floor_minor(total))


def offer(given: inside.Offer, currency: str) -> RedemptionOffer:
    """The outside form of an given."""
    refusal = given.refusal
    return RedemptionOffer(
        rule=redemption_rule(given.rule, currency),
        eligible=given.eligible,
        points=Points(given.points),
        discount=money(given.discount_minor, currency),
        minimum_points=Points(given.minimum_points),
        maximum_points=Points(given.maximum_points),
        step=Points(given.step),
        limits=limits_shown(given.limits, currency),
        refusal=None if refusal is None else preview_refusal(refusal, currency),
    )


def limits_shown(limits: tuple[inside.Limit, ...], currency: str) -> list[RedemptionLimit]:
    """The outside form of what bounded a redemption."""
    return [
        RedemptionLimit(
            kind=LimitKind[limit.kind.name],
            points=Points(limit.points),
            discount=money(limit.discount_minor, currency),
        )
        for limit in limits
    ]
