"""What a rule that is still being written would give on some carts."""

from __future__ import annotations

import strawberry

from gateway.messages import LANGUAGES, offer_message, refusal_message
from gateway.rules.offer import Offer
from gateway.services import rule_previews as inside
from schema import checks
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.money import Money, MoneyInput, money
from schema.payloads import ERRORS
from schema.preview import RedemptionOffer, offer
from schema.rule import RedemptionRule, redemption_rule
from schema.rule_inputs import RedemptionRuleInput
from schema.scalars import Points

MOST_CARTS = 20


@strawberry.input(description="A cart to try a rule on.")
class RulePreviewCartInput:
    """A cart to try a rule on."""

    total: MoneyInput = about("What the customer would pay without points.")
    points: Points = about("The points that the customer has.")


@strawberry.input(description="A rule to try before it is published.")
class RulePreviewInput:
    """A rule to try before it is published."""

    rule: RedemptionRuleInput = about("The rule as it would be.")
    id: strawberry.ID | None = optional(
        "The rule that it would take the place of; null: a new one."
    )
    carts: list[RulePreviewCartInput] = about("At most 20. The rule covers them wholly.")

    def trials(self, currency: str) -> tuple[inside.TrialCart, ...]:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        checks.within(len(self.carts), 0, MOST_CARTS, "carts")
        return tuple(
            inside.TrialCart(cart.total.minor(currency, "carts", str(n), "total"), cart.points)
            for n, cart in enumerate(self.carts)
        )


@strawberry.type(description="What a shopper would read, in one language.")
class Sentence:
    """What a shopper would read, in one language."""

    language: str = about("Its BCP 47 tag.")
    text: str = about("The sentence.")


@strawberry.type(description="What the rule gives on one cart.")
class RulePreviewCart:
    """What the rule gives on one cart."""

    total: Money = about("The cart.")
    balance: Points = about("The customer's points.")
    offer: RedemptionOffer = about("What the rule gives.")
    payable: Money = about("What the customer would still pay under this rule.")
    winner: RedemptionRule | None = about(
        "The rule that would be used, of this one and all live ones; null where none can be."
    )
    wins: bool = about("Whether that is this very rule.")
    sentences: list[Sentence] = about("What the shopper reads, in each language there is.")


@strawberry.type(description="What a rule would do, or why it cannot be.")
class RulePreview:
    """What a rule would do, or why it cannot be."""

    carts: list[RulePreviewCart] = about("One for each cart that was asked about.")
    free_cart: Money | None = about(
        "The smallest cart that enough points would pay in full, so that the order is free; null"
        " where no cart can become free."
    )
    overlaps: list[RedemptionRule] = about(
        "Live rules that the same customer can meet at the same time. The larger discount is used;"
        " of equal ones that with fewer points, then the lower priority, then the older."
    )
    user_errors: list[RedemptionError] = about(ERRORS)


def rule_preview(found: inside.RulePreview) -> RulePreview:
    """The outside form."""
    currency, free = found.program.currency, found.free_cart_minor
    return RulePreview(
        carts=[_cart(cart, found.draft.id, currency) for cart in found.carts],
        free_cart=None if free is None else money(free, currency),
        overlaps=[redemption_rule(rule, currency) for rule in found.overlaps],
        user_errors=[],
    )


def _cart(tried: inside.CartPreview, draft_id: int, currency: str) -> RulePreviewCart:
    total, winner = tried.cart.total_minor, tried.winner
    return RulePreviewCart(
        total=money(total, currency),
        balance=Points(tried.cart.points),
        offer=offer(tried.offer, currency),
        payable=money(total - tried.offer.discount_minor, currency),
        winner=None if winner is None else redemption_rule(winner, currency),
        wins=winner is not None and winner.id == draft_id,
        sentences=[
            Sentence(language=tag, text=_said(tried.offer, currency, tag)) for tag in LANGUAGES
        ],
    )


def _said(given: Offer, currency: str, language: str) -> str:
    if given.refusal is not None:
        return refusal_message(given.refusal, currency, language)
    return offer_message(given.points, given.discount_minor, currency, language)
