"""What one request reads of customers: nothing twice, and of many customers at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from gateway.errors import RequestCode, RequestError
from gateway.ledger.commands import Balance
from gateway.ledger.reads import Lookup
from gateway.rules.program import Program
from gateway.rules.tiers import Day, Standing, standing
from gateway.services.customers import CustomerRef, CustomerView, find_customer
from gateway.services.runtime import Runtime
from gateway.services.standings import years_of

Balances = tuple[Balance, Balance, Program]


class Years:
    """The rolling years of one request's customers, read together: a federated graph asks for many.

    What is asked for in one turn of the event loop is one statement.
    """

    __slots__ = ("_reading", "_waiting")

    def __init__(self) -> None:
        self._waiting: set[int] = set()
        self._reading: asyncio.Task[dict[int, list[Day]]] | None = None

    async def of(self, merchant_id: int, customer_id: int, now: int) -> list[Day]:
        """The days with orders of the customer's rolling year that ends now.

        `merchant_id` is that of the request: the same each time.
        """
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read(merchant_id, now))
        self._waiting.add(customer_id)
        # Whoever goes away must not take the reading from the others.
        return (await asyncio.shield(self._reading)).get(customer_id, [])

    async def _read(self, merchant_id: int, now: int) -> dict[int, list[Day]]:
        """Begins in the next turn: then all who ask in this one are waiting."""
        waiting, self._waiting, self._reading = self._waiting, set(), None
        return await years_of(merchant_id, waiting, now)


@dataclass(slots=True, eq=False)
class Loaded:
    """Facts and balances of one customer, each read at most once."""

    view: CustomerView | None = None
    known_balances: Balances | None = None

    async def balances(self, runtime: Runtime, merchant_id: int, customer_id: int) -> Balances:
        """Coins, credits and the merchant's current program."""
        if self.known_balances is None:
            lookup = Lookup(merchant_id=merchant_id, customer_id=customer_id)
            snapshot = await runtime.ledger.read(lookup)
            if snapshot is None:
                raise gone()
            self.known_balances = (snapshot.coins, snapshot.credits, snapshot.program)
        return self.known_balances

    async def standing(
        self, runtime: Runtime, years: Years, merchant_id: int, customer_id: int
    ) -> tuple[Standing, Program] | None:
        """Where the customer stands among the tiers now; None where the program has none."""
        program = (await self.balances(runtime, merchant_id, customer_id))[2]
        if not program.earning.tiers:
            return None
        now = runtime.clock()
        days = await years.of(merchant_id, customer_id, now)
        return standing(program.earning, days, now), program

    async def facts(self, merchant_id: int, customer_id: int) -> CustomerView:
        """Identity and traits."""
        if self.view is None:
            self.view = await find_customer(merchant_id, CustomerRef(id=customer_id))
        if self.view is None:
            raise gone()
        return self.view


def gone() -> RequestError:
    """A customer that was there a moment ago and is not any more."""
    return RequestError(RequestCode.BAD_USER_INPUT, "The customer is no longer there.")
