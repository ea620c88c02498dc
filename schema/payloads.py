"""What mutations of redemptions and points answer."""

from __future__ import annotations

import strawberry

from schema.customer import Customer
from schema.describe import about
from schema.errors import RedemptionError
from schema.money import Money
from schema.redemption import Redemption

REPLAYED = "Whether this is the outcome of an earlier request with the same key."
ERRORS = "Why it was refused; empty when it was not."
REDEMPTION = "The redemption as it stands; null when refused."
CUSTOMER = "The customer with the balance after it; null when refused."


@strawberry.type(description="Points reserved, or why not.")
class ApplyRedemptionPayload:
    """Points reserved, or why not."""

    redemption: Redemption | None = about(REDEMPTION)
    customer: Customer | None = about(CUSTOMER)
    payable: Money | None = about("What the customer still pays of the cart; null when refused.")
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Points settled with an order, or why not.")
class CaptureRedemptionPayload:
    """Points settled with an order, or why not."""

    redemption: Redemption | None = about(REDEMPTION)
    customer: Customer | None = about(CUSTOMER)
    payable: Money | None = about("What the customer paid of the order; null when refused.")
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Points given back before an order, or why not.")
class ReleaseRedemptionPayload:
    """Points given back before an order, or why not."""

    redemption: Redemption | None = about(REDEMPTION)
    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Points given back after an order, or why not.")
class RefundRedemptionPayload:
    """Points given back after an order, or why not."""

    redemption: Redemption | None = about(REDEMPTION)
    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Points given or taken by hand, or why not.")
class AdjustPointsPayload:
    """Points given or taken by hand, or why not."""

    customer: Customer | None = about(CUSTOMER)
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)
