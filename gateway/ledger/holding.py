"""Points set aside for a redemption, lot by lot; and finding a redemption again."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Redemption, Wallet
from gateway.ledger.movements import Desk
from gateway.ledger.order_state import OrderState
from gateway.ledger.settle import spending_order
from gateway.ledger.state import Allocation, Holder, Refused


@dataclass(slots=True)
class Done:
    """What a command came to: the redemption and the order as they then stand.

    One is made for each command, and a frozen one would take seven times as long to make.
    """

    redemption: Redemption | None = None
    order: OrderState | None = None
    accepted: bool = True
    """Whether anything moved, and so was announced."""
    repeated: bool = False
    """Whether it had been done before, and is known again by what it is about, not by a key."""


def find(holder: Holder, redemption_id: int) -> Redemption:
    """The customer's redemption of that id; raises Refused when there is none."""
    redemption = holder.redemptions.get(redemption_id)
    if redemption is None:
        raise Refused(Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",)))
    return redemption


def hold(desk: Desk, holder: Holder, redemption: Redemption, points: int, credit: int) -> None:
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


def expiry_order(allocation: Allocation) -> tuple[bool, int, int]:
    """Orders allocations as points are spent: soonest expiry first, endless ones last."""
    return allocation.expires_at is None, allocation.expires_at or 0, allocation.lot_number
