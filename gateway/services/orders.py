"""Orders: completed, cancelled, given back. Each may be told again, and in any order.

Every function takes the merchant from the credential. Amounts are minor units, points whole, times
microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from typing import Final

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Outcome
from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.checks import check, is_text
from gateway.services.database import statement
from gateway.services.directory import Known
from gateway.services.order_building import (
    Completion,
    RefundFact,
    cancelling,
    completing,
    refunding,
)
from gateway.services.redemptions import Keyed, with_lines
from gateway.services.runtime import Runtime

LONGEST_ID: Final = 255
"""Characters of the merchant's own id of an order, a cart or a refund."""

AHEAD: Final = 86_400 * 1_000_000
"""How far in the future an order may be placed: clocks differ, and time zones are mistaken."""

_OWNER: Final = (
    "SELECT customer_id FROM customer_order WHERE merchant_id = ? AND order_id = ?"
    " UNION ALL SELECT customer_id FROM redemption WHERE merchant_id = ? AND order_id = ? LIMIT 1"
)


async def complete_order(
    runtime: Runtime, merchant_id: int, who: Known, sale: Completion, keyed: Keyed | None = None
) -> Outcome:
    """Capture what the order redeems and let it earn, in one transaction.

    `replayed`: it was completed before. Refusals: those of a capture; ORDER_CONFLICT where the
    order was completed with other content; ORDER_OF_ANOTHER where it is another customer's.
    Raises LoyaltyError(INVALID_INPUT or INVALID_AMOUNT) with the field that is to blame.
    """
    _check(sale, runtime.clock())
    command = completing(runtime, merchant_id, who.id, sale, keyed)
    return with_lines(await runtime.ledger.submit(command))


async def cancel_order(
    runtime: Runtime,
    merchant_id: int,
    order_id: str,
    who: Known | None = None,
    keyed: Keyed | None = None,
) -> Outcome:
    """Give all points that the order took back, and take back all that it brought.

    With `who`, an order that is not known yet is taken as told early. `replayed`: it was cancelled
    before. Refusals: ORDER_NOT_FOUND without `who`; ORDER_OF_ANOTHER.
    """
    _check_id(order_id, "orderId")
    owner = await _owner(merchant_id, order_id, who)
    if owner is None:
        return _unknown()
    return await runtime.ledger.submit(cancelling(runtime, merchant_id, owner, order_id, keyed))


async def refund_order(
    runtime: Runtime,
    merchant_id: int,
    order_id: str,
    refund: RefundFact,
    who: Known | None = None,
    keyed: Keyed | None = None,
) -> Outcome:
    """Give back as many points as the refund is a part of what was paid, and take back as many.

    As `cancel_order`; the same `refund_id` again is `replayed`, with other content ORDER_CONFLICT.
    More than what was paid counts as all of it.
    """
    _check_id(order_id, "orderId")
    _check_id(refund.refund_id, "refundId")
    both = refund.amount_minor is not None and refund.lines_minor is not None
    check(not both, "Give an amount or lines, not both.", "amount")
    _check_amount(refund.amount_minor, "amount")
    _check_amount(refund.lines_minor, "lines")
    owner = await _owner(merchant_id, order_id, who)
    if owner is None:
        return _unknown()
    command = refunding(runtime, merchant_id, owner, order_id, refund, keyed)
    return await runtime.ledger.submit(command)


async def _owner(merchant_id: int, order_id: str, who: Known | None) -> int | None:
    """Whose order it is: as the caller says, else as is known of the order."""
    if who is not None:
        return who.id
    found = await statement(_OWNER, merchant_id, order_id, merchant_id, order_id)
    return found[0]["customer_id"] if found else None


def _unknown() -> Outcome:
    return Outcome(refusal=Refusal(Code.ORDER_NOT_FOUND, field=("orderId",)))


def _check(sale: Completion, now: int) -> None:
    _check_id(sale.order_id, "order", "id")
    if sale.cart_id is not None:
        _check_id(sale.cart_id, "cartId")
    given = (sale.total_minor is None) != (sale.paid_minor is None)
    check(given, "Give the order's total, or what was paid.", "order", "total")
    amount = sale.paid_minor if sale.total_minor is None else sale.total_minor
    allowed = 0 <= (amount or 0) <= MAX_SAFE_INTEGER
    check(allowed, "The amount is too large.", "order", "total", code=Code.INVALID_AMOUNT)
    placed = sale.placed_at
    check(placed is None or 0 <= placed <= now + AHEAD, "It lies in the future.", "placedAt")


def _check_id(text: str, *path: str) -> None:
    allowed = is_text(text, LONGEST_ID) and text.isprintable()
    check(allowed, f"An id has 1 to {LONGEST_ID} printable characters.", *path)


def _check_amount(minor: int | None, name: str) -> None:
    allowed = minor is None or 0 < minor <= MAX_SAFE_INTEGER
    check(allowed, "The amount must be above zero.", name, code=Code.INVALID_AMOUNT)


__all__ = ["Completion", "RefundFact", "cancel_order", "complete_order", "refund_order"]
