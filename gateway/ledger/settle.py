"""What the clock makes due on a customer, and when the next thing will be.

Called before every command, so that nothing depends on a sweeper having run. The order is fixed:
pending points mature, overdue holds end, then points expire; what a hold gives back late lapses
at once, but held points themselves do not lapse.
"""

from __future__ import annotations

from dataclasses import replace

from gateway.ledger.commands import Redemption, Status, Wallet
from gateway.ledger.movements import Desk, Kind
from gateway.ledger.state import Account, Holder, Lot


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
    refresh(desk, holder)


def mature(desk: Desk, holder: Holder) -> None:
    """Pending points whose time has come become available; they pay a debt first."""
    ripe = [lot for lot in holder.lots.values() if lot.pending and lot.available_from <= desk.now]
    for lot in sorted(ripe, key=lambda lot: (lot.available_from, lot.wallet, lot.number)):
        account = holder.account(lot.wallet)
        desk.move(holder, account, lot, "MATURE", "pending", "available", lot.pending)
        pay_debt(desk, holder, lot)


def expire(desk: Desk, holder: Holder) -> None:
    """Available points of lapsed lots expire."""
    lapsed = [lot for lot in holder.lots.values() if lot.available and lot.lapsed(desk.now)]
    for lot in sorted(lapsed, key=lambda lot: (lot.wallet, lot.number)):
        account = holder.account(lot.wallet)
        desk.move(holder, account, lot, "EXPIRE", "available", "expired", lot.available)


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
    for lot in holder.lots.values():
        if lot.pending:
            due.append(lot.available_from)
        if lot.available and lot.expires_at is not None:
            due.append(lot.expires_at)
            _note_expiry(holder.account(lot.wallet), lot.expires_at, lot.available)
    fence = holder.account(Wallet.COINS)
    fence.next_due_at = min(due, default=None)
    for account in holder.accounts.values():
        desk.changes.accounts[holder.merchant_id, holder.customer_id, account.wallet] = account


def _note_expiry(account: Account, expires_at: int, points: int) -> None:
    """Keep the soonest expiry and the points that lapse then."""
    if account.expiry_at is None or expires_at < account.expiry_at:
        account.expiry_at, account.expiry_points = expires_at, points
    elif expires_at == account.expiry_at:
        account.expiry_points += points
