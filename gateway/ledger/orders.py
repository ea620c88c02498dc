"""Orders: completed, given back in part, cancelled, in whatever order that is told.

What is told is kept as facts. Each time, the ledger moves from where the order stands to where all
that is known puts it, so any order of arrival, and any repetition, ends alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.errors import Code, Refusal
from gateway.ledger.capture import capture, named
from gateway.ledger.commands import Capture, Command, Redemption, Status
from gateway.ledger.days import recount
from gateway.ledger.earning import earn_for
from gateway.ledger.holding import Done, find
from gateway.ledger.movements import Desk
from gateway.ledger.order_commands import (
    CancelOrder,
    CaptureLate,
    CompleteOrder,
    OrderCommand,
    RefundOrder,
)
from gateway.ledger.order_state import OrderState
from gateway.ledger.returning import settle_order
from gateway.ledger.state import Holder, Refused
from gateway.ledger.tiers import review

MOST_REFUNDS: Final = 200
"""Of one order: each command of it reads all of them."""


def complete(desk: Desk, holder: Holder, command: CompleteOrder) -> Done:
    """Take the order as paid: capture what it redeems, earn, and give back what was told before."""
    known = _known(desk, holder, command)
    if known is not None and known.completed:
        return _again(holder, known, command)
    review(desk, holder)
    redemption, refused = _capture(desk, holder, command)
    discount = _discount(redemption, refused=refused is not None)
    total = command.total_minor
    if total is None:
        total = (command.paid_minor or 0) + discount
    order = replace(
        known or _told_first(desk, command),
        digest=command.digest,
        total_minor=total,
        paid_minor=max(0, total - discount),
        placed_at=desk.now if command.placed_at is None else command.placed_at,
        completed_at=desk.now,
        redemption_id=None if redemption is None else redemption.id,
        capture_refusal=None if refused is None else refused.code.value,
        updated_at=desk.now,
    )
    order = earn_for(desk, holder, order, command)
    taken = redemption if refused is None else None
    return _settled(desk, holder, order, taken, command)


def capture_late(desk: Desk, holder: Holder, command: CaptureLate) -> Done:
    """Capture what a completed order redeems after all; what was given back of it goes back too.

    What the order has earned stays, and so does what it says was paid.
    """
    order = _known(desk, holder, command)
    if order is None or not order.completed:
        raise Refused(Refusal(Code.ORDER_NOT_FOUND, field=("orderId",)))
    earlier = _of(holder, order) or _captured_alone(holder, order.order_id)
    whose = _place(holder, command.redemption_id, None, order.order_id)
    if earlier is not None and earlier.id == order.redemption_id and not order.capture_refusal:
        return Done(earlier, order, accepted=False, repeated=True)
    review(desk, holder)
    redemption = earlier or find(whose, command.redemption_id)
    if earlier is None:
        settling = _capturing(order, redemption, command)
        redemption = capture(desk, whose, settling).redemption or redemption
    order = replace(_taking(order, redemption), updated_at=desk.now)
    return _settled(desk, holder, order, redemption, command)


def cancel(desk: Desk, holder: Holder, command: CancelOrder) -> Done:
    """Give all of the order back, now and whatever is still told of it."""
    order = _known(desk, holder, command) or _told_first(desk, command)
    again = order.cancelled_at is not None
    if not again:
        order = replace(order, cancelled_at=desk.now, updated_at=desk.now)
    return _returned(desk, holder, order, command, again=again)


def refund_order(desk: Desk, holder: Holder, command: RefundOrder) -> Done:
    """Give some of the order back; the same refund again only makes up for what was due."""
    order = _known(desk, holder, command) or _told_first(desk, command)
    told = command.refund
    earlier = next((r for r in order.refunds if r.refund_id == told.refund_id), None)
    if earlier is not None:
        if earlier != told:
            raise Refused(Refusal(Code.ORDER_CONFLICT, field=("refundId",)))
        return _returned(desk, holder, order, command, again=True)
    if len(order.refunds) >= MOST_REFUNDS:
        raise Refused(Refusal(Code.TOO_MANY_REFUNDS, field=("refundId",)))
    told = replace(told, at=desk.now)
    order = replace(order, refunds=(*order.refunds, told), updated_at=desk.now)
    return _returned(desk, holder, order, command, again=False)


def _known(desk: Desk, holder: Holder, command: OrderCommand) -> OrderState | None:
    """What was told of the order. Raises Refused where it is another customer's."""
    order_id = command.order_id
    known = next((h.orders[order_id] for h in holder.both if order_id in h.orders), None)
    owner = desk.owners.get((holder.merchant_id, order_id), holder.customer_id)
    another = owner not in {each.customer_id for each in holder.both}
    if another or (known is None and order_id in holder.foreign_orders):
        raise Refused(Refusal(Code.ORDER_OF_ANOTHER, field=("customer",)))
    return known


def _told_first(desk: Desk, command: OrderCommand) -> OrderState:
    """An order of which this is the first that is told."""
    return OrderState(
        merchant_id=command.merchant_id,
        customer_id=command.customer_id,
        order_id=command.order_id,
        id=command.id,
        created_at=desk.now,
        updated_at=desk.now,
    )


def _again(holder: Holder, known: OrderState, command: CompleteOrder) -> Done:
    """The order as it stands, if it is told as it was before."""
    redemption = _of(holder, known)
    same = known.digest == command.digest
    if same and (command.redemption_id is not None or command.cart_id is not None):
        cart = redemption.cart_id if redemption else None
        same = command.redemption_id in {None, known.redemption_id} and command.cart_id in {
            None,
            cart,
        }
    if not same and not command.lenient:
        raise Refused(Refusal(Code.ORDER_CONFLICT, field=("order",)))
    return Done(redemption, known, accepted=False, repeated=True)


