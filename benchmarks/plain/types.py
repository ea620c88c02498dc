"""The part of the gateway's schema that the load asks for, under the same names."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry


@strawberry.enum
class CurrencyCode(Enum):
    """The currency of the load."""

    INR = "INR"


@strawberry.enum
class Status(Enum):
    """Where a redemption is in its life."""

    HELD = "HELD"


@strawberry.type
class Money:
    """An amount of money."""

    amount: str
    currency_code: CurrencyCode


@strawberry.type
class PointsBalance:
    """What a customer has."""

    available: int
    held: int


@strawberry.type
class RedemptionPreview:
    """What could be redeemed."""

    eligible: bool
    points: int
    message: str
    quote: str | None
    discount: Money
    payable: Money
    balance: PointsBalance


@strawberry.type
class Redemption:
    """Points reserved for a cart."""

    id: strawberry.ID
    status: Status
    points: int
    discount: Money
    expires_at: datetime


@strawberry.type
class RedemptionError:
    """Why not."""

    code: str
    message: str


@strawberry.type
class ApplyRedemptionPayload:
    """A redemption, or why not."""

    redemption: Redemption | None
    payable: Money | None
    replayed: bool
    user_errors: list[RedemptionError]


@strawberry.input
class MoneyInput:
    """An amount of money."""

    amount: str
    currency_code: CurrencyCode


@strawberry.input
class CustomerRef:
    """A customer."""

    external_id: str


@strawberry.input
class CartInput:
    """A cart."""

    id: str
    total: MoneyInput


@strawberry.input
class RedemptionPreviewInput:
    """What to preview."""

    customer: CustomerRef
    cart: CartInput
    points: int | None = None


@strawberry.input
class ApplyRedemptionInput:
    """What to reserve."""

    customer: CustomerRef
    cart: CartInput
    idempotency_key: str
    points: int | None = None
