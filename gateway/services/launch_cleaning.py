"""Taking back everything that a go-live test gave: holds, orders, redemptions, points.

Each step looks at what is there and does nothing where nothing is, so all of it may be done again,
and after a run that was killed at any place.
"""

from __future__ import annotations

from typing import Final

from gateway.ledger.commands import Wallet
from gateway.services.adjustments import Reason, adjust
from gateway.services.database import statement
from gateway.services.launch_left import HELD, OWN, Left, left_over
from gateway.services.orders import cancel_order
from gateway.services.redemptions import Keyed, RedemptionRef, refund, release
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer

REASON: Final = "go-live test is over"
TRIES: Final = 3
_STANDING: Final = (
    f"SELECT id FROM redemption WHERE {OWN} AND status = 'CAPTURED'"  # noqa: S608 - fixed names
    " AND captured_points + captured_credits_minor > refunded_points + refunded_credits_minor"
)
_ORDERS: Final = (
    f"SELECT order_id FROM customer_order WHERE {OWN} AND cancelled_at IS NULL"  # noqa: S608 - fixed names
    " AND (earned_points > clawed_points OR refunded_minor < coalesce(paid_minor, 0))"
)


async def clean(runtime: Runtime, who: SandboxCustomer) -> Left:
    """Release, refund and withdraw until the customer has nothing; what is left after all."""
    left = await left_over(runtime, who)
    for _ in range(TRIES):
        await _take_back(runtime, who)
        left = await left_over(runtime, who)
        if left.nothing:
            break
    return left


async def _take_back(runtime: Runtime, who: SandboxCustomer) -> None:
    merchant_id, own = who.merchant_id, (who.merchant_id, who.id)
    for row in await statement(HELD, *own):
        await release(runtime, RedemptionRef(*own, row["id"]), None)
    for row in await statement(_ORDERS, *own):
        await cancel_order(runtime, merchant_id, row["order_id"], who.known)
    for row in await statement(_STANDING, *own):
        await refund(runtime, RedemptionRef(*own, row["id"]), None, _key(runtime))
    left = await left_over(runtime, who)
    for wallet, balance in ((Wallet.COINS, left.coins), (Wallet.CREDITS, left.credits)):
        delta = balance.debt - balance.available  # what comes in pays what is owed
        if delta:
            await adjust(
                runtime,
                merchant_id,
                who.known,
                wallet=wallet,
                delta=delta,
                why=Reason(REASON, by=None),
                keyed=_key(runtime),
            )


def _key(runtime: Runtime) -> Keyed:
    """A key that nobody else has: what it does is decided by what is there, not by it."""
    return Keyed("launch", str(runtime.ids.next()))
