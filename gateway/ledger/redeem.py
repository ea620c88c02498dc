"""Apply, capture, release and refund: each checks everything first, then moves.

A function here either raises `Refused` with nothing changed, or changes the holder and returns
the redemption as it then stands and whether anything moved.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from gateway.errors import Code, Refusal
from gateway.ledger.commands import (
    Apply,
    Capture,
    LotSource,
    Redemption,
    Refund,
    Release,
    Status,
    Wallet,
)
from gateway.ledger.movements import Desk
from gateway.ledger.settle import end_hold, expire, spending_order
from gateway.ledger.state import Allocation, Holder, Refused
from gateway.ledger.terms import allowed_capture
from gateway.rules.evaluator import eligible_minor
from gateway.rules.facts import Shopper
from gateway.rules.plan import Ask, Plan, plan
from gateway.rules.program import Program

MICROSECONDS = 1_000_000
Done = tuple[Redemption, bool]


def apply(desk: Desk, holder: Holder, command: Apply) -> Done:
    """Reserve points for the cart; an earlier hold for the same cart is replaced."""
    if command.redemption_id in holder.redemptions:
        raise AssertionError("a redemption's id is new")
    program = desk.state.program(holder.merchant_id)
    earlier = holder.held_for(command.cart.id)
    chosen = _plan(desk, holder, command, program, earlier)
    if earlier is not None:
        end_hold(desk, holder, earlier, Status.RELEASED, "RELEASE", "SUPERSEDED")
        expire(desk, holder)
        desk.announce(holder, "redemption.released", holder.redemptions[earlier.id])
    rule = chosen.offer.rule if chosen.offer else None
    redemption = Redemption(
        merchant_id=holder.merchant_id,
        customer_id=holder.customer_id,
        id=command.redemption_id,
        cart_id=command.cart.id,
        status=Status.HELD,
        points=chosen.points,
        credits_minor=chosen.credits_minor,
        discount_minor=chosen.discount_minor,
        total_minor=command.cart.total_minor,
        eligible_minor=eligible_minor(rule, command.cart) if rule else command.cart.total_minor,
        rule_id=rule.id if rule else None,
        rule_version=rule.version if rule else None,
        program_version=program.version,
        created_at=desk.now,
        expires_at=desk.now + (command.hold_seconds or program.hold_seconds) * MICROSECONDS,
    )
    _hold(desk, holder, redemption, redemption.points, redemption.credits_minor)
    desk.put_redemption(holder, redemption)
    desk.announce(holder, "redemption.held", redemption, command)
    return redemption, True


def _plan(
    desk: Desk, holder: Holder, command: Apply, program: Program, earlier: Redemption | None
) -> Plan:
    """What the apply comes to; raises Refused unless it is exactly what was asked for."""
    quoted = command.quoted
    if quoted is not None and quoted.expires_at <= desk.now:
        raise Refused(Refusal(Code.QUOTE_EXPIRED, field=("quote",)))
    requested = quoted.points if quoted and command.wallets.coins else command.requested
    coins = holder.available(Wallet.COINS) + holder.releasable(earlier, Wallet.COINS, desk.now)
    credit = holder.available(Wallet.CREDITS)
    credit += holder.releasable(earlier, Wallet.CREDITS, desk.now)
    ask = Ask(
        coins=command.wallets.coins,
        credits=command.wallets.credits,
        requested=requested,
        rule_id=quoted.rule_id if quoted and quoted.rule_id else command.rule_id,
        credits_cap=quoted.credits_minor if quoted else None,
    )
    shopper = Shopper(coins, holder.tier, holder.tags)
    chosen = plan(program, command.cart, shopper, credit, ask, desk.now)
    if quoted is not None and not _same_rule(program, quoted.rule_id, quoted.rule_version):
        raise Refused(Refusal(Code.QUOTE_MISMATCH, field=("quote",)))
    if requested is not None:
        used = chosen.points if command.wallets.coins else chosen.credits_minor
        _exactly(requested, used, coins if command.wallets.coins else credit, chosen)
    if not chosen.eligible:
        raise Refused(chosen.refusals[0])
    if quoted is not None and (
        chosen.credits_minor != quoted.credits_minor
        or chosen.discount_minor != quoted.discount_minor
    ):
        raise Refused(Refusal(Code.QUOTE_MISMATCH, field=("quote",)))
    return chosen


def _same_rule(program: Program, rule_id: int | None, version: int | None) -> bool:
    """Whether the quoted rule is still the program's rule of that version."""
    if rule_id is None:
        return True
    rule = program.rule(rule_id)
    return rule is not None and rule.version == version


