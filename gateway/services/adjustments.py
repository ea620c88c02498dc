"""Points and store credit that staff give or take by hand."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.ledger.commands import Grant, Outcome, Wallet, Withdraw
from gateway.services.audit import SYSTEM, Actor, note
from gateway.services.audit_facts import instant
from gateway.services.directory import Known
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why and by whom, for the history; and when what is given lapses, None: never."""

    text: str
    expires_at: int | None = None
    by: Actor | None = SYSTEM
    """Who gives or takes them, for the audit log; None: it is not told, being of the sandbox."""


async def adjust(
    runtime: Runtime,
    merchant_id: int,
    who: Known,
    *,
    wallet: Wallet,
    delta: int,
    why: Reason,
    keyed: Keyed,
) -> Outcome:
    """Grant `delta` > 0 points as one lot, or take -`delta` away. `delta` is never 0."""
    key = keyed.bind("adjust", who.id, wallet.value, delta, why.text, why.expires_at)
    facts = {
        "wallet": wallet.value,
        "points": f"{delta:+d}",
        "reason": why.text,
        "expiresAt": instant(why.expires_at),
    }
    name = who.external_id or str(who.id)
    written = why.by and note(merchant_id, why.by, "points.adjust", name, after=facts)
    if delta > 0:
        return await runtime.ledger.submit(
            Grant(
                merchant_id=merchant_id,
                customer_id=who.id,
                key=key,
                wallet=wallet,
                points=delta,
                reason=why.text,
                expires_at=why.expires_at,
                note=written,
            )
        )
    return await runtime.ledger.submit(
        Withdraw(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=key,
            wallet=wallet,
            points=-delta,
            reason=why.text,
            note=written,
        )
    )
