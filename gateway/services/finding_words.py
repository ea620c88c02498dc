"""A sentence for each finding, in English, for the merchant's staff: what is known, and no more."""

from __future__ import annotations

from datetime import UTC, datetime

from gateway.ledger.commands import Redemption
from gateway.money import to_decimal
from gateway.services.findings import FindingKind


def of_redemption(kind: FindingKind, held: Redemption, currency: str) -> str:
    """What is found about a redemption that was captured, or whose hold ended."""
    closed = _day(held.closed_at or held.expires_at)
    if kind is FindingKind.HOLD_ENDED_UNPAID:
        what = _took(held.points, held.credits_minor, currency)
        return f"The hold of {what} for cart {held.cart_id} ran out on {closed}, and nobody paid."
    points = held.captured_points - held.refunded_points
    credit = held.captured_credits_minor - held.refunded_credits_minor
    what = _took(points, credit, currency)
    if kind is FindingKind.CAPTURED_BUT_CANCELLED:
        return f"Order {held.order_id} is cancelled, but {what} captured for it did not go back."
    return (
        f"{what} captured on {closed} for order {held.order_id}, which nobody has completed: it"
        " has earned nothing."
    )


def of_order(order_id: str, refusal: str | None, held: Redemption | None, currency: str) -> str:
    """What is found about an order that is completed, and its points not captured."""
    if held is None:
        return f"Order {order_id} is completed, but what it redeems was not found ({refusal})."
    what = _took(held.points, held.credits_minor, currency)
    if refusal is None:
        state = "still held" if held.closed_at is None else "not held any more"
        return (
            f"Order {order_id} is completed without points, but {what} were applied to the cart"
            f" of the same id, and are {state}."
        )
    if held.order_id == order_id:
        return f"Order {order_id} was completed without {what}; they were captured since."
    return f"Order {order_id} is completed, but the capture of {what} was refused ({refusal})."


def _took(points: int, credit: int, currency: str) -> str:
    parts = [f"{points:,} points"] if points or not credit else []
    parts += [f"{to_decimal(credit, currency)} {currency} of credit"] if credit else []
    return " and ".join(parts)


def _day(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).strftime("%Y-%m-%d %H:%M UTC")
