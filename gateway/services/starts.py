"""Commands that put points on hold, counted by customer: a script must not fill the journal."""

from __future__ import annotations

from gateway.errors import RequestError
from gateway.ledger.commands import Apply, IdempotencyKey, Outcome
from gateway.services.runtime import Runtime
from models import IdempotencyRecord


async def start(runtime: Runtime, command: Apply) -> Outcome:
    """Carry it out. Raises RequestError(THROTTLED) for a customer with too many of them lately.

    The first outcome under a key is answered however many there were, and not counted again.
    """
    merchant_id, customer_id = command.merchant_id, command.customer_id
    try:
        await runtime.velocity.start(merchant_id, customer_id)
    except RequestError:
        if not await _decided(merchant_id, command.key):
            raise
        return await runtime.ledger.submit(command)
    outcome = await runtime.ledger.submit(command)
    if outcome.replayed:
        runtime.velocity.undo(merchant_id, customer_id)
    return outcome


async def _decided(merchant_id: int, key: IdempotencyKey | None) -> bool:
    """Whether there is an outcome under the key. It may go just now: then it is a new command."""
    if key is None:
        return False
    found = IdempotencyRecord.filter(merchant_id=merchant_id, caller=key.caller, key=key.key)
    return await found.exists()