def _capture(
    desk: Desk, holder: Holder, command: CompleteOrder
) -> tuple[Redemption | None, Refusal | None]:
    """The order's redemption, captured; or why it could not be, where the order stands anyhow."""
    asked = command.redemption_id is not None or command.cart_id is not None
    whose = _place(holder, command.redemption_id, command.cart_id, command.order_id)
    try:
        redemption = named(whose, command.redemption_id, command.cart_id, command.order_id)
    except Refused as refused:
        if asked and not command.lenient:
            raise
        paid = _captured_alone(holder, command.order_id)
        return paid, refused.refusal if asked and paid is None else None
    if redemption.status is Status.CAPTURED and redemption.order_id == command.order_id:
        return redemption, None
    discount = redemption.discount_minor
    settling = Capture(
        merchant_id=command.merchant_id,
        customer_id=command.customer_id,
        key=command.key,
        redemption_id=redemption.id,
        order_id=command.order_id,
        order_total_minor=(command.paid_minor or 0) + discount
        if command.total_minor is None
        else command.total_minor,
        lines=command.lines,
    )
    try:
        _require_unpaid(holder, redemption, command.order_id)
        return capture(desk, whose, settling).redemption, None
    except Refused as refused:
        if not command.lenient:
            raise
        paid = _captured_alone(holder, command.order_id)
        return (redemption, refused.refusal) if paid is None else (paid, None)


def _discount(redemption: Redemption | None, *, refused: bool) -> int:
    """What points and credit took off: the shop gave it also where the capture was refused."""
    if redemption is None:
        return 0
    return redemption.discount_minor if refused else redemption.captured_discount_minor


def _of(holder: Holder, order: OrderState) -> Redemption | None:
    """The redemption that the order captured."""
    if order.redemption_id is None or order.capture_refusal is not None:
        return None
    # What a guest held for it is captured where it went on to.
    found = [h.redemptions.get(order.redemption_id) for h in reversed(holder.both)]
    return next(filter(None, found), None)


def _place(holder: Holder, redemption_id: int | None, cart_id: str | None, order_id: str) -> Holder:
    """Where what is to be captured is: what the customer held went on to the heir with a merge."""
    heir = holder.heir
    if heir is None:
        return holder
    if redemption_id is not None:
        return heir if redemption_id in heir.redemptions else holder
    paid = [
        r
        for h in holder.both
        for r in h.redemptions.values()
        if r.order_id == order_id and cart_id in {None, r.cart_id}
    ]
    last = max(paid, key=lambda r: (r.standing, r.id), default=None)
    return heir if last is None else holder.whose(last.customer_id)


def _require_unpaid(holder: Holder, redemption: Redemption, order_id: str) -> None:
    """Raise Refused where another redemption of either customer pays for the order."""
    still_open = redemption.status in {Status.HELD, Status.EXPIRED}
    paid = _captured_alone(holder, order_id)
    if still_open and paid is not None and paid.standing:
        raise Refused(Refusal(Code.ALREADY_CAPTURED, field=("order", "id")))


def _returned(
    desk: Desk, holder: Holder, order: OrderState, command: OrderCommand, *, again: bool
) -> Done:
    """Move to where the order stands with what was just told.

    Told `again`, it makes up for what could not be done before: nothing was captured yet, or there
    was no room.
    """
    review(desk, holder)
    redemption = _of(holder, order)
    if redemption is None:
        redemption = _captured_alone(holder, order.order_id)
        if redemption is not None:
            order = _taking(order, redemption)
    return replace(_settled(desk, holder, order, redemption, command), repeated=again)


def _taking(order: OrderState, redemption: Redemption) -> OrderState:
    """The order with what was captured for it by itself.

    Where it was not completed, what was paid is known from there all the same.
    """
    order = replace(order, redemption_id=redemption.id, capture_refusal=None)
    if order.completed:
        return order
    total = redemption.order_total_minor or 0
    paid = max(0, total - redemption.captured_discount_minor)
    return replace(order, total_minor=total, paid_minor=paid)


def _capturing(order: OrderState, redemption: Redemption, command: OrderCommand) -> Capture:
    return Capture(
        merchant_id=command.merchant_id,
        customer_id=command.customer_id,
        key=command.key,
        redemption_id=redemption.id,
        order_id=order.order_id,
        order_total_minor=order.total_minor or 0,
    )


def _captured_alone(holder: Holder, order_id: str) -> Redemption | None:
    """What the order took, whoever captured it."""
    paid = [r for h in holder.both for r in h.redemptions.values() if r.order_id == order_id]
    return max(paid, key=lambda r: (r.standing, r.id), default=None)


def _settled(
    desk: Desk,
    holder: Holder,
    order: OrderState,
    redemption: Redemption | None,
    command: Command,
) -> Done:
    """Bring points and the order to where it stands, and keep it."""
    if order.paid_minor is not None:
        order, redemption = settle_order(desk, holder, order, redemption, command)
    whose = holder.whose(order.customer_id)
    recount(desk, holder, whose.orders.get(order.order_id), order)
    whose.orders[order.order_id] = order
    desk.owners[holder.merchant_id, order.order_id] = order.customer_id
    desk.changes.orders[order.merchant_id, order.customer_id, order.order_id] = order
    review(desk, holder)
    return Done(redemption, order, accepted=command.key in desk.told)
