"""A redemption as it stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.ids import to_global_id
from gateway.ledger import commands as inside
from gateway.rules.program import Program
from schema.describe import about
from schema.enums import Status
from schema.money import Money, money
from schema.node import Node
from schema.redemption_trace import RedemptionTrace, redemption_trace
from schema.rule import RedemptionRule, redemption_rule
from schema.scalars import Points, instant, instant_or_none

if TYPE_CHECKING:
    from schema.customer import Customer


@strawberry.type(description="The order that a redemption was captured by.")
class CapturedOrder:
    """The order that a redemption was captured by."""

    id: str = about("The merchant's own id of the order.")
    total: Money = about("The order's total before points.")
    payable: Money = about("What the customer paid of it.")


@strawberry.type(description="Points reserved for one cart, then captured by an order.")
class Redemption(Node):
    """Points reserved for one cart, then captured by an order."""

    status: Status = about("Where it is in its life.")
    customer: Annotated[Customer, strawberry.lazy("schema.customer")] = about("Whose points.")
    cart_id: str = about("The cart it was applied to.")
    points: Points = about("Loyalty points reserved at apply.")
    credits: Money = about("Store credit reserved at apply.")
    discount: Money = about("The whole discount: points and store credit.")
    payable: Money = about("What remains of the cart after the discount.")
    captured_points: Points = about("Points that an order took.")
    captured_discount: Money = about("The discount that the order got; zero before capture.")
    refunded_points: Points = about("Points given back after capture.")
    refunded_credits: Money = about("Store credit given back after capture.")
    rule: RedemptionRule | None = about(
        "The rule version it was made under; null where only store credit was used."
    )
    close_reason: str | None = about(
        "Why the hold ended: REQUESTED, SUPERSEDED, HOLD_RAN_OUT or, for a capture after the hold"
        " ran out, LATE. Null while held and after a capture in time."
    )
    expires_at: datetime = about("When the hold runs out.")
    created_at: datetime = about("When it was applied.")
    closed_at: datetime | None = about("When it was captured, released or expired; null: held.")
    order: CapturedOrder | None = about("The order it was captured by; null before that.")
    state: strawberry.Private[inside.Redemption]
    program: strawberry.Private[Program]

    @strawberry.field(
        description="Why it has this many points; null where only store credit was used. Admin key,"
        " staff."
    )
    async def trace(self, info: strawberry.Info[Context, None]) -> RedemptionTrace | None:
        """Evaluate its rule once more."""
        info.context.require(Scope.READ_MERCHANT)
        return await redemption_trace(self.state, self.program)


def redemption_id(redemption: inside.Redemption) -> strawberry.ID:
    """The global id."""
    return strawberry.ID(to_global_id("Redemption", redemption.customer_id, redemption.id))


def shown(redemption: inside.Redemption, program: Program, customer: Customer) -> Redemption:
    """The outside form. `program` is the version that the redemption was made under."""
    r, currency = redemption, program.currency
    rule = program.rule(r.rule_id) if r.rule_id is not None else None
    return Redemption(
        id=redemption_id(r),
        status=Status[r.status.name],
        customer=customer,
        cart_id=r.cart_id,
        points=Points(r.points),
        credits=money(r.credits_minor, currency),
        discount=money(r.discount_minor, currency),
        payable=money(r.total_minor - r.discount_minor, currency),
        captured_points=Points(r.captured_points),
        captured_discount=money(r.captured_discount_minor, currency),
        refunded_points=Points(r.refunded_points),
        refunded_credits=money(r.refunded_credits_minor, currency),
        rule=None if rule is None else redemption_rule(rule, currency),
        close_reason=r.close_reason,
        expires_at=instant(r.expires_at),
        created_at=instant(r.created_at),
        closed_at=instant_or_none(r.closed_at),
        order=_order(r, currency),
        state=r,
        program=program,
    )


def _order(r: inside.Redemption, currency: str) -> CapturedOrder | None:
    if r.order_id is None or r.order_total_minor is None:
        return None
    payable = r.order_total_minor - r.captured_discount_minor
    return CapturedOrder(
        id=r.order_id,
        total=money(r.order_total_minor, currency),
        payable=money(payable, currency),
    )
