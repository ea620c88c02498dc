"""Refund: captured points given back. Checks everything first, then moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Command, LotSource, Redemption, Refund, Status, Wallet
from gateway.ledger.holding import Done, expiry_order, find
from gateway.ledger.movements import Desk
from gateway.ledger.state import Allocation, Holder, Refused

MICROSECONDS = 1_000_000


def refund(desk: Desk, holder: Holder, command: Refund) -> Done:
    """Give captured points back as new lots: the old expiry, or now + grace where that is later."""
    redemption = find(holder, command.redemption_id)
    points, credit = _refundable(redemption, command)
    _require_room(holder, Wallet.COINS, points)
    _require_room(holder, Wallet.CREDITS, credit)
    return Done(give_back(desk, holder, redemption, points, credit, command))


def give_back(
    desk: Desk,
    holder: Holder,
    redemption: Redemption,
    points: int,
    credit: int,
    command: Command,
) -> Redemption:
    """Move so much of what was captured back to the customer. It must be there, and find room."""
    program = desk.state.program(holder.merchant_id)
    # A lot is open for a moment at least, even with no grace and the old expiry gone by.
    grace = desk.now + max(program.refund_grace_seconds * MICROSECONDS, 1)
    back: list[tuple[Wallet, int | None, int]] = []
    for wallet, wanted in ((Wallet.CREDITS, credit), (Wallet.COINS, points)):
        left = wanted
        for allocation in _latest_first(holder.allocations[redemption.id], wallet):
            taken = min(left, allocation.captured - allocation.refunded)
            if taken:
                allocation.refunded += taken
                desk.touch_allocation(holder, allocation)
                old = allocation.expires_at
                back.append((wallet, None if old is None else max(old, grace), taken))
                left -= taken
    for (wallet, expires_at), parts in groupby(back, key=lambda part: part[:2]):
        desk.open_lot(
            holder,
            wallet,
            sum(part[2] for part in parts),
            kind="REFUND",
            source_bucket="refunded",
            source=LotSource.REFUND,
            available_from=desk.now,
            expires_at=expires_at,
            redemption_id=redemption.id,
        )
    refunded = replace(
        redemption,
        refunded_points=redemption.refunded_points + points,
        refunded_credits_minor=redemption.refunded_credits_minor + credit,
    )
    desk.put_redemption(holder, refunded)
    desk.announce(holder, "redemption.refunded", refunded, command)
    return refunded


def _require_room(holder: Holder, wallet: Wallet, points: int) -> None:
    """Refuse what would take the account beyond the largest exact number."""
    room = holder.room(wallet)
    if points > room:
        raise Refused(Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=room, field=("points",)))


def _refundable(redemption: Redemption, command: Refund) -> tuple[int, int]:
    """Coins and credit to give back; raises Refused when that is more than is left."""
    refusals = {
        Status.HELD: Refusal(Code.EXCEEDS_CAPTURED, allowed_points=0),
        Status.RELEASED: Refusal(Code.ALREADY_RELEASED),
        Status.EXPIRED: Refusal(Code.HOLD_EXPIRED),
    }
    if redemption.status in refusals:
        raise Refused(refusals[redemption.status])
    coins = redemption.captured_points - redemption.refunded_points
    credit = redemption.captured_credits_minor - redemption.refunded_credits_minor
    if command.points is None and coins + credit > 0:
        return coins, credit
    # A redemption of credit alone is refunded in minor units; otherwise points are coins.
    only_credit = redemption.captured_points == 0
    allowed = credit if only_credit else coins
    wanted = command.points or 0
    if wanted == 0 or wanted > allowed:
        raise Refused(Refusal(Code.EXCEEDS_CAPTURED, allowed_points=allowed, field=("points",)))
    return (0, wanted) if only_credit else (wanted, 0)


def _latest_first(allocations: list[Allocation], wallet: Wallet) -> list[Allocation]:
    """The wallet's allocations, the points that live longest first: they go back first."""
    mine = [a for a in allocations if a.wallet is wallet]
    mine.sort(key=expiry_order, reverse=True)
    return mine
