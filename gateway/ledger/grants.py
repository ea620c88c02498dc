"""Points that come in and points that are taken away, outside of redemptions."""

from __future__ import annotations

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Grant, Wallet, Withdraw
from gateway.ledger.holding import Done
from gateway.ledger.movements import Desk
from gateway.ledger.settle import pay_debt, spending_order
from gateway.ledger.state import Account, Holder, Refused
from gateway.rules.program import MAX_SAFE_INTEGER, ClawbackPolicy


def grant(desk: Desk, holder: Holder, command: Grant) -> Done:
    """Bring points in as one lot; a debt is paid out of them first."""
    account = holder.account(command.wallet)
    room = account.balance().room
    if command.points > room:
        raise Refused(Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=room, field=("delta",)))
    starts = desk.now if command.available_from is None else command.available_from
    if command.expires_at is not None and command.expires_at <= max(starts, desk.now):
        raise Refused(Refusal(Code.INVALID_INPUT, field=("expiresAt",)))
    lot = desk.open_lot(
        holder,
        command.wallet,
        command.points,
        kind="GRANT",
        source=command.source,
        available_from=max(starts, desk.now),
        expires_at=command.expires_at,
        reason=command.reason,
    )
    pay_debt(desk, holder, lot)
    desk.announce(holder, "points.granted", None, command, _what(command))
    return Done()


def withdraw(desk: Desk, holder: Holder, command: Withdraw) -> Done:
    """Take points away, soonest expiry first; beyond the balance as the policy says."""
    account = holder.account(command.wallet)
    policy = desk.state.program(holder.merchant_id).clawback_policy
    missing = command.points - account.available
    if missing > 0 and policy is not ClawbackPolicy.DEBT:
        raise Refused(
            Refusal(
                Code.INSUFFICIENT_POINTS,
                allowed_points=account.available,
                shortfall_points=missing,
                field=("delta",),
            )
        )
    if account.debt + max(missing, 0) > MAX_SAFE_INTEGER:
        raise Refused(Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=0, field=("delta",)))
    _take(desk, holder, account, command)
    if missing > 0:
        desk.move(holder, account, None, "DEBT", "owed", "debt", missing, reason=command.reason)
    desk.announce(holder, "points.withdrawn", None, command, _what(command))
    return Done()


def _what(command: Grant | Withdraw) -> dict[str, object]:
    """What a receiver of the event is told besides the balances."""
    return {
        "wallet": command.wallet.value,
        "points": command.points,
        "reason": command.reason,
    }


def _take(desk: Desk, holder: Holder, account: Account, command: Withdraw) -> None:
    """Claw back what is there, up to what was asked for."""
    left = command.points
    for lot in spending_order(holder, Wallet(command.wallet)):
        points = min(left, lot.available)
        desk.move(
            holder,
            account,
            lot,
            "WITHDRAW",
            "available",
            "clawed_back",
            points,
            reason=command.reason,
        )
        left -= points
        if not left:
            return
