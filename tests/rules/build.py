"""Short ways to write rules, carts and shoppers in tests."""

from __future__ import annotations

from dataclasses import replace

from gateway.rules.evaluator import evaluate
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.offer import Offer
from gateway.rules.program import (
    NO_MINIMUM,
    MinimumPayment,
    MinimumPaymentKind,
    Program,
    Rule,
    RuleKind,
)

NOW = 1_700_000_000_000_000


def fixed_payment(value: int) -> MinimumPayment:
    return MinimumPayment(MinimumPaymentKind.FIXED, value)


def percent_payment(value: int) -> MinimumPayment:
    return MinimumPayment(MinimumPaymentKind.PERCENT, value)


def a_rule(kind: RuleKind = RuleKind.VARIABLE_AMOUNT, **values: object) -> Rule:
    """One point buys 1.00, or one percent, unless the test says otherwise."""
    worth = {"percent_bp": 100} if "PERCENT" in kind else {"discount_minor": 100}
    plain = Rule(id=1, version=1, name="rule", kind=kind, points=1)
    return replace(plain, **(worth | values))


def a_program(*rules: Rule, **values: object) -> Program:
    plain = Program(merchant_id=1, version=1, currency="INR", rules=rules)
    return replace(plain, **values)


def a_cart(total: int, *lines: tuple[str, int]) -> Cart:
    return Cart("cart", total, tuple(CartLine(product, amount) for product, amount in lines))


def offered(
    rule: Rule,
    total: int | Cart,
    balance: int,
    requested: int | None = None,
    payment: MinimumPayment = NO_MINIMUM,
    credits_minor: int = 0,
) -> Offer:
    """Evaluate one rule for a shopper with nothing but a balance."""
    cart = total if isinstance(total, Cart) else a_cart(total)
    return evaluate(
        rule,
        payment,
        cart,
        Shopper(balance),
        now=NOW,
        requested=requested,
        credits_minor=credits_minor,
    )
