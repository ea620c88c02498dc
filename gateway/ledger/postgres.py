"""The ledger on PostgreSQL: lock in key order, load in a fresh snapshot, decide, write sets.

READ COMMITTED is enough because every statement after the lock sees what the earlier holder of the
lock committed. Two writer connections: more gained nothing where it was measured.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson

from gateway.ledger import guests, order_loading, order_writing, people_writing, postgres_sql, rows
from gateway.ledger.changes import Changes
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.decide import decide
from gateway.ledger.loading import Rows, Wanted, assemble, missing_programs, wanted
from gateway.ledger.order_loading import OrderRows, order_arguments
from gateway.ledger.postgres_arguments import columns, load_arguments
from gateway.ledger.postgres_locking import PATIENT_MS, Locks
from gateway.ledger.programs import ProgramCache
from gateway.ledger.reads import Lookup, Snapshot, from_holder, light_snapshot, settled
from gateway.ledger.rehearsing import Rehearsal, Run, rehearse, wanted_by
from gateway.ledger.searching import POSTGRES, search_arguments
from gateway.ledger.state import State
from gateway.ledger.store_trouble import (
    AccountsLocked,
    BatchConflict,
    CommitUnknown,
    StoreUnavailable,
)
from gateway.ledger.writing import RECORDS, TARGETS

Connection = Any  # asyncpg's connection class is a C extension without usable types

# Every ledger statement looks rows up by key. A plan made while a table was empty would scan it
# for good, so plans that scan, hash or merge are ruled out on these connections.
SETTINGS = {
    "application_name": "loyalty-ledger",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "lock_timeout": str(PATIENT_MS),
    "idle_in_transaction_session_timeout": "15000",
}
ORDER_TAKEN = "customer_order_by_id"
"""What two customers' transactions for one order break: their locks do not keep them apart."""
CLASHES = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
OUTAGES = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,  # a full disk, too many connections
    asyncpg.ReadOnlySQLTransactionError,  # it has become a standby
)


