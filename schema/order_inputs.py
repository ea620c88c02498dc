"""What a backend tells of orders, and what it is answered."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.services.orders import Completion, RefundFact
from schema import checks
from schema.cart_inputs import CartLineInput, OrderInput, lines_of
from schema.customer import Customer
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.money import MoneyInput
from schema.order import Order
from schema.payloads import ERRORS
from schema.redemption_inputs import CustomerRef
from schema.scalars import microseconds

KEY = (
    "Not needed: an order is known again by its id. With one, the same key and input answer the"
    " first outcome again, also a refusal."
)
ORDER = "The order as it stands; null when refused."
CUSTOMER = "The customer with the balance after it; null when refused."
REPLAYED = "Whether it had been told before, so that nothing changed."
WHOSE = (
    "Whose order it is. Needed only where the order may not be known yet: what is told early is"
    " kept, and counts as soon as the order is completed."
)


@strawberry.input(description="A paid order: what it redeems is captured, and it earns.")
class CompleteOrderInput:
    """A paid order."""

    customer: CustomerRef = about("Whose order.")
    order: OrderInput = about(
        "The order; its total is before points. `lines` say what earns where something is excluded."
    )
    redemption_id: strawberry.ID | None = optional("What it redeems; absent: nothing, or `cartId`.")
    cart_id: str | None = optional(
        "Finds what it redeems by the cart, where the redemption's id was lost; also a hold that"
        " ran out, as long as its points are there."
    )
    placed_at: datetime | None = optional(
        "When the customer ordered; absent: now. The rules of that time count, and the tier as it"
        " is when the order is told."
    )
    idempotency_key: str | None = optional(KEY)

    def completion(self, currency: str, redemption_id: int | None) -> Completion:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        order = self.order.order(currency)
        return Completion(
            order_id=order.id,
            total_minor=order.total_minor,
            lines=order.lines,
            placed_at=None if self.placed_at is None else microseconds(self.placed_at),
            redemption_id=redemption_id,
            cart_id=None if self.cart_id is None else checks.text(self.cart_id, "cartId"),
        )


@strawberry.input(description="An order that is cancelled as a whole.")
class CancelOrderInput:
    """An order that is cancelled as a whole."""

    order_id: str = about("The merchant's own id of the order.")
    customer: CustomerRef | None = optional(WHOSE)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(
    description="Some of an order given back: an amount, lines, or, with neither, all that is left."
)
class RefundOrderInput:
    """Some of an order given back."""

    order_id: str = about("The merchant's own id of the order.")
    refund_id: str = about(
        "The merchant's own id of the refund: the same one again changes nothing."
    )
    amount: MoneyInput | None = optional(
        "Of what was paid. More than is left of it counts as all that is left."
    )
    lines: list[CartLineInput] | None = optional(
        "What was returned, each at its total before points; at most 500."
    )
    customer: CustomerRef | None = optional(WHOSE)
    idempotency_key: str | None = optional(KEY)

    def fact(self, currency: str) -> RefundFact:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        lines = None if self.lines is None else lines_of(self.lines, currency)
        return RefundFact(
            refund_id=checks.text(self.refund_id, "refundId"),
            amount_minor=None if self.amount is None else self.amount.minor(currency, "amount"),
            lines_minor=None if lines is None else sum(line.total_minor for line in lines),
        )


@strawberry.type(description="The order captured and earned, or why not.")
class CompleteOrderPayload:
    """The order captured and earned, or why not."""

    order: Order | None = about(ORDER)
    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The order cancelled, or why not.")
class CancelOrderPayload:
    """The order cancelled, or why not."""

    order: Order | None = about(ORDER)
    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The order refunded, or why not.")
class RefundOrderPayload:
    """The order refunded, or why not."""

    order: Order | None = about(ORDER)
    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)
