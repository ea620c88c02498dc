"""A customer: identity, points, history."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.ids import to_global_id
from gateway.ledger.commands import Balance
from gateway.ledger.commands import Wallet as Inside
from gateway.loaders import Loaded
from gateway.rules.program import Program
from gateway.services.customers import CustomerView
from gateway.services.directory import Known
from gateway.services.history import carts_of, ledger_entries, redemptions
from gateway.services.merging import merged_from
from gateway.services.order_history import orders
from gateway.services.programs import program_version
from schema import connections
from schema.balance import PointsBalance, StoreCredit, points_balance, store_credit
from schema.describe import about, arg
from schema.enums import Wallet
from schema.lots import LotConnection, lots
from schema.node import Node
from schema.order import OrderConnection, OrderEdge, order
from schema.redemption import shown
from schema.scalars import instant, instant_or_none
from schema.tiers import CustomerTier, customer_tier

Info = strawberry.Info[Context, None]
PAGE = 20
FIRST = arg("How many, 1 … 100; null means 20.")
AFTER = arg("The `endCursor` of the page before; absent: from the newest.")


@strawberry.type(description="A customer who became a part of another one.")
class MergedCustomer:
    """A customer who became a part of another one."""

    id: strawberry.ID = about("Its global id; `customer` and `node` still answer to it.")
    external_id: str = about("What it was called before.")


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

    @strawberry.field(
        description="Where the customer's orders of the last 365 days stand among the tiers; null:"
        " the merchant has none, and sets `tier` by hand."
    )
    async def tier_standing(self, info: Info) -> CustomerTier | None:
        """Count the days of the year, as of now."""
        context = info.context
        found = await self.loaded.standing(
            context.runtime, context.years, self.merchant_id, self.known.id
        )
        return customer_tier(*found) if found else None

    @strawberry.field(description="The customer's tags, for rules.")
    async def tags(self) -> list[str]:
        """Load it with all other facts."""
        return sorted((await self._view()).tags)

    @strawberry.field(
        description="Birthday, `1990-04-23`, or `04-23` without the year; null: none is on record."
    )
    async def birthday(self) -> str | None:
        """Load it with all other facts."""
        return (await self._view()).birthday

    @strawberry.field(description="When it was made.")
    async def created_at(self) -> datetime:
        """Load it with all other facts."""
        return instant((await self._view()).created_at)

    @strawberry.field(
        description="When it was forgotten, with all that it had; null: it is not. Its history"
        " stays, without a name."
    )
    async def erased_at(self) -> datetime | None:
        """Load it with all other facts."""
        return instant_or_none((await self._view()).erased_at)

    @strawberry.field(
        description="Customers who were merged into this one; their history stays readable by"
        " their `id`."
    )
    async def merged_from(self) -> list[MergedCustomer]:
        """Read them."""
        return [
            MergedCustomer(id=strawberry.ID(to_global_id("Customer", number)), external_id=name)
            for number, name in await merged_from(self.merchant_id, self.known.id)
        ]

    @strawberry.field(
        description="The customer that this one was merged into; null: it is a customer itself."
    )
    async def merged_into(self) -> strawberry.ID | None:
        """Load it with all other facts."""
        into = (await self._view()).merged_into
        return strawberry.ID(to_global_id("Customer", into)) if into else None

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
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
        wallet: Annotated[Wallet | None, arg("Which account; null means COINS.")] = Wallet.COINS,
    ) -> connections.LedgerEntryConnection:
        """One page, by keyset."""
        size, key = _size(first), connections.key_of(after)
        page = await ledger_entries(self.merchant_id, self.known.id, _account(wallet), size, key)
        used = {e.redemption_id for e in page.items if e.redemption_id is not None}
        carts = await carts_of(self.merchant_id, self.known.id, used)
        edges = [connections.entry_edge(e, carts.get(e.redemption_id or 0)) for e in page.items]
        ends = connections.page_info([e.cursor for e in edges], more=page.more, after=after)
        return connections.LedgerEntryConnection(edges=edges, page_info=ends)

    @strawberry.field(
        description="What the customer's points came in as, and where they are now: lots with"
        " points to move, in the order in which they are spent. Admin key, staff."
    )
    async def lots(
        self,
        info: Info,
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
        wallet: Annotated[Wallet | None, arg("Which account; null means COINS.")] = Wallet.COINS,
        used_up: Annotated[
            bool | None, arg("Instead those of which nothing is left, newest first.")
        ] = False,
    ) -> LotConnection:
        """One page, by keyset."""
        info.context.require(Scope.READ_MERCHANT)
        size, now = _size(first), info.context.runtime.clock()
        whose = (self.merchant_id, self.known.id, _account(wallet))
        return await lots(*whose, size, after, now, used_up=bool(used_up))

    @strawberry.field(description="The customer's redemptions, newest first.")
    async def redemptions(
        self,
        info: Info,
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
    ) -> connections.RedemptionConnection:
        """One page, by keyset."""
        runtime, now = info.context.runtime, info.context.runtime.clock()
        page = await redemptions(
            self.merchant_id, self.known.id, _size(first), connections.key_of(after), now
        )
        edges = [
            connections.RedemptionEdge(
                cursor=connections.cursor(each.id),
                node=shown(
                    each,
                    await program_version(runtime.programs, each.merchant_id, each.program_version),
                    self,
                ),
            )
            for each in page.items
        ]
        ends = connections.page_info([e.cursor for e in edges], more=page.more, after=after)
        return connections.RedemptionConnection(edges=edges, page_info=ends)

    @strawberry.field(description="The customer's orders, as they were told, newest first.")
    async def loyalty_orders(
        self,
        info: Info,
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
    ) -> OrderConnection:
        """One page, by keyset."""
        merchant = await info.context.runtime.directory.merchant(self.merchant_id)
        key = connections.key_of(after)
        page = await orders(self.merchant_id, self.known.id, _size(first), key)
        edges = [
            OrderEdge(
                cursor=connections.cursor(state.id), node=order(state, merchant.currency, self)
            )
            for state in page.items
        ]
        ends = connections.page_info([e.cursor for e in edges], more=page.more, after=after)
        return OrderConnection(edges=edges, page_info=ends)

    def another(self, number: int) -> Customer:
        """The same merchant's customer of that number."""
        return customer(self.merchant_id, Known(number))

    async def _view(self) -> CustomerView:
        return await self.loaded.facts(self.merchant_id, self.known.id)

    def _balances(self, info: Info) -> Awaitable[tuple[Balance, Balance, Program]]:
        return self.loaded.balances(info.context.runtime, self.merchant_id, self.known.id)


def _size(first: int | None) -> int:
    return PAGE if first is None else first


def _account(wallet: Wallet | None) -> Inside:
    return Inside.COINS if wallet is None else Inside(wallet.value)


def customer(merchant_id: int, known: Known, loaded: Loaded | None = None) -> Customer:
    """The outside form; `loaded` is what the caller has read already."""
    return Customer(
        id=strawberry.ID(to_global_id("Customer", known.id)),
        merchant_id=merchant_id,
        known=known,
        loaded=loaded or Loaded(),
    )
