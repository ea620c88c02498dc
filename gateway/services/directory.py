"""Who is who: the few facts about merchants and customers that hardly ever change, kept in memory.

A merchant's currency never changes once made, so what is found may be kept. A customer's id changes
hands only when one is merged into another or forgotten: so it is kept for a short time, as
credentials are. The ledger looks again, under its lock. What is not found is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import RequestCode, RequestError
from gateway.ledger.lanes import Ledger
from gateway.ledger.reads import Lookup
from gateway.services.customers import CustomerRef, find_customer
from gateway.services.merchants import MerchantView, find_merchant
from gateway.services.recent import Recent
from gateway.services.remembered import Remembered

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """A customer that exists: the gateway's id, and the merchant's own where it is known."""

    id: int
    external_id: str | None = None


class Directory:
    """Finds merchants and customers; asks the database once for each, and then now and then."""

    def __init__(
        self, ledger: Ledger, clock: Callable[[], int], seconds: int = 2, size: int = 20_000
    ) -> None:
        """Remember at most `size` customers, each for so many seconds."""
        self._ledger = ledger
        self._clock = clock
        self._kept = seconds * MICROSECONDS
        self._customers: Remembered[int] = Remembered(size)
        self._merchants: Recent[int, MerchantView] = Recent(1_000)

    async def merchant(self, merchant_id: int) -> MerchantView:
        """The merchant of a credential."""
        known = self._merchants.get(merchant_id)
        if known is None:
            known = await find_merchant(merchant_id)
            if known is None:
                raise RequestError(RequestCode.UNAUTHENTICATED, "The credential is not valid.")
            self._merchants.put(merchant_id, known)
        return known

    async def customer(self, merchant_id: int, ref: CustomerRef) -> Known | None:
        """The customer that `ref` names, None when there is no such one.

        Raises RequestError(BAD_USER_INPUT) for a phone that is none.
        """
        if ref.external_id is None:
            return await self._looked_up(merchant_id, ref)
        key, now = f"{merchant_id}:{ref.external_id}", self._clock()
        known = self._customers.get(key, now)
        if known is None:
            generation = self._customers.generation
            lookup = Lookup(merchant_id=merchant_id, external_id=ref.external_id)
            snapshot = await self._ledger.read(lookup)
            if snapshot is None:
                return await self._looked_up(merchant_id, ref) if ref.old_names else None
            known = snapshot.customer_id
            self._customers.put(key, known, now, now + self._kept, generation)
        return Known(known, ref.external_id)

    def remember(self, merchant_id: int, external_id: str, customer_id: int) -> None:
        """Keep what was read elsewhere: the apply after a preview then asks nothing."""
        now = self._clock()
        key = f"{merchant_id}:{external_id}"
        self._customers.put(key, customer_id, now, now + self._kept, self._customers.generation)

    def forget(self) -> None:
        """Drop all customers: one has just been merged or forgotten."""
        self._customers.forget()

    async def _looked_up(self, merchant_id: int, ref: CustomerRef) -> Known | None:
        if ref.phone is not None:
            ref = ref.at_home((await self.merchant(merchant_id)).region)
        found = await find_customer(merchant_id, ref)
        return Known(found.id, found.external_id) if found else None
