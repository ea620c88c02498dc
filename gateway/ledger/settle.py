"""What the clock makes due on a customer, and when the next thing will be.

Called before every command, so that nothing depends on a sweeper having run. The order is fixed:
pending points mature, overdue holds end, then points expire; what a hold gives back late lapses
at once, but held points themselves do not lapse. Last, the customer is reminded of what expires
soon.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from gateway.ledger.commands import Redemption, Status, Wallet
from gateway.ledger.movements import Desk, Kind
from gateway.ledger.state import Account, Holder, Lot

MICROSECONDS: Final = 1_000_000


def settle(desk: Desk, holder: Holder) -> None:
    """Bring the customer up to the desk's time. Costs one comparison when nothing is due."""
    fence = holder.account(Wallet.COINS)
    if fence.next_due_at is None or fence.next_due_at > desk.now:
        return
    mature(desk, holder)
    for redemption in sorted(holder.held_redemptions(), key=lambda r: (r.expires_at, r.id)):
        if redemption.expires_at <= desk.now:
            end_hold(desk, holder, redemption, Status.EXPIRED, "HOLD_EXPIRED", "HOLD_RAN_OUT")
            desk.announce(holder, "redemption.expired", holder.redemptions[redemption.id])
    expire(desk, holder)
    remind(desk, holder)
    refresh(desk, holder)


def mature(desk: Desk, holder: Holder) -> None:
    """Pending points whose time has come become available; they pay a debt first."""
    matured: Counter[Wallet] = Counter()
    ripe = [lot for lot in holder.lots.values() if lot.pending and lot.available_from <= desk.now]
    for lot in sorted(ripe, key=lambda lot: (lot.available_from, lot.wallet, lot.number)):
        account = holder.account(lot.wallet)
        matured[lot.wallet] += lot.pending
        desk.move(holder, account, lot, "MATURE", "pending", "available", lot.pending)
        pay_debt(desk, holder, lot)
    _tell(desk, holder, "points.available", matured)


def expire(desk: Desk, holder: Holder) -> None:
    """Available points of lapsed lots expire."""
    lapsed = [lot for lot in holder.lots.values() if lot.available and lot.lapsed(desk.now)]
    gone: Counter[Wallet] = Counter()
    for lot in sorted(lapsed, key=lambda lot: (lot.wallet, lot.number)):
        account = holder.account(lot.wallet)
        gone[lot.wallet] += lot.available
        desk.move(holder, account, lot, "EXPIRE", "available", "expired", lot.available)
    _tell(desk, holder, "points.expired", gone)


def _tell(desk: Desk, holder: Holder, kind: str, points: Counter[Wallet]) -> None:
    for wallet, number in sorted(points.items()):
        desk.announce(holder, kind, detail={"wallet": wallet.value, "points": number})


def remind(desk: Desk, holder: Holder) -> None:
    """Say once of each lot that it is about to expire; several at a time are one reminder."""
    fence = holder.account(Wallet.COINS)
    if fence.remind_at is None or fence.remind_at > desk.now:
        return
    horizon = desk.now + _reminder(desk, holder)
    soon = [lot for lot in _unmentioned(holder) if (lot.expires_at or 0) <= horizon]
    if not soon:
        return
    ends = [lot.expires_at for lot in soon if lot.expires_at is not None]
    fence.reminded_until = max(ends)
    detail = {
        "wallet": Wallet.COINS.value,
        "points": sum(lot.available for lot in soon),
        "expires_at": min(ends),
    }
    desk.announce(holder, "points.expiring_soon", detail=detail)


def _unmentioned(holder: Holder) -> list[Lot]:
    """Spendable lots that expire later than any that the customer was reminded of."""
    told = holder.account(Wallet.COINS).reminded_until or 0
    return [
        lot
        for lot in holder.lots.values()
        if lot.available and lot.wallet is Wallet.COINS and (lot.expires_at or 0) > told
    ]


def _reminder(desk: Desk, holder: Holder) -> int:
    """How long before an expiry the merchant reminds, in microseconds; 0: never."""
    state = desk.state
    version = state.current.get(holder.merchant_id)
    program = None if version is None else state.programs.get((holder.merchant_id, version))
    if program is None:
        return state.reminders.get(holder.merchant_id, 0) * MICROSECONDS
    return (program.earning.reminder_seconds or 0) * MICROSECONDS


def pay_debt(desk: Desk, holder: Holder, lot: Lot) -> None:
    """Pay what the customer owes out of newly earned points, as far as they go.

    Only out of these: so it makes no difference whether a lot matures at its time, by a sweeper, or
    later by a command, when other lots have come or gone.
    """
    account = holder.account(lot.wallet)
    points = min(account.debt, lot.available)
    if points:
        desk.move(holder, account, lot, "DEBT_PAYMENT", "available", "clawed_back", points)
        desk.move(holder, account, None, "DEBT_PAID", "debt", "owed", points)


def end_hold(
    desk: Desk, holder: Holder, redemption: Redemption, status: Status, kind: Kind, reason: str
) -> None:
    """Give all that the redemption holds back to its lots, and close it."""
    for allocation in holder.allocations[redemption.id]:
        if not allocation.amount:
            continue
        desk.move(
            holder,
            holder.account(allocation.wallet),
            holder.lots[allocation.wallet, allocation.lot_number],
            kind,
            "held",
            "available",
            allocation.amount,
            redemption_id=redemption.id,
        )
    closed = replace(redemption, status=status, close_reason=reason, closed_at=desk.now)
    desk.put_redemption(holder, closed)


def spending_order(holder: Holder, wallet: Wallet) -> list[Lot]:
    """Lots of that wallet with available points, soonest expiry first, endless ones last."""
    lots = [lot for lot in holder.lots.values() if lot.wallet is wallet and lot.available]
    if len(lots) > 1:
        lots.sort(key=lambda lot: (lot.expires_at is None, lot.expires_at or 0, lot.number))
    return lots


def refresh(desk: Desk, holder: Holder) -> None:
    """Work out anew what the accounts say of the future: next due time, next expiry."""
    due: list[int] = [r.expires_at for r in holder.held_redemptions()]
    for account in holder.accounts.values():
        account.expiry_at, account.expiry_points = None, 0
    fence = holder.account(Wallet.COINS)
    ahead, told = _reminder(desk, holder), fence.reminded_until or 0
    fence.remind_at = None
    for lot in holder.lots.values():
        if lot.pending:
            due.append(lot.available_from)
        ends = lot.expires_at
        if lot.available and ends is not None:
            due.append(ends)
            _note_expiry(holder.account(lot.wallet), ends, lot.available)
            if ahead and ends > told and lot.wallet is Wallet.COINS:
                fence.remind_at = min(fence.remind_at or ends, ends - ahead)
    if fence.remind_at is not None:
        due.append(fence.remind_at)
    fence.next_due_at = min(due, default=None)
    for account in holder.accounts.values():
        desk.changes.accounts[holder.merchant_id, holder.customer_id, account.wallet] = account


def _note_expiry(account: Account, expires_at: int, points: int) -> None:
    """Keep the soonest expiry and the points that lapse then."""
    if account.expiry_at is None or expires_at < account.expiry_at:
        account.expiry_at, account.expiry_points = expires_at, points
    elif expires_at == account.expiry_at:
        account.expiry_points += points
