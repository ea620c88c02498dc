"""Commands that use points, counted by customer: a script must not fill the journal."""

from __future__ import annotations

from typing import Final

from gateway.errors import RequestError
from gateway.ledger.commands import Apply, IdempotencyKey, Outcome, Perform
from gateway.ledger.perform import REPEAT
from gateway.ledger.searching import STANDING
from gateway.services.database import statement
from gateway.services.runtime import Runtime
from models import IdempotencyRecord

_OF_CUSTOMER: Final = (
    f"SELECT id FROM redemption WHERE merchant_id = ? AND customer_id = ? AND {STANDING}"  # noqa: S608 - fixed text
)
_BY_ORDER: Final = f"{_OF_CUSTOMER} AND order_id = ? LIMIT 1"
_BY_CART: Final = f"{_OF_CUSTOMER} AND cart_id = ? AND closed_at > ? LIMIT 1"


async def start(runtime: Runtime, command: Apply | Perform) -> Outcome:
    """Carry it out. Raises RequestError(THROTTLED) for a customer with too many of them lately.

    What was done already, under the key or for the order, is answered however many there were, and
    not counted again.
    """
    merchant_id, customer_id = command.merchant_id, command.customer_id
    try:
        await runtime.velocity.start(merchant_id, customer_id)
    except RequestError:
        if not await _done(command, runtime.clock()):
            raise
        return await runtime.ledger.submit(command)
    outcome = await runtime.ledger.submit(command)
    if outcome.replayed:
        runtime.velocity.undo(merchant_id, customer_id)
    return outcome


async def _done(command: Apply | Perform, now: int) -> bool:
    """Whether there is an outcome already. It may go just now: then it is a new command."""
    if isinstance(command, Apply):
        return await _decided(command.merchant_id, command.key)
    who = command.merchant_id, command.customer_id
    if command.order_id is not None:
        return bool(await statement(_BY_ORDER, *who, command.order_id))
    return bool(await statement(_BY_CART, *who, command.cart.id, now - REPEAT))


async def _decided(merchant_id: int, key: IdempotencyKey | None) -> bool:
    if key is None:
        return False
    found = IdempotencyRecord.filter(merchant_id=merchant_id, caller=key.caller, key=key.key)
    return await found.exists()
