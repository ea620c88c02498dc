"""An order: what it took, what it brought, and what was given back of it.

In a graph of several services the word `Order` belongs to the one that sells, so this one says
`LoyaltyOrder`.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.context import Context
from gateway.errors import Code
from gateway.ids import to_global_id
from gateway.ledger import commands
from gateway.ledger.order_state import Earned, OrderState, RefundEvent
from gateway.services.order_history import redemption_of
from gateway.services.programs import program_version
from schema.describe import about
from schema.enums import ErrorCode
from schema.money import Money, money, money_or_none
from schema.node import Node, PageInfo
from schema.percent import multiple
from schema.redemption import Redemption, shown
from schema.scalars import Decimal, Points, instant_or_none

if TYPE_CHECKING:
    from schema.customer import Customer

Info = strawberry.Info[Context, None]


@strawberry.enum(name="LoyaltyOrderStatus", description="Where an order is in its life.")
class OrderStatus(Enum):
    """Where an order is in its life."""

    EXPECTED = strawberry.enum_value(
        "EXPECTED", description="Something was told of it, but not yet that it is paid."
    )
    COMPLETED = strawberry.enum_value("COMPLETED", description="Paid.")
    PARTLY_REFUNDED = strawberry.enum_value(
        "PARTLY_REFUNDED", description="Paid, and some of it given back."
    )
    REFUNDED = strawberry.enum_value("REFUNDED", description="Paid, and all of it given back.")
    CANCELLED = strawberry.enum_value("CANCELLED", description="Cancelled, whether paid or not.")


@strawberry.type(
    name="LoyaltyOrderRefund", description="What was given back of an order at one time."
)
class OrderRefund:
    """What was given back of an order at one time."""

    id: str = about("The merchant's own id of the refund.")
    amount: Money | None = about("Of what was paid; null where lines or all of it went back.")
    lines_total: Money | None = about("Of the total before points; null where no lines were told.")
    whole: bool = about("Whether it was all that was left.")


@strawberry.type(name="LoyaltyOrderEarning", description="What one earning rule gave for an order.")
class OrderEarning:
    """What one earning rule gave for an order."""

    rule_id: strawberry.ID = about("The rule's global id.")
    rule_version: int = about("Which version of it.")
    points: Points = about("What it gave.")
    spend: Money = about("What counted for it.")
    multiplier: Decimal = about('The tier\'s multiplier: "1.5".')


@strawberry.type(
    name="LoyaltyOrder",
    description="An order of a customer, as far as it was told; what points know of it.",
)
class Order(Node):
    """An order of a customer, as far as it was told."""

    order_id: str = about("The merchant's own id of the order.")
    status: OrderStatus = about("Where it is in its life.")
    customer: Annotated[Customer, strawberry.lazy("schema.customer")] = about("Whose order.")
    total: Money | None = about("Before points; null until it is known.")
    paid: Money | None = about("What the customer paid, after points; null until it is known.")
    refunded: Money = about("How much of what was paid counts as given back.")
    refunds: list[OrderRefund] = about("What was told of it, in the order of arrival.")
    earned_points: Points = about("Points that it brought.")
    clawed_back_points: Points = about("Of these, points that its refunds took back.")
    forgiven_points: Points = about("Of these, points that were spent already, and not charged.")
    earnings: list[OrderEarning] = about("Which rule gave how many points.")
    capture_refusal: ErrorCode | None = about(
        "Why its redemption could not be captured, although the order stands; null: it could, or"
        " there is none."
    )
    placed_at: datetime | None = about("When the customer ordered; null until it is completed.")
    completed_at: datetime | None = about("When it was told that it is paid; null: not yet.")
    cancelled_at: datetime | None = about("When it was told that it is cancelled; null: it is not.")
    state: strawberry.Private[OrderState]
    captured: strawberry.Private[commands.Redemption | None] = None

    @strawberry.field(
        description="The redemption that it captured, or could not capture; null: it has none."
    )
    async def redemption(self, info: Info) -> Redemption | None:
        """As the command left it, else as it is stored."""
        found, order = self.captured, self.state
        runtime = info.context.runtime
        if found is None:
            found = await redemption_of(order, runtime.clock())
        if found is None:
            return None
        program = await program_version(runtime.programs, found.merchant_id, found.program_version)
        whose = self.customer
        if found.customer_id != order.customer_id:
            whose = whose.another(found.customer_id)
        return shown(found, program, whose)


@strawberry.type(name="LoyaltyOrderEdge", description="One order of a page.")
class OrderEdge:
    """One order of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: Order = about("The order.")


@strawberry.type(name="LoyaltyOrderConnection", description="A page of orders.")
class OrderConnection:
    """A page of orders."""

    edges: list[OrderEdge] = about("The orders, newest first.")
    page_info: PageInfo = about("Whether there is more.")


def order(
    state: OrderState,
    currency: str,
    customer: Customer,
    captured: commands.Redemption | None = None,
) -> Order:
    """The outside form; `captured` is its redemption where that was read already."""
    return Order(
        id=strawberry.ID(to_global_id("LoyaltyOrder", state.id)),
        order_id=state.order_id,
        status=_status(state),
        customer=customer,
        total=money_or_none(state.total_minor, currency),
        paid=money_or_none(state.paid_minor, currency),
        refunded=money(state.refunded_minor, currency),
        refunds=[_refund(refund, currency) for refund in state.refunds],
        earned_points=Points(state.earned_points),
        clawed_back_points=Points(state.clawed_points),
        forgiven_points=Points(state.forgiven_points),
        earnings=[_earning(earned, currency) for earned in state.earnings],
        capture_refusal=None
        if state.capture_refusal is None
        else ErrorCode[Code(state.capture_refusal).name],
        placed_at=instant_or_none(state.placed_at),
        completed_at=instant_or_none(state.completed_at),
        cancelled_at=instant_or_none(state.cancelled_at),
        state=state,
        captured=captured,
    )


def _status(state: OrderState) -> OrderStatus:
    if state.cancelled_at is not None:
        return OrderStatus.CANCELLED
    if not state.completed:
        return OrderStatus.EXPECTED
    if state.whole:
        return OrderStatus.REFUNDED
    return OrderStatus.PARTLY_REFUNDED if state.refunded_minor else OrderStatus.COMPLETED


def _refund(refund: RefundEvent, currency: str) -> OrderRefund:
    return OrderRefund(
        id=refund.refund_id,
        amount=money_or_none(refund.amount_minor, currency),
        lines_total=money_or_none(refund.lines_minor, currency),
        whole=refund.whole,
    )


def _earning(earned: Earned, currency: str) -> OrderEarning:
    return OrderEarning(
        rule_id=strawberry.ID(to_global_id("EarningRule", earned.rule_id)),
        rule_version=earned.rule_version,
        points=Points(earned.points),
        spend=money(earned.spend_minor, currency),
        multiplier=Decimal(multiple(earned.multiplier_bp)),
    )
