"""A merchant with a program and customers in a real database, and a ledger in front of it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import asyncpg

from gateway.errors import Code
from gateway.ledger.commands import (
    Apply,
    Capture,
    Command,
    Grant,
    IdempotencyKey,
    Outcome,
    Perform,
    Refund,
    Release,
    Revert,
    Settle,
    Wallet,
    Withdraw,
)
from gateway.ledger.lanes import Ledger
from gateway.ledger.postgres import PostgresStore
from gateway.ledger.programs import ProgramCache, encode
from gateway.ledger.reads import Lookup, Snapshot
from gateway.ledger.rehearsing import Rehearsal, Run
from gateway.ledger.report import Report
from gateway.ledger.sqlite import SqliteStore
from gateway.ledger.store import Store
from gateway.ledger.verify import verify
from gateway.rules.facts import Cart
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Program, Rule, RuleKind
from models.migrate import sqlite_path

START = 1_700_000_000_000_000
SECOND = 1_000_000
DAY = 86_400 * SECOND
MERCHANT, RULE = 1, 5
CUSTOMERS = 50
SWEEP_SECONDS = 30

PROGRAM = Program(
    merchant_id=MERCHANT,
    version=1,
    currency="INR",
    minimum_payment=MinimumPayment(MinimumPaymentKind.PERCENT, 2_000),
    rules=(
        Rule(
            id=RULE,
            version=1,
            name="One point, one rupee",
            kind=RuleKind.VARIABLE_AMOUNT,
            points=1,
            discount_minor=100,
            maximum_discount_minor=10_000,
        ),
    ),
)


class Watched:
    """The store itself, with a note of each batch and of what went wrong."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.lanes = store.lanes
        self.batches: list[int] = []
        self.troubles: list[str] = []
        self.purged: list[int] = []

    async def start(self) -> None:
        await self._store.start()

    async def stop(self) -> None:
        await self._store.stop()

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        self.batches.append(len(commands))
        try:
            return await self._store.run(commands, now)
        except Exception as trouble:
            self.troubles.append(type(trouble).__name__)
            raise

    async def read(self, lookups: Sequence[Lookup], now: int) -> list[Snapshot | None]:
        return await self._store.read(lookups, now)

    async def rehearse(self, runs: Sequence[Run], now: int) -> list[Rehearsal]:
        return await self._store.rehearse(runs, now)

    async def due(self, now: int, limit: int) -> list[tuple[int, int]]:
        return await self._store.due(now, limit)

    async def purge(self, before: int, limit: int) -> int:
        self.purged.append(await self._store.purge(before, limit))
        return self.purged[-1]

    async def ping(self) -> None:
        await self._store.ping()


