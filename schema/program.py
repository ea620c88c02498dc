"""The program, as all see it."""

from __future__ import annotations

import strawberry

from gateway.rules import program as inside
from schema.describe import about
from schema.earning import Earning, earning
from schema.enums import CurrencyCode
from schema.rule import (
    MinimumPayment,
    RedemptionRule,
    minimum_payment,
    redemption_rule,
)


@strawberry.type(
    description="What points are worth at this merchant, and how they are earned. Open to any"
    " storefront."
)
class Program:
    """What points are worth at this merchant."""

    enabled: bool = about("Whether points can be redeemed now.")
    currency_code: CurrencyCode = about("The merchant's currency.")
    minimum_payment: MinimumPayment = about("The least that a customer must pay of a cart.")
    rules: list[RedemptionRule] = about("The live rules.")
    earning: Earning = about("How points are earned.")


def program(value: inside.Program) -> Program:
    """The public form of a program version."""
    return Program(
        enabled=value.enabled,
        currency_code=CurrencyCode[value.currency],
        minimum_payment=minimum_payment(value.minimum_payment, value.currency),
        rules=[redemption_rule(rule, value.currency) for rule in value.rules],
        earning=earning(value),
    )
