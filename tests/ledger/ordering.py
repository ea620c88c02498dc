"""A shop whose customers earn: commands of orders in the words of the contract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gateway.ledger.commands import IdempotencyKey, Outcome
from gateway.ledger.order_commands import Award, CancelOrder, CompleteOrder, RefundOrder
from gateway.ledger.order_state import OrderState, RefundEvent
from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier, TierMeasure
from gateway.rules.program import ClawbackPolicy, Program
from tests.ledger.shop import MERCHANT, PROGRAM, Shop, done

RATE = EarningRule(
    id=11, version=1, name="1 point per 10", kind=EarningKind.ORDER, points=1, per_minor=1_000
)
FIRST = EarningRule(
    id=12,
    version=1,
    name="First order",
    kind=EarningKind.FIRST_ORDER,
    points=50,
    expiry_seconds=7 * 86_400,
)
WELCOME = EarningRule(id=13, version=1, name="Welcome", kind=EarningKind.SIGN_UP, points=25)
TIERS = (Tier("Silver", 100, 12_500), Tier("Gold", 300, 20_000))
EARNING = Earning(rules=(RATE,), reminder_seconds=None)


async def earning(shop: Shop, version: int = 2, **changes: Any) -> Program:
    """Publish the shop's program with earning; `clawback_policy` is the program's."""
    policy = changes.pop("clawback_policy", ClawbackPolicy.WITHIN_BALANCE)
    program = replace(
        PROGRAM, version=version, earning=replace(EARNING, **changes), clawback_policy=policy
    )
    await shop.publish(program)
    return program


def _common(shop: Shop, customer: int) -> dict[str, Any]:
    number = next(shop.numbers)
    key = IdempotencyKey("order", f"own-{number}", "hash")
    return {"merchant_id": MERCHANT, "customer_id": customer, "key": key}


def _order(shop: Shop, customer: int) -> dict[str, Any]:
    return _common(shop, customer) | {"id": next(shop.numbers)}


def complete(
    shop: Shop, order: str = "order-1", total: int | None = 50_000, customer: int = 1, **more: Any
) -> CompleteOrder:
    digest = more.pop("digest", f"{order} of {total} {more.get('paid_minor')}")
    common = _order(shop, customer) | more
    return CompleteOrder(order_id=order, total_minor=total, digest=digest, **common)


def cancel(shop: Shop, order: str = "order-1", customer: int = 1) -> CancelOrder:
    return CancelOrder(order_id=order, **_order(shop, customer))


def give_back(
    shop: Shop,
    amount: int | None = None,
    lines: int | None = None,
    order: str = "order-1",
    customer: int = 1,
    refund: str = "",
) -> RefundOrder:
    event = RefundEvent(refund or f"of {amount} {lines}", amount, lines)
    return RefundOrder(order_id=order, refund=event, **_order(shop, customer))


def award(shop: Shop, occasion: str = "SIGN_UP", customer: int = 1) -> Award:
    kind = EarningKind(occasion.split(":", maxsplit=1)[0])
    return Award(kind=kind, occasion=occasion, **_common(shop, customer))


def order_of(outcome: Outcome) -> OrderState:
    """The outcome's order, which must not be a refusal."""
    assert done(outcome).order is not None
    return outcome.order  # pyright: ignore[reportReturnType]


__all__ = ["TIERS", "TierMeasure"]
