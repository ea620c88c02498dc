"""Capture and release: how a hold ends. Each checks everything first, then moves."""

from __future__ import annotations

from dataclasses import replace

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Capture, Command, Redemption, Release, Status, Wallet
from gateway.ledger.holding import Done, expiry_order, find, hold
from gateway.ledger.movements import Desk
from gateway.ledger.settle import end_hold, expire
from gateway.ledger.state import Holder, Refused
from gateway.ledger.terms import allowed_capture


def capture(desk: Desk, holder: Holder, command: Capture) -> Done:
    """Settle the hold with a paid order; after the hold ran out, if the points are still there."""
    redemption = named(holder, command.redemption_id, command.cart_id, command.order_id)
    if redemption.status is Status.CAPTURED:
        if command.redemption_id is None and redemption.order_id == command.order_id:
            return Done(redemption, accepted=False, repeated=True)
        raise Refused(Refusal(Code.ALREADY_CAPTURED))
    if redemption.status is Status.RELEASED:
        raise Refused(Refusal(Code.ALREADY_RELEASED))
    if _paid_otherwise(holder, command):
        raise Refused(Refusal(Code.ALREADY_CAPTURED, field=("order", "id")))
    program = desk.state.programs[holder.merchant_id, redemption.program_version]
    points, discount = allowed_capture(program, redemption, command)
    if redemption.status is Status.EXPIRED:
        missing = points - holder.available(Wallet.COINS)
        if missing > 0 or redemption.credits_minor > holder.available(Wallet.CREDITS):
            raise Refused(Refusal(Code.HOLD_EXPIRED, shortfall_points=max(missing, 0) or None))
        hold(desk, holder, redemption, points, redemption.credits_minor)
    captured = replace(
        redemption,
        status=Status.CAPTURED,
        captured_points=points,
        captured_credits_minor=redemption.credits_minor,
        captured_discount_minor=discount,
        order_id=command.order_id,
        order_total_minor=command.order_total_minor,
        close_reason="LATE" if redemption.status is Status.EXPIRED else None,
        closed_at=desk.now,
    )
    return Done(spend(desk, holder, captured, command))


def named(
    holder: Holder, redemption_id: int | None, cart_id: str | None, order_id: str
) -> Redemption:
    """The redemption of that id; without one, what the order took, or the cart holds or held.

    Of the latter the first that there is, so that whoever lost the id comes to the same one again.
    Raises Refused where there is none.
    """
    if redemption_id is not None:
        return find(holder, redemption_id)
    mine = [r for r in holder.redemptions.values() if cart_id in {r.cart_id, None}]
    paid = [r for r in mine if r.order_id == order_id]
    held = [r for r in mine if r.status is Status.HELD and cart_id is not None]
    late = [r for r in mine if r.status is Status.EXPIRED and cart_id is not None]
    found = paid or held or late
    if not found:
        raise Refused(Refusal(Code.REDEMPTION_NOT_FOUND, field=("cartId",)))
    return max(found, key=lambda r: (r.standing, r.id))


def spend(desk: Desk, holder: Holder, captured: Redemption, command: Command) -> Redemption:
    """Let the redemption stand as captured, and move its points."""
    _move(desk, holder, captured)
    expire(desk, holder)
    desk.put_redemption(holder, captured)
    desk.announce(holder, "redemption.captured", captured, command)
    return captured


def _paid_otherwise(holder: Holder, command: Capture) -> bool:
    """Whether the order has another redemption: two would each count the whole order as theirs.

    One that was given back whole counts no more.
    """
    guests = holder.guest_orders.get(command.order_id)
    return (guests is not None and guests.stands) or any(
        other.order_id == command.order_id and other.standing
        for other in holder.redemptions.values()
    )


def _move(desk: Desk, holder: Holder, redemption: Redemption) -> None:
    """Move what is captured from held to spent, and what is left over back to available."""
    left = {
        Wallet.COINS: redemption.captured_points,
        Wallet.CREDITS: redemption.captured_credits_minor,
    }
    # What the customer keeps longest is what goes back.
    for allocation in sorted(holder.allocations[redemption.id], key=expiry_order):
        account = holder.account(allocation.wallet)
        lot = holder.lots.get((allocation.wallet, allocation.lot_number))
        taken = min(left[allocation.wallet], allocation.amount)
        spare = allocation.amount - taken
        if taken:
            desk.move(
                holder, account, lot, "CAPTURE", "held", "spent", taken, redemption_id=redemption.id
            )
            allocation.captured = taken
            left[allocation.wallet] -= taken
            desk.touch_allocation(holder, allocation)
        if spare:
            desk.move(
                holder,
                account,
                lot,
                "RELEASE",
                "held",
                "available",
                spare,
                redemption_id=redemption.id,
            )


def release(desk: Desk, holder: Holder, command: Release) -> Done:
    """Give the held points back; what is released or expired already stays as it is."""
    redemption = find(holder, command.redemption_id)
    if redemption.status is Status.CAPTURED:
        raise Refused(Refusal(Code.ALREADY_CAPTURED))
    if redemption.status is not Status.HELD:
        return Done(redemption, accepted=False)
    end_hold(desk, holder, redemption, Status.RELEASED, "RELEASE", command.reason)
    expire(desk, holder)
    released = holder.redemptions[redemption.id]
    desk.announce(holder, "redemption.released", released, command)
    return Done(released)