class Shop:
    """Commands in the words of the contract, for one merchant; `now` is the clock's."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite:")
        self.now = START
        self.broken = False
        """Whether the test broke the ledger on purpose, so that it must not be found whole."""
        self.numbers = count(1_000)
        self._ledgers: list[tuple[Ledger, Watched]] = []

    async def open(self) -> None:
        self.desk = await self.connect()
        merchant = (MERCHANT, "Shop", "INR", "en", "UTC", 1, START)
        await self.sql("INSERT INTO merchant VALUES ($1, $2, $3, $4, $5, $6, $7)", *merchant)
        await self.publish(PROGRAM)
        await self.add_customers(range(1, CUSTOMERS + 1))
        self.ledger, self.store = await self.another_ledger()

    async def close(self) -> None:
        await self.close_ledgers()
        await hang_up(self.desk)

    async def close_ledgers(self) -> None:
        while self._ledgers:
            ledger, store = self._ledgers.pop()
            await ledger.drain()
            await store.stop()

    async def another_ledger(self, url: str = "", **options: Any) -> tuple[Ledger, Watched]:
        """One more process's worth of ledger on the same database."""
        address = url or self.url
        store = Watched(
            SqliteStore(sqlite_path(address), ProgramCache())
            if self.sqlite
            else PostgresStore(address, ProgramCache())
        )
        await store.start()
        self._ledgers.append((Ledger(store, lambda: self.now, **options), store))
        return self._ledgers[-1]

    async def renew(self) -> None:
        """Connect anew after the server was away."""
        self.desk = await self.connect()

    async def add_customers(self, ids: Sequence[int]) -> None:
        await self.sql_many(
            "INSERT INTO customer (merchant_id, id, external_id, tags, created_at, updated_at)"
            " VALUES ($1, $2, $3, '[]', $4, $4)",
            [(MERCHANT, number, f"customer-{number}", START) for number in ids],
        )

    async def publish(self, program: Program) -> None:
        """Make it the merchant's current version."""
        row = (MERCHANT, program.version, encode(program), self.now)
        await self.sql("INSERT INTO program VALUES ($1, $2, $3, $4)", *row)
        await self.make_current(program.version)

    async def make_current(self, version: int) -> None:
        await self.sql("UPDATE merchant SET program_version = $1", version)

    async def change_rule(self, version: int, **values: Any) -> None:
        """Publish the program with its rule edited."""
        rule = replace(PROGRAM.rules[0], version=version, **values)
        await self.publish(replace(PROGRAM, version=version, rules=(rule,)))

    # The database behind the ledger's back

    async def sql(self, statement: str, *values: Any) -> list[Any]:
        """Run one statement and give the rows it answers."""
        if isinstance(self.desk, sqlite3.Connection):
            return self.desk.execute(_numbered(statement), values).fetchall()
        return [tuple(row) for row in await self.desk.fetch(statement, *values)]

    async def sql_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        if isinstance(self.desk, sqlite3.Connection):
            self.desk.execute("BEGIN")
            self.desk.executemany(_numbered(statement), rows)
            self.desk.execute("COMMIT")
        else:
            await self.desk.executemany(statement, rows)

    async def connect(self) -> Any:
        if self.sqlite:
            return sqlite3.connect(
                sqlite_path(self.url), isolation_level=None, timeout=30, check_same_thread=False
            )
        return await asyncpg.connect(self.url)

    @asynccontextmanager
    async def blocked(self) -> AsyncGenerator[None]:
        """Hold the accounts (on SQLite: the database), as another process's transaction does."""
        connection = await self.connect()
        if isinstance(connection, sqlite3.Connection):
            connection.execute("BEGIN IMMEDIATE")
        else:
            await connection.execute("BEGIN; SELECT 1 FROM account FOR UPDATE")
        try:
            yield
        finally:
            await hang_up(connection)

    async def verified(self, sweep_seconds: int = SWEEP_SECONDS) -> Report:
        return await verify(self.url, now=self.now, sweep_seconds=sweep_seconds)

    async def balance(self, customer: int = 1) -> tuple[int, int, int, int]:
        """Available, held, pending and debt in coins, as a screen would show them now."""
        snapshot = await self.ledger.read(Lookup(merchant_id=MERCHANT, customer_id=customer))
        assert snapshot is not None
        coins = snapshot.coins
        return coins.available, coins.held, coins.pending, coins.debt

    async def status(self, redemption_id: int) -> tuple[str, str | None]:
        """Status and close reason as stored."""
        found = await self.sql(
            "SELECT status, close_reason FROM redemption WHERE id = $1", redemption_id
        )
        return tuple(found[0])

    # Commands, each with a key and an id of its own

    async def do(self, command: Command) -> Outcome:
        async with asyncio.timeout(60):
            return await self.ledger.submit(command)

    def common(self, customer: int, key: str | None) -> dict[str, Any]:
        name = key or f"key-{next(self.numbers)}"
        identity = IdempotencyKey("backend", name, "hash")
        return {"merchant_id": MERCHANT, "customer_id": customer, "key": identity}

    def grant(
        self,
        points: int,
        customer: int = 1,
        *,
        wallet: Wallet = Wallet.COINS,
        key: str | None = None,
        **more: Any,
    ) -> Grant:
        common = self.common(customer, key)
        return Grant(points=points, wallet=wallet, reason="order", **common, **more)

    def withdraw(self, points: int, customer: int = 1, *, key: str | None = None) -> Withdraw:
        common = self.common(customer, key)
        return Withdraw(points=points, wallet=Wallet.COINS, reason="returned", **common)

    def apply(
        self,
        points: int | None = None,
        customer: int = 1,
        *,
        cart: str = "cart",
        total: int = 50_000,
        key: str | None = None,
        **more: Any,
    ) -> Apply:
        common = self.common(customer, key)
        common |= {"redemption_id": next(self.numbers), "requested": points, **more}
        return Apply(cart=Cart(cart, total), **common)

    def capture(
        self,
        redemption_id: int,
        customer: int = 1,
        *,
        total: int = 50_000,
        points: int | None = None,
        key: str | None = None,
        order: str | None = None,
    ) -> Capture:
        return Capture(
            redemption_id=redemption_id,
            order_id=order or f"order-{redemption_id}",
            order_total_minor=total,
            points=points,
            **self.common(customer, key),
        )

    def release(self, redemption_id: int, customer: int = 1, key: str | None = None) -> Release:
        return Release(redemption_id=redemption_id, **self.common(customer, key))

    def refund(self, redemption_id: int, customer: int = 1, *, points: int | None = None) -> Refund:
        return Refund(redemption_id=redemption_id, points=points, **self.common(customer, None))

    def perform(
        self,
        customer: int = 1,
        *,
        order: str | None = None,
        total: int = 50_000,
        **more: Any,
    ) -> Perform:
        cart, number = Cart(order or f"of-{total}", total), next(self.numbers)
        common = self.common(customer, None) | more
        return Perform(redemption_id=number, cart=cart, order_id=order, **common)

    def revert(self, customer: int = 1, *, order: str | None = None) -> Revert:
        return Revert(order_id=order, **self.common(customer, None))

    def settle(self, customer: int = 1) -> Settle:
        return Settle(merchant_id=MERCHANT, customer_id=customer)

    async def held(self, points: int, customer: int = 1, **more: Any) -> int:
        """Apply, which must succeed; the redemption's id."""
        outcome = await self.do(self.apply(points, customer, **more))
        assert outcome.redemption is not None, outcome.refusal
        return outcome.redemption.id

    async def captured(self, points: int, customer: int = 1, **more: Any) -> int:
        """Apply and capture, which must succeed; the redemption's id."""
        redemption = await self.held(points, customer, **more)
        done(await self.do(self.capture(redemption, customer)))
        return redemption


async def hang_up(connection: Any) -> None:
    """Close a connection of either engine, which rolls back what it had begun."""
    if isinstance(connection, sqlite3.Connection):
        connection.close()
    else:
        await connection.close()


def done(outcome: Outcome) -> Outcome:
    """The outcome, which must not be a refusal."""
    assert outcome.refusal is None, outcome.refusal
    return outcome


def refused(outcome: Outcome) -> Code:
    """The code of the outcome, which must be a refusal."""
    assert outcome.refusal is not None
    assert outcome.redemption is None
    return outcome.refusal.code


def codes(outcomes: list[Outcome]) -> Counter[str]:
    return Counter("ok" if o.refusal is None else o.refusal.code.value for o in outcomes)


def same(first: Outcome, second: Outcome) -> bool:
    """Whether two answers tell the same story, replayed or not."""
    return replace(first, replayed=False) == replace(second, replayed=False)


async def until(condition: Any) -> None:
    """Let other tasks work until the condition holds; fail when it does not come."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - most of the conditions are the database's
            await asyncio.sleep(0.002)


def _numbered(statement: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", statement)
