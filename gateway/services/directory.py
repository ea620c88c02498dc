"""Who is who: the few facts about merchants and customers that never change, kept in memory.

A merchant's currency and a customer's id never change once made, so what is found may be kept;
what is not found is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import RequestCode, RequestError
from gateway.ledger.lanes import Ledger
from gateway.ledger.reads import Lookup
from gateway.services.customers import CustomerRef, find_customer
from gateway.services.merchants import MerchantView, find_merchant
from gateway.services.recent import Recent


@dataclass(frozen=True, slots=True)
class Known:
    """A customer that exists: the gateway's id, and the merchant's own where it is known."""

    id: int
    external_id: str | None = None


class Directory:
    """Finds merchants and customers; asks the database once for each."""

    def __init__(self, ledger: Ledger, size: int = 20_000) -> None:
        """Remember at most `size` customers."""
        self._ledger = ledger
        self._customers: Recent[tuple[int, str], int] = Recent(size)
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
        """The customer that `ref` names, None when there is no such one."""
        if ref.external_id is None:
            return await self._looked_up(merchant_id, ref)
        key = (merchant_id, ref.external_id)
        known = self._customers.get(key)
        if known is None:
            lookup = Lookup(merchant_id=merchant_id, external_id=ref.external_id)
            snapshot = await self._ledger.read(lookup)
            if snapshot is None:
                return None
            known = self._customers.put(key, snapshot.customer_id)
        return Known(known, ref.external_id)

    def remember(self, merchant_id: int, external_id: str, customer_id: int) -> None:
        """Keep what was read elsewhere: the apply after a preview then asks nothing."""
        self._customers.put((merchant_id, external_id), customer_id)

    async def _looked_up(self, merchant_id: int, ref: CustomerRef) -> Known | None:
        found = await find_customer(merchant_id, ref)
        return Known(found.id, found.external_id) if found else None
