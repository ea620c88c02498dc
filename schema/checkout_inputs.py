"""What staff change of Custom Checkout, and what they are answered."""

from __future__ import annotations

import strawberry

from gateway.rules import program as inside
from gateway.services.programs import CheckoutChange
from schema import checks
from schema.custom_checkout import CustomCheckout
from schema.describe import about, optional
from schema.enums import ClawbackPolicy
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.rule import (
    RedemptionRule,
)
from schema.rule_inputs import MinimumPaymentInput


@strawberry.input(description="What to change of Custom Checkout; what is left out stays.")
class UpdateCustomCheckoutInput:
    """What to change of Custom Checkout; what is left out stays."""

    enabled: bool | None = optional("Switch the integration on or off.")
    minimum_payment: MinimumPaymentInput | None = optional("The least that a customer must pay.")
    hold_seconds: int | None = optional("60 … 86400.")
    quote_seconds: int | None = optional("10 … 86400.")
    refund_grace_seconds: int | None = optional("0 … 315360000.")
    clawback_policy: ClawbackPolicy | None = optional("What to do when too few points are left.")
    order_lines_required: bool | None = optional(
        "Refuse captures whose order has no `lines`. Switch it on when your backend sends them."
    )
    allowed_origins: list[str] | None = optional(
        "Web pages of these origins, and no others, may call for this merchant from a browser:"
        " the whole new list, at most 50, such as `https://shop.example`; `http` for localhost"
        " only, and app schemes such as `capacitor://localhost`. Empty: none."
    )

    def change(self, currency: str) -> CheckoutChange:
        """The inside form. Raises RequestError or LoyaltyError with its field."""
        least, policy = self.minimum_payment, self.clawback_policy
        return CheckoutChange(
            enabled=self.enabled,
            minimum_payment=least and least.minimum(currency, "minimumPayment"),
            hold_seconds=_seconds(self.hold_seconds, 60, 86_400, "holdSeconds"),
            quote_seconds=_seconds(self.quote_seconds, 10, 86_400, "quoteSeconds"),
            refund_grace_seconds=_seconds(
                self.refund_grace_seconds, 0, 315_360_000, "refundGraceSeconds"
            ),
            clawback_policy=policy and inside.ClawbackPolicy(policy.value),
            order_lines_required=self.order_lines_required,
            allowed_origins=None if self.allowed_origins is None else tuple(self.allowed_origins),
        )


def _seconds(value: int | None, low: int, high: int, name: str) -> int | None:
    return None if value is None else checks.within(value, low, high, name)


@strawberry.type(description="Custom Checkout as it is now, or why it was not changed.")
class UpdateCustomCheckoutPayload:
    """Custom Checkout as it is now, or why it was not changed."""

    custom_checkout: CustomCheckout | None = about("As it is now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The rule as it is now, or why it was not changed.")
class RedemptionRulePayload:
    """The rule as it is now, or why it was not changed."""

    rule: RedemptionRule | None = about("As it is now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)
