"""What a sandbox customer has: after a run it must be nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.ledger.commands import Balance
from gateway.services.customers import CustomerRef
from gateway.services.database import statement
from gateway.services.previews import read_customer
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer

OWN: Final = "merchant_id = ? AND customer_id = ?"
HELD: Final = f"SELECT id FROM redemption WHERE {OWN} AND status = 'HELD'"  # noqa: S608 - fixed names


@dataclass(frozen=True, slots=True)
class Left:
    """What the customer has after all was taken back."""

    coins: Balance
    credits: Balance
    open_holds: int

    @property
    def nothing(self) -> bool:
        """Whether it is nothing at all."""
        sums = (
            balance.available + balance.held + balance.pending + balance.debt
            for balance in (self.coins, self.credits)
        )
        return not any(sums) and not self.open_holds

    def __str__(self) -> str:
        """As it is shown in evidence."""
        coins = self.coins
        return (
            f"{coins.available} available, {coins.held} held, {coins.pending} pending,"
            f" {coins.debt} owed, {self.open_holds} holds"
        )


async def left_over(runtime: Runtime, who: SandboxCustomer) -> Left:
    """As it is now."""
    found = await read_customer(runtime, who.merchant_id, CustomerRef(id=who.id))
    holds = await statement(HELD, who.merchant_id, who.id)
    if found is None:
        return Left(Balance(), Balance(), len(holds))
    return Left(found.coins, found.credits, len(holds))
