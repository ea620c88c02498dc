"""Every refusal and failure that a caller can see, each with its stable code.

Two kinds, never mixed: a *refusal* is an answer of the business (`LoyaltyError`, a `Code`) and
travels as data; a *broken request* is the caller's mistake or ours (`RequestError`, a
`RequestCode`) and travels as a GraphQL error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Why a redemption, or any other business command, was refused. Stable across releases."""

    INTEGRATION_DISABLED = "INTEGRATION_DISABLED"
    RULE_INACTIVE = "RULE_INACTIVE"
    CUSTOMER_NOT_ELIGIBLE = "CUSTOMER_NOT_ELIGIBLE"
    NOT_FIRST_ORDER = "NOT_FIRST_ORDER"
    NO_ELIGIBLE_ITEMS = "NO_ELIGIBLE_ITEMS"
    MIN_CART_NOT_REACHED = "MIN_CART_NOT_REACHED"
    BELOW_ONE_POINT = "BELOW_ONE_POINT"
    INSUFFICIENT_POINTS = "INSUFFICIENT_POINTS"
    REQUEST_BELOW_STEP = "REQUEST_BELOW_STEP"
    MAX_DISCOUNT_REACHED = "MAX_DISCOUNT_REACHED"
    MIN_PAYMENT_REQUIRED = "MIN_PAYMENT_REQUIRED"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    CURRENCY_MISMATCH = "CURRENCY_MISMATCH"
    INVALID_AMOUNT = "INVALID_AMOUNT"
    INVALID_INPUT = "INVALID_INPUT"
    NO_RULE_CONFIGURED = "NO_RULE_CONFIGURED"
    POINTS_NOT_ALLOWED = "POINTS_NOT_ALLOWED"
    QUOTE_EXPIRED = "QUOTE_EXPIRED"
    QUOTE_MISMATCH = "QUOTE_MISMATCH"
    REDEMPTION_NOT_FOUND = "REDEMPTION_NOT_FOUND"
    HOLD_EXPIRED = "HOLD_EXPIRED"
    TOO_MANY_HOLDS = "TOO_MANY_HOLDS"
    ALREADY_CAPTURED = "ALREADY_CAPTURED"
    ALREADY_RELEASED = "ALREADY_RELEASED"
    ORDER_TOTAL_TOO_LOW = "ORDER_TOTAL_TOO_LOW"
    EXCEEDS_HELD = "EXCEEDS_HELD"
    EXCEEDS_CAPTURED = "EXCEEDS_CAPTURED"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    RULE_NOT_FOUND = "RULE_NOT_FOUND"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    IDENTITY_TAKEN = "IDENTITY_TAKEN"
    ORDER_NOT_FOUND = "ORDER_NOT_FOUND"
    ORDER_CONFLICT = "ORDER_CONFLICT"
    ORDER_OF_ANOTHER = "ORDER_OF_ANOTHER"
    SAME_CUSTOMER = "SAME_CUSTOMER"
    ALREADY_MERGED = "ALREADY_MERGED"
    TOO_MANY_REFUNDS = "TOO_MANY_REFUNDS"
    WEBHOOK_NOT_FOUND = "WEBHOOK_NOT_FOUND"


class RequestCode(StrEnum):
    """What was wrong with the request itself; the `extensions.code` of a GraphQL error."""

    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    THROTTLED = "THROTTLED"
    OVERLOADED = "OVERLOADED"
    INTERNAL = "INTERNAL_SERVER_ERROR"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A business answer of "no", with the numbers a screen needs. Money in minor units."""

    code: Code
    allowed_points: int | None = None
    shortfall_points: int | None = None
    shortfall_minor: int | None = None
    limit_minor: int | None = None
    """The bound that was hit, where it is money: the maximum discount, the minimum payment."""
    field: tuple[str, ...] | None = None
    """Path of the input field that is to blame, if one is."""


class LoyaltyError(Exception):
    """A refusal raised outside the ledger; one place turns it into a `userErrors` entry."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(detail or refusal.code.value)
        self.refusal = refusal
        self.detail = detail


@dataclass(eq=False)
class RequestError(Exception):
    """A broken request: shown to the caller as it is, so it must hold no secret and no row."""

    code: RequestCode
    message: str
    field: tuple[str, ...] = field(default=())
    retry_after_seconds: int | None = None

    def __str__(self) -> str:
        return self.message


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message names the variable and what is allowed."""


def bad_input(message: str, *path: str) -> RequestError:
    """Build the error for an input value that is malformed; `path` names the field."""
    return RequestError(RequestCode.BAD_USER_INPUT, message, path)
