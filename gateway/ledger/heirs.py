"""What becomes of a command whose customer was merged into another one.

What moved with the merge is the heir's: the command is one for the heir. What stays where it
happened, a captured redemption or an order, is still decided there, with the heir at hand: points
that come back go on to the heir, and what is taken back is taken from the heir.
"""

from __future__ import annotations

from collections.abc import Callable

from gateway.errors import Code, Refusal
from gateway.ledger.commands import (
    Capture,
    Command,
    Elsewhere,
    Perform,
    Refund,
    Release,
    Revert,
    Settle,
)
from gateway.ledger.holding import Done
from gateway.ledger.merging import MERGED, flow
from gateway.ledger.movements import Desk
from gateway.ledger.order_commands import Award, CompleteOrder, OrderCommand, ReviewTier
from gateway.ledger.people_commands import Erase, Merge
from gateway.ledger.settle import pay_debt, refresh, settle
from gateway.ledger.state import Holder, Refused

Work = Callable[[Desk, Holder, Command], Done]


def elsewhere(desk: Desk, holder: Holder, command: Command) -> Elsewhere | None:
    """Whom the command has to name instead; None: it is rightly here.

    Raises Refused for what nobody may do any more.
    """
    guest = _guest(desk, holder, command)
    if guest is not None:
        return guest
    into = holder.merged_into
    if into is None:
        return None
    if isinstance(command, Settle | ReviewTier):
        return None
    _require_redirectable(command)
    # What was performed may have been taken back since it was sent here.
    if command.heir_id == into and not isinstance(command, Perform):
        return None
    if not _lives_here(holder, command):
        return Elsewhere(into)
    return None if command.heir_id == into else Elsewhere(holder.customer_id, into)


def _guest(desk: Desk, holder: Holder, command: Command) -> Elsewhere | None:
    """The customer of the order that is meant, if that one was merged into this one."""
    order_id = _order_of(command)
    if order_id is None:
        return None
    if holder.grown:
        return Elsewhere(holder.customer_id, command.heir_id)
    if command.heir_id is not None or command.by_shopper:
        return None
    guest = _seller(desk, holder, command) or _payer(holder, command, order_id)
    return None if guest is None else Elsewhere(guest, holder.customer_id)


def _seller(desk: Desk, holder: Holder, command: Command) -> int | None:
    """The guest who has the order that is told of."""
    if not isinstance(command, OrderCommand):
        return None
    told = desk.owners.get((holder.merchant_id, command.order_id))
    if told is None:
        return holder.guest_sales.get(command.order_id)
    seller = desk.state.holders[holder.merchant_id, told]
    return told if seller.merged_into == holder.customer_id else None


def _payer(holder: Holder, command: Command, order_id: str) -> int | None:
    """The guest who paid for the order, if it is that which the command means."""
    paid = holder.guest_orders.get(order_id)
    if paid is None:
        return None
    mine = [r for r in holder.redemptions.values() if r.order_id == order_id]
    own = any(r.standing for r in mine) or (bool(mine) and not paid.stands)
    gone = isinstance(command, Perform) and not paid.stands
    # Another redemption is settled where it is, and finds the order paid.
    another = isinstance(command, Capture) and command.cart_id != paid.cart_id
    # What is held for it now is what a revert means, once nothing of the order stands.
    held = isinstance(command, Revert) and not paid.stands and holder.held_for(order_id)
    return None if own or gone or another or held else paid.guest_id


def _require_redirectable(command: Command) -> None:
    """Raise Refused for what ends with the merge."""
    if isinstance(command, Merge):
        raise Refused(Refusal(Code.ALREADY_MERGED, field=("target",)))
    if isinstance(command, Award | Erase) or command.by_shopper:
        raise Refused(_nobody(command))


def _nobody(command: Command) -> Refusal:
    found = isinstance(command, Capture | Release | Refund)
    if found:
        return Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",))
    return Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",))


def _order_of(command: Command) -> str | None:
    return command.order_id if isinstance(command, _OF_ORDER) else None


def _lives_here(holder: Holder, command: Command) -> bool:
    """Whether it is about something that did not move."""
    order_id = _order_of(command)
    paid = [r for r in holder.redemptions.values() if r.order_id == order_id is not None]
    if isinstance(command, Perform | Revert):
        return any(r.standing for r in paid)
    if isinstance(command, Capture) and command.redemption_id is None:
        return any(r.cart_id == command.cart_id for r in paid)
    if paid and not isinstance(command, Capture):
        return True
    if isinstance(command, OrderCommand) and command.order_id in holder.orders:
        return True
    if isinstance(command, Capture | CompleteOrder | Release | Refund):
        named = holder.redemptions.get(command.redemption_id or 0)
        moved = named is not None and named.close_reason == MERGED
        return named is not None and not moved
    return False


_OF_ORDER = (Capture, Perform, Revert, OrderCommand)


def with_heir(desk: Desk, holder: Holder, command: Command, work: Work) -> Done:
    """Carry the command out where it lives, and let what comes of it go on to the heir.

    Each event of it is told of the heir too: it is the heir's balance that has changed.
    """
    if command.heir_id is None:
        return work(desk, holder, command)
    heir = desk.state.holders[holder.merchant_id, command.heir_id]
    settle(desk, heir)
    holder.heir = heir
    events = desk.changes.events
    first, before = len(events), heir.position
    try:
        done = work(desk, holder, command)
        for lot in flow(desk, holder, heir):
            pay_debt(desk, heir, lot)
    finally:
        holder.heir = None
    refresh(desk, heir)
    if heir.position != before:
        for told in [e for e in events[first:] if e.customer_id == holder.customer_id]:
            desk.announce(heir, told.kind, told.redemption, detail=told.detail)
    return done
