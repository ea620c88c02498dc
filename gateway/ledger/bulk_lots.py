"""The lots that an import brings to customers who are there, opened as a grant opens them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.ledger.changes import Changes
from gateway.ledger.commands import LotSource, Wallet
from gateway.ledger.movements import Desk
from gateway.ledger.rows import Row
from gateway.ledger.settle import pay_debt, refresh, settle
from gateway.ledger.state import Holder, HolderKey, State
from gateway.ledger.store_trouble import BatchConflict

REASON = "import"


def open_lots(
    merchant_id: int,
    holders: dict[HolderKey, Holder],
    rows: Sequence[Row],
    now: int,
    reminder_seconds: int = 0,
) -> Changes:
    """Settle each row's customer, then open its lots on top; a debt is paid out of them first.

    `rows` are as the query LOTS of `gateway.ledger.bulk_sql` answers them. There is no event for
    each lot: the import as a whole is announced. Raises BatchConflict when a balance has grown
    since it was checked, and there is no room any more.
    """
    desk = Desk(State(holders, {}, {}, {}, reminders={merchant_id: reminder_seconds}), now)
    for customer_id, points, points_from, points_end, credits_minor, credits_end in rows:
        holder = holders[merchant_id, customer_id]
        settle(desk, holder)
        if points:
            _open(desk, holder, Wallet.COINS, points, points_from, points_end)
        if credits_minor:
            _open(desk, holder, Wallet.CREDITS, credits_minor, now, credits_end)
        refresh(desk, holder)
    return desk.changes


def _open(
    desk: Desk,
    holder: Holder,
    wallet: Wallet,
    points: int,
    available_from: int,
    expires_at: int | None,
) -> None:
    if points > holder.balance(wallet).room:
        raise BatchConflict("a balance has grown meanwhile")
    lot = desk.open_lot(
        holder,
        wallet,
        points,
        kind="GRANT",
        source=LotSource.IMPORT,
        available_from=max(available_from, desk.now),
        expires_at=expires_at,
        reason=REASON,
    )
    pay_debt(desk, holder, lot)
