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
    Status,
)
from gateway.ledger.holding import Done
from gateway.ledger.merging import MERGED, flow
from gateway.ledger.movements import Desk
from gateway.ledger.order_commands import Award, CompleteOrder, OrderCommand, ReviewTier
from gateway.ledger.people_commands import Erase, Merge
from gateway.ledger.settle import refresh, settle
from gateway.ledger.state import Holder, Refused

Work = Callable[[Desk, Holder, Command], Done]


def elsewhere(holder: Holder, command: Command) -> Elsewhere | None:
    """Whom the command has to name instead; None: it is rightly here.

    Raises Refused for what nobody may do any more.
    """
    guest = _guest(holder, command)
    if guest is not None:
        return guest
    into = holder.merged_into
    if into is None:
        return None
    if isinstance(command, Settle | ReviewTier):
        return None
    _require_redirectable(command)
    if command.heir_id == into:
        return None
    return Elsewhere(holder.customer_id, into) if _lives_here(holder, command) else Elsewhere(into)


def _guest(holder: Holder, command: Command) -> Elsewhere | None:
    """The customer of the order that is meant, if that one was merged into this one."""
    order_id = _order_of(command)
    if order_id is None:
        return None
    if holder.grown:
        return Elsewhere(holder.customer_id, command.heir_id)
    guest, stands = holder.guest_orders.get(order_id, (None, False))
    own = any(r.order_id == order_id for r in holder.redemptions.values())
    gone = isinstance(command, Perform | Capture) and not stands
    if guest is None or own or gone or command.heir_id is not None or command.by_shopper:
        return None
    if isinstance(command, Capture) and command.redemption_id is not None:
        raise Refused(Refusal(Code.ALREADY_CAPTURED, field=("order", "id")))
    return Elsewhere(guest, holder.customer_id)


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
    if paid:
        return True
    if isinstance(command, OrderCommand) and command.order_id in holder.orders:
        return True
    if isinstance(command, Capture | CompleteOrder | Release | Refund):
        named = holder.redemptions.get(command.redemption_id or 0)
        moved = named is not None and named.close_reason == MERGED
        # The order of a redemption whose hold ended is an order of its own.
        closed = isinstance(command, CompleteOrder) and (
            named is not None and named.status is not Status.CAPTURED
        )
        return named is not None and not moved and not closed
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
        flow(desk, holder, heir)
    finally:
        holder.heir = None
    refresh(desk, heir)
    if heir.position != before:
        for told in [e for e in events[first:] if e.customer_id == holder.customer_id]:
            desk.announce(heir, told.kind, told.redemption, detail=told.detail)
    return done
