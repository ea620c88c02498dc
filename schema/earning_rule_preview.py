"""What an earning rule that is still being written would give on some orders."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.messages import LANGUAGES, earned_message, earning_refusal_message
from gateway.services import earning_rule_previews as inside
from schema.describe import about
from schema.earn_preview import EarnOffer, earn_offer
from schema.earning import EarningRule, earning_rule
from schema.errors import RedemptionError
from schema.money import Money, money
from schema.payloads import ERRORS
from schema.percent import percent
from schema.rule_preview import Sentence
from schema.scalars import Decimal, Points, instant, instant_or_none


@strawberry.type(description="What an order earns with the rule.")
class EarningRulePreviewCart:
    """What an order earns with the rule."""

    total: Money = about("The order.")
    paid: Money = about("What is paid of it in money.")
    tier: str | None = about("The customer's tier; null: none.")
    first_order: bool = about("Whether it is taken to be the customer's first.")
    offer: EarnOffer = about("What the rule gives.")
    points: Points = about("What all rules give with it.")
    live_points: Points = about("What the live rules give as they are.")
    worth: Money | None = about(
        "What `points` are worth under the live redemption rules, at the best rate; null where no"
        " rule of amounts is live."
    )
    given_back: Decimal | None = about(
        'That as a percentage of what is paid, rounded down: "5"; null where `worth` is.'
    )
    sentences: list[Sentence] = about("What the shopper reads, in each language there is.")


@strawberry.type(description="Which rule gives for an occasion such as a birthday.")
class EarningRulePreviewOccasion:
    """Which rule gives for an occasion such as a birthday."""

    points: Points = about("What a customer gets for whom the rule is.")
    live_points: Points = about("What they get by the live rules as they are.")
    winner: EarningRule | None = about(
        "The rule that counts, of this one and all live ones; null where none does."
    )
    wins: bool = about("Whether that is this very rule.")


@strawberry.type(description="What an earning rule would do, or why it cannot be.")
class EarningRulePreview:
    """What an earning rule would do, or why it cannot be."""

    carts: list[EarningRulePreviewCart] = about("One for each order that was asked about.")
    occasion: EarningRulePreviewOccasion | None = about(
        "For a rule of kind SIGN_UP or BIRTHDAY; null for one for orders."
    )
    available_at: datetime | None = about(
        "When its points could be used, if they were earned now, or as soon as it starts; null"
        " when refused."
    )
    expires_at: datetime | None = about("When those would expire; null: never, or refused.")
    too_generous: bool = about("Whether an order gives back more than `warnAbove`.")
    overlaps: list[EarningRule] = about(
        "Live rules that give for the same item of the same order, or for the same occasion, at"
        " the same time. Those for orders add up; of those for an occasion the one with most points"
        " counts, of equal ones the older."
    )
    never_earns: bool = about("Whether all that it covers by name is what never earns.")
    unknown_tiers: list[str] = about("Tiers it is for that the merchant does not have.")
    user_errors: list[RedemptionError] = about(ERRORS)


def earning_rule_preview(found: inside.EarningRulePreview, most_bp: int) -> EarningRulePreview:
    """The outside form."""
    currency = found.program.currency
    return EarningRulePreview(
        carts=[_cart(each, found) for each in found.orders],
        occasion=None
        if found.occasion is None
        else _occasion(found.occasion, found.draft.id, currency),
        available_at=instant(found.available_at),
        expires_at=instant_or_none(found.expires_at),
        too_generous=any((each.given_back_bp or 0) > most_bp for each in found.orders),
        overlaps=[earning_rule(rule, currency) for rule in found.overlaps],
        never_earns=found.never_earns,
        unknown_tiers=sorted(found.unknown_tiers),
        user_errors=[],
    )


def refused_preview(errors: list[RedemptionError]) -> EarningRulePreview:
    """Of a rule that cannot be."""
    return EarningRulePreview(
        carts=[],
        occasion=None,
        available_at=None,
        expires_at=None,
        too_generous=False,
        overlaps=[],
        never_earns=False,
        unknown_tiers=[],
        user_errors=errors,
    )


def _cart(tried: inside.OrderPreview, found: inside.EarningRulePreview) -> EarningRulePreviewCart:
    currency, worth, back = found.program.currency, tried.worth_minor, tried.given_back_bp
    return EarningRulePreviewCart(
        total=money(tried.order.total_minor, currency),
        paid=money(tried.order.paid_minor, currency),
        tier=tried.earner.tier,
        first_order=tried.earner.first_order,
        offer=earn_offer(tried.offer.offer, tried.offer.expires_at, currency),
        points=Points(tried.points),
        live_points=Points(tried.live_points),
        worth=None if worth is None else money(worth, currency),
        given_back=None if back is None else percent(back),
        sentences=[Sentence(language=tag, text=_said(tried, found, tag)) for tag in LANGUAGES],
    )


def _said(tried: inside.OrderPreview, found: inside.EarningRulePreview, language: str) -> str:
    if tried.refusals:
        return earning_refusal_message(tried.refusals[0], found.program.currency, language)
    waits = found.program.earning.return_window_seconds > 0
    return earned_message(tried.points, language, pending=waits)


def _occasion(
    found: inside.OccasionPreview, draft_id: int, currency: str
) -> EarningRulePreviewOccasion:
    winner, live = found.winner, found.live
    return EarningRulePreviewOccasion(
        points=Points(0 if winner is None else winner.points),
        live_points=Points(0 if live is None else live.points),
        winner=None if winner is None else earning_rule(winner, currency),
        wins=winner is not None and winner.id == draft_id,
    )
