"""How often points of one customer may be put on hold, whoever asks for it."""

from __future__ import annotations

from gateway.throttling.local import Limit
from gateway.throttling.refusing import throttled

WHAT = "redemptions started for this customer"


class Velocity:
    """Counts the redemptions that are started, by customer: each is written to the journal.

    A customer's own token and the merchant's backend count together: a backend may pass on what a
    hostile shopper does.
    """

    def __init__(self, limit: Limit | None = None) -> None:
        """Without a limit, nothing is counted."""
        self._limit = limit

    async def start(self, merchant_id: int, customer_id: int) -> None:
        """Count one, before the ledger is asked. Raises RequestError(THROTTLED)."""
        if self._limit is not None:
            wait, _ = await self._limit.take((merchant_id, "holds", customer_id), 1)
            if wait:
                raise throttled(wait, WHAT)

    def undo(self, merchant_id: int, customer_id: int) -> None:
        """Take one back: it was an earlier one over again, and nothing was written."""
        if self._limit is not None:
            self._limit.give_back((merchant_id, "holds", customer_id), 1)
