"""What one request has read of a customer already, so that no field reads it again."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import RequestCode, RequestError
from gateway.ledger.commands import Balance
from gateway.ledger.reads import Lookup
from gateway.rules.program import Program
from gateway.rules.tiers import Standing, standing
from gateway.services.customers import CustomerRef, CustomerView, find_customer
from gateway.services.runtime import Runtime
from gateway.services.standings import year_of

Balances = tuple[Balance, Balance, Program]


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
        self, runtime: Runtime, merchant_id: int, customer_id: int
    ) -> tuple[Standing, Program] | None:
        """Where the customer stands among the tiers now; None where the program has none."""
        program = (await self.balances(runtime, merchant_id, customer_id))[2]
        if not program.earning.tiers:
            return None
        now = runtime.clock()
        days = await year_of(merchant_id, customer_id, now)
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
