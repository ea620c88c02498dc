"""Merging: a guest becomes a part of an account, and what the guest has goes on to it.

Nothing is re-keyed. What happened stays with whom it happened to; what is still open moves: each
lot to a lot with the same times, each hold to a hold with the same id.
"""

from __future__ import annotations

from dataclasses import replace

from gateway.errors import Code, Refusal
from gateway.ledger.changes import Merged
from gateway.ledger.commands import LotSource, Redemption, Status, Wallet
from gateway.ledger.holding import Done
from gateway.ledger.movements import Desk
from gateway.ledger.order_state import DayRow
from gateway.ledger.people_commands import Merge
from gateway.ledger.settle import end_hold, expire, pay_debt, refresh, settle, spending_order
from gateway.ledger.state import Allocation, Holder, Lot, Refused
from gateway.ledger.tiers import review
from gateway.rules.program import MAX_SAFE_INTEGER

MERGED = "MERGED"
"""Why a hold ended that went on at another customer."""


def merge(desk: Desk, target: Holder, command: Merge) -> Done:
    """Move all that the source has to the target, and let the source be a part of it."""
    source = desk.state.holders[command.merchant_id, command.source_id]
    if source.merged_into == target.customer_id:
        return Done(accepted=False, repeated=True)
    if target is source:
        raise Refused(Refusal(Code.SAME_CUSTOMER, field=("source",)))
    if not source.known:
        raise Refused(Refusal(Code.CUSTOMER_NOT_FOUND, field=("source",)))
    if source.merged_into is not None:
        raise Refused(Refusal(Code.ALREADY_MERGED, field=("source",)))
    settle(desk, source)
    _require_room(source, target)
    _move_holds(desk, source, target)
    flow(desk, source, target)
    for wallet in Wallet:
        for lot in spending_order(target, wallet):
            pay_debt(desk, target, lot)
    _move_days(desk, source, target)
    source.merged_into = target.customer_id
    target.has_guests = target.grown = True
    for other in desk.state.holders.values():
        if other.merged_into == source.customer_id and other.merchant_id == source.merchant_id:
            other.merged_into = target.customer_id
    desk.changes.merges.append(
        Merged(command.merchant_id, source.customer_id, target.customer_id, desk.now)
    )
    review(desk, target)
    refresh(desk, source)
    detail = {
        "from_customer_id": source.customer_id,
        "into_customer_id": target.customer_id,
    }
    desk.announce(target, "customer.merged", None, command, detail)
    desk.announce(source, "customer.merged", detail=detail)
    return Done()


def flow(desk: Desk, source: Holder, target: Holder) -> list[Lot]:
    """Let all that is open at the source go on to the target, debts too.

    Answers the target's lots of what was new, and not given back: only such points pay debts.
    """
    new: list[Lot] = []
    for key in sorted(source.lots):
        lot = source.lots[key]
        if lot.open:
            brought = _move_lot(desk, source, target, lot)
            new += [brought] if lot.source is not LotSource.REFUND else []
    for wallet in Wallet:
        _move_debt(desk, source, target, wallet)
    return new


def _require_room(source: Holder, target: Holder) -> None:
    """Refuse what would take an account beyond the largest exact number."""
    for wallet in Wallet:
        more, there = source.balance(wallet), target.balance(wallet)
        points = more.available + more.held + more.pending
        if points > there.room or more.debt > MAX_SAFE_INTEGER - there.debt:
            refusal = Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=there.room, field=("source",))
            raise Refused(refusal)


def _move_holds(desk: Desk, source: Holder, target: Holder) -> None:
    """Each hold goes on at the target; where that one holds for the same cart, its own stays."""
    for held in sorted(source.held_redemptions(), key=lambda r: r.id):
        if target.held_for(held.cart_id) is not None:
            end_hold(desk, source, held, Status.RELEASED, "RELEASE", "SUPERSEDED")
            desk.announce(source, "redemption.released", source.redemptions[held.id])
            continue
        target.allocations[held.id] = []
        desk.put_redemption(target, replace(held, customer_id=target.customer_id))
    expire(desk, source)


