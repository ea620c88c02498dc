"""Points and store credit that staff give or take by hand."""

from __future__ import annotations

from gateway.ledger.commands import Grant, Outcome, Wallet, Withdraw
from gateway.services.directory import Known
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime


async def adjust(
    runtime: Runtime,
    merchant_id: int,
    who: Known,
    *,
    wallet: Wallet,
    delta: int,
    reason: str,
    expires_at: int | None,
    keyed: Keyed,
) -> Outcome:
    """Grant `delta` > 0 points as one lot, or take -`delta` away. `delta` is never 0."""
    key = keyed.bind("adjust", who.id, wallet.value, delta, reason, expires_at)
    if delta > 0:
        return await runtime.ledger.submit(
            Grant(
                merchant_id=merchant_id,
                customer_id=who.id,
                key=key,
                wallet=wallet,
                points=delta,
                reason=reason,
                expires_at=expires_at,
            )
        )
    return await runtime.ledger.submit(
        Withdraw(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=key,
            wallet=wallet,
            points=-delta,
            reason=reason,
        )
    )