class PostgresStore:
    """See gateway.ledger.store.Store."""

    def __init__(
        self, url: str, cache: ProgramCache, *, lanes: int = 2, timeout_seconds: int = 10
    ) -> None:
        """Nothing is opened before `start`."""
        self.lanes = lanes
        self._url = url
        self._cache = cache
        self._timeout = timeout_seconds
        self._free: asyncio.Queue[Connection | None] = asyncio.Queue()
        self._reader: Connection | None = None
        self._reading = asyncio.Lock()
        self._locks = Locks()
        self._load = postgres_sql.load()
        self._write = postgres_sql.write()
        self._write_orders = postgres_sql.write(order_writing.postgres)
        self._read = postgres_sql.read()

    async def start(self) -> None:
        """Open the first writer's connection, so that a wrong address shows at once."""
        self._free.put_nowait(await self._connect())
        for _ in range(1, self.lanes):
            self._free.put_nowait(None)

    async def stop(self) -> None:
        """Close what is open."""
        for _ in range(self.lanes):
            await _close(await self._free.get())
        await _close(self._reader)

    async def _connect(self) -> Connection:
        driver: Any = asyncpg
        return await driver.connect(
            self._url,
            timeout=self._timeout,
            command_timeout=self._timeout,
            server_settings=SETTINGS,
        )

    @asynccontextmanager
    async def _writer(self) -> AsyncGenerator[Connection]:
        connection = await self._free.get()
        try:
            if connection is None or connection.is_closed():
                connection = await self._connect()
            yield connection
        except asyncpg.DataError:
            raise  # a value that cannot be sent is its item's fault; asyncpg calls it interface
        except OUTAGES as error:
            connection = _discard(connection)
            raise StoreUnavailable(type(error).__name__) from error
        except StoreUnavailable:
            connection = _discard(connection)
            raise
        except asyncpg.LockNotAvailableError as error:
            self._locks.hurry()
            raise AccountsLocked from error
        except asyncpg.UniqueViolationError as error:
            if getattr(error, "constraint_name", "") != ORDER_TAKEN:
                raise
            raise BatchConflict("an order became another customer's meanwhile") from error
        except CLASHES as error:
            raise BatchConflict(type(error).__name__) from error
        except asyncio.CancelledError:
            connection = _discard(connection)
            raise
        finally:
            self._free.put_nowait(connection)

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """One batch, one transaction, durable when this returns."""
        keys = wanted(commands)
        async with self._writer() as db:
            try:
                await self._locks.take(db, keys.holders, commands)
                state = await self._loaded(db, keys, now)
                outcomes, changes = decide(state, commands, now)
                await self._save(db, changes)
                await _commit(db, outcomes)
            except CommitUnknown:
                raise  # nothing more can be said over this connection
            except BaseException:
                if not db.is_closed():
                    await db.execute("ROLLBACK")
                raise
        return outcomes

    async def rehearse(self, runs: Sequence[Run], now: int) -> list[Rehearsal]:
        """Decide in memory, on one snapshot of the rows."""
        async with (
            self._reader_open() as db,
            db.transaction(isolation="repeatable_read", readonly=True),
        ):
            state = await self._loaded(db, wanted_by(runs), now)
        return rehearse(state, runs, now)

    async def _loaded(self, db: Connection, keys: Wanted, now: int) -> State:
        """All that the keys name, and what must be found before it can be named."""
        if keys.searching:
            keys = keys.found(await db.fetch(POSTGRES, *search_arguments(keys, now)))
        found = None
        if keys.ordering:
            row = await db.fetchrow(order_loading.POSTGRES, *order_arguments(keys, now))
            found = OrderRows(*(orjson.loads(column) for column in row))
        state = await self._state(db, found.keys(keys) if found else keys)
        if found is not None:
            found.attach(keys, state)
        if orders := guests.sought(keys, state):
            guests.attach(state, await db.fetch(guests.POSTGRES, *guests.arguments(orders)))
        return state

    async def _state(self, db: Connection, keys: Wanted) -> State:
        row = await db.fetchrow(
            self._load,
            *load_arguments(keys),
        )
        state = assemble(keys, Rows(*(orjson.loads(column) for column in row)))
        missing = missing_programs(state, self._cache)
        if missing:
            programs = dict(state.programs)
            for found in await db.fetch(postgres_sql.PROGRAMS, *columns(missing, 2)):
                program = self._cache.add(found[0])
                programs[program.merchant_id, program.version] = program
            state.programs = programs
        return state

    async def _save(self, db: Connection, changes: Changes) -> None:
        arguments: list[list[Any]] = []
        for target in (*TARGETS, RECORDS):
            arguments.extend(columns(target.rows(changes), len(target.columns)))
        orders = order_writing.arguments(changes)
        if not (any(arguments) or orders):
            return
        write = self._write_orders if orders else self._write
        stored = await db.fetchval(write, *arguments, *orders)
        if stored != len(changes.records):
            raise BatchConflict("an idempotency key was taken meanwhile")
        for sql, values in people_writing.statements(changes):
            await db.execute(sql, *values)

    async def read(self, lookups: Sequence[Lookup], now: int) -> list[Snapshot | None]:
        """Read the customers in one statement; those with something due in a second one."""
        async with self._reader_open() as db:
            return await self._read_with(db, lookups, now)

    @asynccontextmanager
    async def _reader_open(self) -> AsyncGenerator[Connection]:
        """The reader's connection, for one at a time."""
        async with self._reading:
            try:
                if self._reader is None or self._reader.is_closed():
                    self._reader = await self._connect()
                yield self._reader
            except OUTAGES as error:
                self._reader = _discard(self._reader)
                raise StoreUnavailable(type(error).__name__) from error
            except asyncio.CancelledError:  # a probe that took too long
                self._reader = _discard(self._reader)
                raise

    async def due(self, now: int, limit: int) -> list[tuple[int, int]]:
        """Merchant and customer of those for whom the clock has made something due."""
        async with self._writer() as db:
            return [tuple(row) for row in await db.fetch(postgres_sql.DUE, now, limit)]

    async def purge(self, before: int, limit: int) -> int:
        """Forget the oldest records and events from before that time, at most `limit` of each."""
        async with self._writer() as db:
            return await db.fetchval(postgres_sql.PURGE, before, limit)

    async def ping(self) -> None:
        """Ask the reader for nothing in particular."""
        async with self._reader_open() as db:
            await db.fetchval("SELECT 1")

    async def _read_with(
        self, db: Connection, lookups: Sequence[Lookup], now: int
    ) -> list[Snapshot | None]:
        found = await db.fetch(
            self._read,
            [k.merchant_id for k in lookups],
            [k.external_id for k in lookups],
            [k.customer_id for k in lookups],
            [k.cart_id for k in lookups],
        )
        answers: list[Snapshot | None] = [None] * len(lookups)
        slow: list[tuple[int, Any]] = []
        for row in found:
            place: int = row[0] - 1
            lookup = lookups[place]
            program = self._cache.get((lookup.merchant_id, row[1]))
            accounts = [rows.account(a) for a in orjson.loads(row[6] or "[]")]
            held = [rows.allocation(a) for a in orjson.loads(row[7] or "[]")]
            customer = tuple(row)[2:6]
            answer = program and light_snapshot(lookup, customer, accounts, held, program, now)
            if answer is None:
                slow.append((place, row))
            else:
                answers[place] = answer
        if slow:
            await self._settle(db, lookups, slow, answers, now)
        return answers

    async def _settle(
        self,
        db: Connection,
        lookups: Sequence[Lookup],
        slow: Sequence[tuple[int, Any]],
        answers: list[Snapshot | None],
        now: int,
    ) -> None:
        """Answer the lookups for which the clock has made something due, from all their rows."""
        holders = {(lookups[i].merchant_id, row[2]) for i, row in slow}
        merchants = {merchant for merchant, _ in holders}
        state = await self._state(db, Wanted(sorted(holders), [], [], sorted(merchants)))
        for i, row in slow:
            lookup = lookups[i]
            holder = settled(state.holders[lookup.merchant_id, row[2]], state, now)
            program = state.program(lookup.merchant_id)
            answers[i] = from_holder(holder, row[3], lookup.cart_id, program, now)


async def _commit(db: Connection, outcomes: list[Outcome]) -> None:
    """Commit; when its answer is lost, say what is in the transaction whose fate is unknown."""
    try:
        await db.execute("COMMIT")
    except OUTAGES as error:
        raise CommitUnknown(type(error).__name__, outcomes) from error


def _discard(connection: Connection | None) -> None:
    """Drop a connection whose state is unknown."""
    if connection is not None and not connection.is_closed():
        connection.terminate()


async def _close(connection: Connection | None) -> None:
    if connection is not None and not connection.is_closed():
        await connection.close()
