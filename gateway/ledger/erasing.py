"""Forgetting a customer: nothing is held, nothing is left, nothing is owed; the journal stays."""

from __future__ import annotations

from gateway.errors import Code, Refusal
from gateway.ledger.changes import Erased
from gateway.ledger.commands import Status, Wallet
from gateway.ledger.holding import Done
from gateway.ledger.movements import Desk
from gateway.ledger.people_commands import Erase
from gateway.ledger.settle import end_hold
from gateway.ledger.state import Holder, Refused

REASON = "ERASED"


def erase(desk: Desk, holder: Holder, command: Erase) -> Done:
    """End the holds, take all points and credit, forgive the debts, and forget who it was."""
    if holder.erased:
        return Done(accepted=False, repeated=True)
    if not holder.known:
        raise Refused(Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",)))
    for held in sorted(holder.held_redemptions(), key=lambda r: r.id):
        end_hold(desk, holder, held, Status.RELEASED, "RELEASE", REASON)
        desk.announce(holder, "redemption.released", holder.redemptions[held.id])
    for key in sorted(holder.lots):
        lot = holder.lots[key]
        account = holder.account(lot.wallet)
        for bucket in ("pending", "available"):
            left = getattr(lot, bucket)
            if left:
                desk.move(
                    holder, account, lot, "WITHDRAW", bucket, "clawed_back", left, reason=REASON
                )
    for wallet in Wallet:
        debt = holder.balance(wallet).debt
        if debt:
            account = holder.account(wallet)
            desk.move(holder, account, None, "DEBT_PAID", "debt", "owed", debt, reason=REASON)
    holder.erased, holder.known = True, False
    desk.changes.erased.append(Erased(command.merchant_id, command.customer_id, desk.now))
    desk.announce(holder, "customer.erased", None, command)
    return Done()
