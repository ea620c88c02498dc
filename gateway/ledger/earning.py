"""Points that orders and occasions bring in, as the program's earning rules say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from gateway.errors import Code, Refusal
from gateway.ledger.commands import LotSource, Wallet
from gateway.ledger.holding import Done
from gateway.ledger.movements import Desk
from gateway.ledger.order_commands import Award, CompleteOrder
from gateway.ledger.order_state import AwardRow, Earned, OrderState
from gateway.ledger.settle import pay_debt
from gateway.ledger.state import Holder, Refused
from gateway.rules.earning import (
    MICROSECONDS,
    Earner,
    EarnOffer,
    Sale,
    award_rule,
    earn,
    expires_at,
)


def earn_for(desk: Desk, holder: Holder, order: OrderState, command: CompleteOrder) -> OrderState:
    """Bring in what the order earns, by the rules of the day it was placed.

    Points that expire together are one lot. A debt is paid out of them first.
    """
    earning = desk.state.program(holder.merchant_id).earning
    total, paid = order.total_minor or 0, order.paid_minor or 0
    sale = Sale(total_minor=total, paid_minor=paid, lines=command.lines)
    owner = holder.owner
    earner = Earner(owner.tier, owner.tags, first_order=not owner.ordered)
    placed = desk.now if order.placed_at is None else order.placed_at
    offers = [offer for offer in earn(earning, sale, earner, placed) if offer.points]
    starts = max(desk.now, placed + earning.return_window_seconds * MICROSECONDS)
    lots: dict[int | None, list[EarnOffer]] = defaultdict(list)
    for offer in offers:
        lots[expires_at(earning, offer.rule, starts)].append(offer)
    earned = [
        entry
        for expires_at, parts in lots.items()
        for entry in _bring_in(desk, holder, order, parts, starts, expires_at)
    ]
    points = sum(entry.points for entry in earned)
    owner.ordered = True
    if points:
        detail = {
            "order_id": order.order_id,
            "points": points,
            "available_at": starts,
            "rules": [[entry.rule_id, entry.rule_version, entry.points] for entry in earned],
        }
        desk.announce(holder, "points.earned", None, command, detail)
    return replace(order, earned_points=points, earnings=tuple(earned))


def _bring_in(
    desk: Desk,
    holder: Holder,
    order: OrderState,
    parts: list[EarnOffer],
    starts: int,
    expires_at: int | None,
) -> list[Earned]:
    """One lot for several rules; as much of it as the account can count exactly."""
    # The points of an order are known by whose it is, and by their number there.
    holder = holder.whose(order.customer_id)
    room = holder.room(Wallet.COINS)
    number = holder.account(Wallet.COINS).sequence + 1
    earned: list[Earned] = []
    for offer in parts:
        points = min(offer.points, room)
        room -= points
        rule = offer.rule
        if points:
            earned.append(
                Earned(
                    rule.id, rule.version, points, offer.spend_minor, offer.multiplier_bp, number
                )
            )
    if earned:
        lot = desk.open_lot(
            holder,
            Wallet.COINS,
            sum(entry.points for entry in earned),
            kind="EARN",
            source=LotSource.EARN,
            available_from=starts,
            expires_at=expires_at,
            reason=order.order_id,
        )
        pay_debt(desk, holder, lot)
    return earned


def award(desk: Desk, holder: Holder, command: Award) -> Done:
    """Give what the program gives for the occasion, once for good."""
    if command.occasion in holder.awards:
        return Done(accepted=False, repeated=True)
    earning = desk.state.program(holder.merchant_id).earning
    rule = award_rule(earning, command.kind, Earner(holder.tier, holder.tags), desk.now)
    if rule is None:
        raise Refused(Refusal(Code.RULE_INACTIVE))
    if rule.points > holder.balance(Wallet.COINS).room:
        raise Refused(Refusal(Code.POINTS_NOT_ALLOWED))
    lot = desk.open_lot(
        holder,
        Wallet.COINS,
        rule.points,
        kind="AWARD",
        source=LotSource.AWARD,
        available_from=desk.now,
        expires_at=expires_at(earning, rule, desk.now),
        reason=command.occasion,
    )
    pay_debt(desk, holder, lot)
    row = AwardRow(
        command.merchant_id,
        command.customer_id,
        command.occasion,
        rule.id,
        rule.points,
        desk.now,
    )
    holder.awards[command.occasion] = row
    desk.changes.awards.append(row)
    detail = {
        "occasion": command.occasion,
        "points": rule.points,
        "available_at": desk.now,
        "rules": [[rule.id, rule.version, rule.points]],
    }
    desk.announce(holder, "points.earned", None, command, detail)
    return Done()
