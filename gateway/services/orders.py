"""Orders: completed, cancelled, given back. Each may be told again, and in any order.

Every function takes the merchant from the credential. Amounts are minor units, points whole, times
microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import orjson

from gateway.errors import Code, Refusal
from gateway.ledger.commands import IdempotencyKey, Outcome
from gateway.ledger.order_commands import CancelOrder, CompleteOrder, RefundOrder
from gateway.ledger.order_state import RefundEvent
from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.checks import check, is_text
from gateway.services.database import statement
from gateway.services.directory import Known
from gateway.services.quotes import cart_digest
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A paid order. One of `total_minor` (before points) and `paid_minor` (after them) is given.

    `redemption_id` or `cart_id` names what it redeems; neither is needed where the order has
    captured it already. `lenient`: the order stands also where that cannot be captured any more.
    """

    order_id: str
    total_minor: int | None = None
    paid_minor: int | None = None
    lines: tuple[CartLine, ...] | None = None
    placed_at: int | None = None
    redemption_id: int | None = None
    cart_id: str | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFact:
    """What was given back: money, lines by their total before points, or all that is left."""

    refund_id: str
    amount_minor: int | None = None
    lines_minor: int | None = None


async def complete_order(
    runtime: Runtime, merchant_id: int, who: Known, sale: Completion, keyed: Keyed | None = None
) -> Outcome:
    """Capture what the order redeems and let it earn, in one transaction.

    `replayed`: it was completed before. Refusals: those of a capture; ORDER_CONFLICT where the
    order was completed with other content; ORDER_OF_ANOTHER where it is another customer's.
    Raises LoyaltyError(INVALID_INPUT or INVALID_AMOUNT) with the field that is to blame.
    """
    _check(sale, runtime.clock())
    digest = _digest(sale)
    outcome = await runtime.ledger.submit(
        CompleteOrder(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=_key(runtime, keyed, "complete", who.id, digest, sale.redemption_id, sale.cart_id),
            order_id=sale.order_id,
            id=runtime.ids.next(),
            digest=digest,
            total_minor=sale.total_minor,
            paid_minor=sale.paid_minor,
            lines=sale.lines,
            placed_at=sale.placed_at,
            redemption_id=sale.redemption_id,
            cart_id=sale.cart_id,
            lenient=sale.lenient,
        )
    )
    return with_lines(outcome)


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
    return await runtime.ledger.submit(
        CancelOrder(
            merchant_id=merchant_id,
            customer_id=owner,
            key=_key(runtime, keyed, "cancel", owner, order_id),
            order_id=order_id,
            id=runtime.ids.next(),
        )
    )


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
    event = RefundEvent(refund.refund_id, refund.amount_minor, refund.lines_minor)
    asked = ("refundOrder", owner, order_id, *_parts(event))
    return await runtime.ledger.submit(
        RefundOrder(
            merchant_id=merchant_id,
            customer_id=owner,
            key=_key(runtime, keyed, *asked),
            order_id=order_id,
            id=runtime.ids.next(),
            refund=event,
        )
    )


def _parts(event: RefundEvent) -> tuple[object, ...]:
    return event.refund_id, event.amount_minor, event.lines_minor


def _key(runtime: Runtime, keyed: Keyed | None, *asked: object) -> IdempotencyKey:
    """The caller's key, or one that no caller can have: an order is known again by its own id."""
    own = keyed or Keyed("order", str(runtime.ids.next()))
    return own.bind(*asked)


async def _owner(merchant_id: int, order_id: str, who: Known | None) -> int | None:
    """Whose order it is: as the caller says, else as is known of the order."""
    if who is not None:
        return who.id
    found = await statement(_OWNER, merchant_id, order_id, merchant_id, order_id)
    return found[0]["customer_id"] if found else None


def _unknown() -> Outcome:
    return Outcome(refusal=Refusal(Code.ORDER_NOT_FOUND, field=("orderId",)))


def _digest(sale: Completion) -> str:
    """A digest of what the order is; when it was placed and what it redeems are no part of it."""
    lines = Cart(sale.order_id, sale.total_minor or sale.paid_minor or 0, sale.lines or ())
    asked = [sale.total_minor, sale.paid_minor, sale.lines is None, cart_digest(lines)]
    return blake2b(orjson.dumps(asked), digest_size=16).hexdigest()


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
