"""A customer: identity, points, history."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

import strawberry

from gateway.context import Context
from gateway.ids import to_global_id
from gateway.ledger.commands import Balance, Wallet
from gateway.loaders import Loaded
from gateway.rules.program import Program
from gateway.services.customers import CustomerView
from gateway.services.directory import Known
from schema import connections
from schema.balance import PointsBalance, StoreCredit, points_balance, store_credit
from schema.describe import about, arg
from schema.enums import Wallet as WalletEnum
from schema.node import Node

Info = strawberry.Info[Context, None]
FIRST = arg("How many, 1 … 100.")
AFTER = arg("The `endCursor` of the page before; absent: from the newest.")


@strawberry.type(description="A customer of the merchant.")
class Customer(Node):
    """A customer of the merchant. What the root field already knew is not asked for again."""

    merchant_id: strawberry.Private[int]
    known: strawberry.Private[Known]
    loaded: strawberry.Private[Loaded]

    @strawberry.field(description="The merchant's own id of the customer.")
    async def external_id(self) -> str:
        """Answer at once where it is known."""
        return self.known.external_id or (await self._view()).external_id

    @strawberry.field(description="Phone number in E.164; null: none is on record.")
    async def phone(self) -> str | None:
        """Load it with all other facts."""
        return (await self._view()).phone

    @strawberry.field(description="E-mail address; null: none is on record.")
    async def email(self) -> str | None:
        """Load it with all other facts."""
        return (await self._view()).email

    @strawberry.field(description="The customer's tier, for rules; null: none.")
    async def tier(self) -> str | None:
        """Load it with all other facts."""
        return (await self._view()).tier

    @strawberry.field(description="The customer's tags, for rules.")
    async def tags(self) -> list[str]:
        """Load it with all other facts."""
        return sorted((await self._view()).tags)

    @strawberry.field(description="The customer's loyalty points now.")
    async def points(self, info: Info) -> PointsBalance:
        """Answer the balance that the root field read, else read it."""
        coins, _, program = await self._balances(info)
        return points_balance(coins, program)

    @strawberry.field(description="The customer's store credit now.")
    async def store_credit(self, info: Info) -> StoreCredit:
        """Answer the balance that the root field read, else read it."""
        _, credit, program = await self._balances(info)
        return store_credit(credit, program.currency)

    @strawberry.field(description="Every movement of the customer's points, newest first.")
    async def history(
        self,
        info: Info,
        first: Annotated[int, FIRST] = 20,
        after: Annotated[str | None, AFTER] = None,
        wallet: Annotated[WalletEnum, arg("Which account.")] = WalletEnum.COINS,
    ) -> connections.LedgerEntryConnection:
        """One page, by keyset."""
        return await connections.history(info.context, self, Wallet(wallet.value), first, after)

    @strawberry.field(description="The customer's redemptions, newest first.")
    async def redemptions(
        self,
        info: Info,
        first: Annotated[int, FIRST] = 20,
        after: Annotated[str | None, AFTER] = None,
    ) -> connections.RedemptionConnection:
        """One page, by keyset."""
        return await connections.redemptions(info.context, self, first, after)

    async def _view(self) -> CustomerView:
        return await self.loaded.facts(self.merchant_id, self.known.id)

    def _balances(self, info: Info) -> Awaitable[tuple[Balance, Balance, Program]]:
        return self.loaded.balances(info.context.runtime, self.merchant_id, self.known.id)


def customer(merchant_id: int, known: Known, loaded: Loaded | None = None) -> Customer:
    """The outside form; `loaded` is what the caller has read already."""
    return Customer(
        id=strawberry.ID(to_global_id("Customer", known.id)),
        merchant_id=merchant_id,
        known=known,
        loaded=loaded or Loaded(),
    )