def _exactly(requested: int, used: int, balance: int, chosen: Plan) -> None:
    """All or nothing: refuse, with what would be allowed, unless `used` is what was asked for."""
    if used == requested:
        return
    if not used and chosen.refusals:
        raise Refused(replace(chosen.refusals[0], allowed_points=0))
    if requested > balance:
        shortfall = requested - balance
        raise Refused(
            Refusal(
                Code.INSUFFICIENT_POINTS,
                allowed_points=used,
                shortfall_points=shortfall,
                field=("points",),
            )
        )
    raise Refused(Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=used, field=("points",)))


def _hold(desk: Desk, holder: Holder, redemption: Redemption, points: int, credit: int) -> None:
    """Move points and credit from available to held, lot by lot, soonest expiry first."""
    kept = {(a.wallet, a.lot_number): a for a in holder.allocations.get(redemption.id, ())}
    for old in kept.values():
        old.amount = 0
        desk.touch_allocation(holder, old)
    for wallet, wanted in ((Wallet.CREDITS, credit), (Wallet.COINS, points)):
        left = wanted
        for lot in spending_order(holder, wallet) if wanted else ():
            taken = min(left, lot.available)
            desk.move(
                holder,
                holder.account(wallet),
                lot,
                "HOLD",
                "available",
                "held",
                taken,
                redemption_id=redemption.id,
            )
            allocation = kept.setdefault(
                (wallet, lot.number),
                Allocation(redemption.id, wallet, lot.number, 0, 0, 0, lot.expires_at),
            )
            allocation.amount = taken
            desk.touch_allocation(holder, allocation)
            left -= taken
            if not left:
                break
        if left:
            raise AssertionError("the plan never exceeds the balance")
    holder.allocations[redemption.id] = list(kept.values())


def find(holder: Holder, redemption_id: int) -> Redemption:
    """The customer's redemption of that id; raises Refused when there is none."""
    redemption = holder.redemptions.get(redemption_id)
    if redemption is None:
        raise Refused(Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",)))
    return redemption


def capture(desk: Desk, holder: Holder, command: Capture) -> Done:
    """Settle the hold with a paid order; after the hold ran out, if the points are still there."""
    redemption = find(holder, command.redemption_id)
    if redemption.status is Status.CAPTURED:
        raise Refused(Refusal(Code.ALREADY_CAPTURED))
    if redemption.status is Status.RELEASED:
        raise Refused(Refusal(Code.ALREADY_RELEASED))
    program = desk.state.programs[holder.merchant_id, redemption.program_version]
    points, discount = allowed_capture(program, redemption, command)
    if redemption.status is Status.EXPIRED:
        missing = points - holder.available(Wallet.COINS)
        if missing > 0 or redemption.credits_minor > holder.available(Wallet.CREDITS):
            raise Refused(Refusal(Code.HOLD_EXPIRED, shortfall_points=max(missing, 0) or None))
        _hold(desk, holder, redemption, points, redemption.credits_minor)
    _spend(desk, holder, redemption, points)
    expire(desk, holder)
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
    desk.put_redemption(holder, captured)
    desk.announce(holder, "redemption.captured", captured, command)
    return captured, True


def _spend(desk: Desk, holder: Holder, redemption: Redemption, points: int) -> None:
    """Move what is captured from held to spent, and what is left over back to available."""
    left = {Wallet.COINS: points, Wallet.CREDITS: redemption.credits_minor}
    # What the customer keeps longest is what goes back.
    for allocation in sorted(holder.allocations[redemption.id], key=_expiry):
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
        return redemption, False
    end_hold(desk, holder, redemption, Status.RELEASED, "RELEASE", command.reason)
    expire(desk, holder)
    released = holder.redemptions[redemption.id]
    desk.announce(holder, "redemption.released", released, command)
    return released, True


def refund(desk: Desk, holder: Holder, command: Refund) -> Done:
    """Give captured points back as new lots: the old expiry, or now + grace where that is later."""
    redemption = find(holder, command.redemption_id)
    points, credit = _refundable(redemption, command)
    _require_room(holder, Wallet.COINS, points)
    _require_room(holder, Wallet.CREDITS, credit)
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
    return refunded, True


def _require_room(holder: Holder, wallet: Wallet, points: int) -> None:
    """Refuse what would take the account beyond the largest exact number."""
    room = holder.balance(wallet).room
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
    mine.sort(key=_expiry, reverse=True)
    return mine


def _expiry(allocation: Allocation) -> tuple[bool, int, int]:
    """Orders allocations as points are spent: soonest expiry first, endless ones last."""
    return allocation.expires_at is None, allocation.expires_at or 0, allocation.lot_number