def _move_lot(desk: Desk, source: Holder, target: Holder, lot: Lot) -> Lot:
    account = target.account(lot.wallet)
    brought = Lot(
        lot.wallet,
        account.sequence + 1,
        lot.pending + lot.available + lot.held,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        lot.available_from,
        lot.expires_at,
        LotSource.MERGE,
        desk.now,
        source.customer_id if lot.from_customer is None else lot.from_customer,
        lot.number if lot.from_number is None else lot.from_number,
    )
    target.lots[lot.wallet, brought.number] = brought
    for bucket in ("pending", "available"):
        points = getattr(lot, bucket)
        if points:
            _move(desk, (source, target), (lot, brought), bucket, points)
    for held in sorted(source.held_redemptions(), key=lambda r: r.id):
        for taken in source.allocations[held.id]:
            if taken.wallet is lot.wallet and taken.lot_number == lot.number and taken.amount:
                _move_held(desk, (source, target), (lot, brought), held, taken.amount)
    if lot.held:
        raise AssertionError("what is held belongs to a redemption")
    _close_moved(desk, source)
    return brought


def _close_moved(desk: Desk, source: Holder) -> None:
    """Close the source's side of each hold whose points have all moved."""
    for held in list(source.held_redemptions()):
        left = (source.lots[a.wallet, a.lot_number].held for a in source.allocations[held.id])
        if not any(left):
            closed = replace(held, status=Status.RELEASED, close_reason=MERGED, closed_at=desk.now)
            desk.put_redemption(source, closed)


def _move_held(
    desk: Desk,
    holders: tuple[Holder, Holder],
    lots: tuple[Lot, Lot],
    held: Redemption,
    points: int,
) -> None:
    target, (lot, brought) = holders[1], lots
    _move(desk, holders, lots, "held", points, held.id)
    allocation = Allocation(held.id, lot.wallet, brought.number, points, 0, 0, lot.expires_at)
    target.allocations[held.id].append(allocation)
    desk.touch_allocation(target, allocation)


def _move(
    desk: Desk,
    holders: tuple[Holder, Holder],
    lots: tuple[Lot, Lot],
    bucket: str,
    points: int,
    redemption_id: int | None = None,
) -> None:
    """From a bucket of the one to the same bucket of the other; each journal names the other."""
    (source, target), (lot, brought) = holders, lots
    wallet = lot.wallet
    desk.move(
        source,
        source.account(wallet),
        lot,
        "MERGE",
        bucket,
        "moved",
        points,
        redemption_id=redemption_id,
        reason=_name(target),
    )
    desk.move(
        target,
        target.account(wallet),
        brought,
        "MERGE",
        "merged",
        bucket,
        points,
        redemption_id=redemption_id,
        reason=_name(source),
    )


def _move_debt(desk: Desk, source: Holder, target: Holder, wallet: Wallet) -> None:
    debt = source.balance(wallet).debt
    if debt:
        here, there = source.account(wallet), target.account(wallet)
        desk.move(source, here, None, "MERGE", "debt", "owed", debt, reason=_name(target))
        desk.move(target, there, None, "MERGE", "owed", "debt", debt, reason=_name(source))


def _move_days(desk: Desk, source: Holder, target: Holder) -> None:
    """The year that a tier counts is one year of both."""
    for day, mine in sorted(source.days.items()):
        merchant, theirs = target.merchant_id, target.days.get(day)
        sums = (mine.spent_minor, mine.earned_points, mine.orders)
        if theirs is not None:
            also = (theirs.spent_minor, theirs.earned_points, theirs.orders)
            sums = tuple(a + b for a, b in zip(sums, also, strict=True))
        target.days[day] = DayRow(merchant, target.customer_id, day, *sums)
        source.days[day] = DayRow(merchant, source.customer_id, day, 0, 0, 0)
        for holder in (source, target):
            desk.changes.days[merchant, holder.customer_id, day] = holder.days[day]
    target.ordered = target.ordered or source.ordered


def _name(holder: Holder) -> str:
    """The reason of an entry: the other customer."""
    return str(holder.customer_id)
