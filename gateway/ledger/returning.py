"""What an order gives back: points that it took, and points that it brought.

Of an order that paid P, took N points and earned G, with c of P given back: floor(N c / P) points
are returned in all (all N where c = P), and floor(G (P - c) / P) stay earned. Points never turn
into money.
"""

from __future__ import annotations

from dataclasses import replace

from gateway.ledger.commands import Command, Redemption, Wallet
from gateway.ledger.movements import Desk
from gateway.ledger.order_state import OrderState
from gateway.ledger.refund import give_back
from gateway.ledger.settle import spending_order
from gateway.ledger.state import Account, Holder, Lot
from gateway.rules.program import MAX_SAFE_INTEGER, ClawbackPolicy


def settle_order(
    desk: Desk,
    holder: Holder,
    order: OrderState,
    redemption: Redemption | None,
    command: Command,
) -> tuple[OrderState, Redemption | None]:
    """Give back and take back what is due by all that is known of the order, and was not yet."""
    if redemption is not None:
        redemption = _return_points(desk, holder, order, redemption, command)
    claw = max(0, _clawed(order) - order.clawed_points)
    settled = replace(
        order,
        refunded_minor=order.returned_minor,
        clawed_points=order.clawed_points + claw,
        forgiven_points=order.forgiven_points + _claw_back(desk, holder, order, claw, command),
    )
    return settled, redemption


def _share(whole: int, order: OrderState) -> int:
    """How much of what the order took is returned by now; rounded down until all of it is."""
    if order.whole:
        return whole
    paid = order.paid_minor or 0
    return whole * order.returned_minor // paid if paid else 0


def _clawed(order: OrderState) -> int:
    """How much of what the order brought is taken back by now; what stays is rounded down."""
    if order.whole:
        return order.earned_points
    paid = order.paid_minor or 0
    kept = order.earned_points * (paid - order.returned_minor)
    return order.earned_points - kept // paid if paid else 0


def _return_points(
    desk: Desk, holder: Holder, order: OrderState, redemption: Redemption, command: Command
) -> Redemption:
    """Points and credit of the redemption that are to be back by now, less what is back already."""
    points = _share(redemption.captured_points, order) - redemption.refunded_points
    credit = _share(redemption.captured_credits_minor, order) - redemption.refunded_credits_minor
    whose = holder.whose(redemption.customer_id)
    points = min(max(0, points), whose.room(Wallet.COINS))
    credit = min(max(0, credit), whose.room(Wallet.CREDITS))
    if not points + credit:
        return redemption
    return give_back(desk, whose, redemption, points, credit, command)


def _claw_back(desk: Desk, holder: Holder, order: OrderState, points: int, command: Command) -> int:
    """Take back earned points: the order's own first, then others that can be spent.

    What is left is owed, or forgiven, as the merchant's policy says; answers what was forgiven.
    """
    if not points:
        return 0
    left = points
    for whose, lot, bucket in _sources(holder, order):
        taken = min(left, getattr(lot, bucket))
        if taken:
            desk.move(
                whose,
                whose.account(Wallet.COINS),
                lot,
                "CLAWBACK",
                bucket,
                "clawed_back",
                taken,
                reason=order.order_id,
            )
            left -= taken
    owner = holder.owner
    owed = _owe(desk, owner, owner.account(Wallet.COINS), left, order)
    detail = {
        "order_id": order.order_id,
        "points": points - left,
        "owed": owed,
        "forgiven": left - owed,
    }
    if left < points or owed:
        desk.announce(holder, "points.clawed_back", None, command, detail)
    return left - owed


def _sources(holder: Holder, order: OrderState) -> list[tuple[Holder, Lot, str]]:
    """Where points can be taken: the order's own lots first, pending or not, then all others.

    Of a customer who was merged, also what has gone on to the heir, and what else that one has:
    as it is spent, what lapses soonest first, whoever of the two it is kept at.
    """
    numbers = {(order.customer_id, entry.lot_number) for entry in order.earnings}
    own = [
        (whose, lot)
        for whose in holder.both
        for lot in sorted(whose.lots.values(), key=lambda lot: lot.number)
        if lot.wallet is Wallet.COINS and _origin(whose, lot) in numbers
    ]
    # What lapses at once goes by its arrival; what the heir has was there before.
    others = [
        (whose, lot)
        for whose in reversed(holder.both)
        for lot in spending_order(whose, Wallet.COINS)
        if _origin(whose, lot) not in numbers
    ]
    return [
        *((whose, lot, bucket) for whose, lot in own for bucket in ("pending", "available")),
        *((whose, lot, "available") for whose, lot in sorted(others, key=_soonest)),
    ]


def _soonest(held: tuple[Holder, Lot]) -> tuple[bool, int]:
    """Of both customers in one order: as they are spent where they lie together."""
    _, lot = held
    return lot.expires_at is None, lot.expires_at or 0


def _origin(holder: Holder, lot: Lot) -> tuple[int, int]:
    """The customer and the number that the lot's points first came in with."""
    if lot.from_customer is None or lot.from_number is None:
        return holder.customer_id, lot.number
    return lot.from_customer, lot.from_number


def _owe(desk: Desk, holder: Holder, account: Account, points: int, order: OrderState) -> int:
    """What the customer owes from now on."""
    policy = desk.state.program(holder.merchant_id).clawback_policy
    if policy is not ClawbackPolicy.DEBT:
        return 0
    owed = min(points, MAX_SAFE_INTEGER - account.debt)
    if owed:
        desk.move(holder, account, None, "DEBT", "owed", "debt", owed, reason=order.order_id)
    return owed
