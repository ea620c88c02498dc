"""What staff send to try an earning rule that is still being written."""

from __future__ import annotations

from typing import Final

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.rules.earning_trials import TrialOrder
from schema import checks
from schema.describe import about, optional
from schema.earning_inputs import EarningRuleInput
from schema.money import MoneyInput
from schema.percent import percent_bp
from schema.rule_preview import MOST_CARTS
from schema.scalars import Decimal

TWENTY: Final = Decimal("20")


@strawberry.input(description="An order to try an earning rule on.")
class EarningRulePreviewCartInput:
    """An order to try an earning rule on."""

    total: MoneyInput = about("The order before points. The rule covers it wholly.")
    discount: MoneyInput | None = optional(
        "What points and store credit take off; that part earns nothing. Absent: none."
    )
    tier: str | None = optional(
        "The customer's tier; empty: none. Absent: one that the rule is for, none where it is for"
        " all. The customer always has the tags that the rule asks for."
    )
    first_order: bool | None = optional(
        "Whether it is the customer's first. Absent: yes for a rule of kind FIRST_ORDER, else no."
    )

    def order(self, currency: str, *path: str) -> TrialOrder:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        total = self.total.minor(currency, *path, "total")
        off = 0 if self.discount is None else self.discount.minor(currency, *path, "discount")
        if off > total:
            refusal = Refusal(Code.INVALID_AMOUNT, field=(*path, "discount", "amount"))
            raise LoyaltyError(refusal, "The discount must not be above the order's total.")
        return TrialOrder(
            total_minor=total,
            paid_minor=total - off,
            tier=self.tier,
            first_order=self.first_order,
        )


@strawberry.input(description="An earning rule to try before it is published.")
class EarningRulePreviewInput:
    """An earning rule to try before it is published."""

    rule: EarningRuleInput = about("The rule as it would be.")
    id: strawberry.ID | None = optional(
        "The rule that it would take the place of; null: a new one."
    )
    carts: list[EarningRulePreviewCartInput] = about(
        "At most 20 orders. A rule for an occasion has none: leave them out."
    )
    warn_above: Decimal | None = optional(
        'Percentage of the spend that points may be worth without a warning. Absent: "20".'
    )

    def orders(self, currency: str) -> tuple[TrialOrder, ...]:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        checks.within(len(self.carts), 0, MOST_CARTS, "carts")
        return tuple(
            each.order(currency, "carts", str(index)) for index, each in enumerate(self.carts)
        )

    def most_bp(self) -> int:
        """What may be given back. Raises LoyaltyError(INVALID_AMOUNT)."""
        return percent_bp(self.warn_above or TWENTY, "warnAbove")
