"""The ledger on SQLite: one writer connection on its own thread, `BEGIN IMMEDIATE`, WAL, FULL.

A batch is one function call on the writer's thread: one hop there and one back, whatever its size.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from gateway.ledger import guests, order_loading, order_writing, people_writing, rows
from gateway.ledger.changes import Changes
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.decide import decide
from gateway.ledger.loading import Rows, Wanted, assemble, missing_programs, wanted
from gateway.ledger.programs import ProgramCache
from gateway.ledger.reads import Lookup, Snapshot, from_holder, light_snapshot, settled
from gateway.ledger.rehearsing import Rehearsal, Run, rehearse, wanted_by
from gateway.ledger.rows import Row
from gateway.ledger.searching import STANDING, search_sqlite
from gateway.ledger.state import State
from gateway.ledger.store_trouble import StoreUnavailable
from gateway.ledger.writing import RECORDS, TARGETS, Target, on_conflict

T = TypeVar("T")


def _select(columns: Sequence[str], table: str, where: str) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - fixed names


def _insert(target: Target) -> str:
    marks = ", ".join("?" * len(target.columns))
    names = ", ".join(target.columns)
    return f"INSERT INTO {target.table} ({names}) VALUES ({marks}){on_conflict(target)}"  # noqa: S608 - fixed names


_OF_CUSTOMER = "merchant_id = ? AND customer_id = ?"
ACCOUNTS = _select(rows.ACCOUNT, "account", _OF_CUSTOMER)
OPEN_ACCOUNT = (
    "INSERT INTO account (merchant_id, customer_id, wallet, available, held, pending, debt,"
    " sequence, clock, next_due_at, expiry_at, expiry_points)"
    " SELECT merchant_id, id, 'COINS', 0, 0, 0, 0, 0, 0, NULL, NULL, 0 FROM customer"
    " WHERE merchant_id = ? AND id = ? ON CONFLICT DO NOTHING"
)
CUSTOMER = _select(rows.PERSON, "customer", "merchant_id = ? AND id = ?")
LOTS = _select(rows.LOT, "lot", f"{_OF_CUSTOMER} AND open")
HELD = _select(rows.REDEMPTION, "redemption", f"{_OF_CUSTOMER} AND status = 'HELD'")
NAMED = _select(rows.REDEMPTION, "redemption", f"{_OF_CUSTOMER} AND id = ?")
ORDERED = _select(rows.REDEMPTION, "redemption", f"{_OF_CUSTOMER} AND order_id = ? AND {STANDING}")
ALLOCATIONS = _select(rows.ALLOCATION, "redemption_lot", f"{_OF_CUSTOMER} AND redemption_id = ?")
HELD_FOR_CART = (
    f"SELECT {', '.join('x.' + name for name in rows.ALLOCATION)} FROM redemption r"  # noqa: S608 - fixed names
    " JOIN redemption_lot x ON x.merchant_id = r.merchant_id"
    " AND x.customer_id = r.customer_id AND x.redemption_id = r.id"
    " WHERE r.merchant_id = ? AND r.customer_id = ? AND r.cart_id = ? AND r.status = 'HELD'"
)
RECORD = _select(rows.RECORD, "idempotency", "merchant_id = ? AND caller = ? AND key = ?")
VERSION = "SELECT id, program_version FROM merchant WHERE id = ?"
DUE = (
    "SELECT merchant_id, customer_id FROM account WHERE next_due_at IS NOT NULL"
    " AND next_due_at <= ? ORDER BY next_due_at LIMIT ?"
)
PURGE_RECORDS = """
    DELETE FROM idempotency WHERE (merchant_id, caller, key) IN (
        SELECT merchant_id, caller, key FROM idempotency
        WHERE at < ? AND caller <> 'import' ORDER BY at LIMIT ?)
"""
PURGE_EVENTS = """
    DELETE FROM outbox WHERE (merchant_id, customer_id, position, number) IN (
        SELECT merchant_id, customer_id, position, number FROM outbox
        WHERE delivered_at IS NOT NULL AND at < ? ORDER BY at LIMIT ?)
"""
PROGRAM = "SELECT body FROM program WHERE merchant_id = ? AND version = ?"
_FOUND = ("id", "external_id", "tier", "tags")
BY_EXTERNAL_ID = _select(_FOUND, "customer", "merchant_id = ? AND external_id = ?")
BY_ID = _select(_FOUND, "customer", "merchant_id = ? AND id = ?")
WRITES = [(target, _insert(target)) for target in (*TARGETS, RECORDS)]


def connect(path: Path | str, busy_timeout_ms: int) -> sqlite3.Connection:
    """A connection with the ledger's settings: durable commits, no implicit transactions."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (
        f"busy_timeout = {busy_timeout_ms}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class SqliteStore:
    """See gateway.ledger.store.Store. One file, one writer; readers never wait for it."""

    lanes = 1

    def __init__(self, path: Path | str, cache: ProgramCache, busy_timeout_ms: int = 5_000) -> None:
        """Nothing is opened before `start`."""
        self._path = path
        self._busy_timeout_ms = busy_timeout_ms
        self._cache = cache
        self._writing = ThreadPoolExecutor(1, "ledger-write")
        self._reading = ThreadPoolExecutor(1, "ledger-read")

    async def start(self) -> None:
        """Open the writer's and the reader's connection, each on its own thread."""
        loop = asyncio.get_running_loop()
        self._writer = await loop.run_in_executor(self._writing, self._connect)
        self._reader = await loop.run_in_executor(self._reading, self._connect)

    async def stop(self) -> None:
        """Close both connections after what is running."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writing, self._writer.close)
        await loop.run_in_executor(self._reading, self._reader.close)
        self._writing.shutdown()
        self._reading.shutdown()

    def _connect(self) -> sqlite3.Connection:
        return connect(self._path, self._busy_timeout_ms)

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """One batch, one transaction, durable when this returns."""
        return await self._hop(self._writing, lambda: self._run(commands, now))

    async def read(self, lookups: Sequence[Lookup], now: int) -> list[Snapshot | None]:
        """Read the customers in one read transaction."""
        return await self._hop(self._reading, lambda: self._read(lookups, now))

    async def rehearse(self, runs: Sequence[Run], now: int) -> list[Rehearsal]:
        """Decide in one read transaction, in memory."""
        return await self._hop(self._reading, lambda: self._rehearse(runs, now))

    async def due(self, now: int, limit: int) -> list[tuple[int, int]]:
        """Merchant and customer of those for whom the clock has made something due."""
        asked = (now, limit)
        return await self.look(lambda db: db.execute(DUE, asked).fetchall())

    async def purge(self, before: int, limit: int) -> int:
        """Forget the oldest records and events from before that time, at most `limit` of each."""
        return await self.write(lambda db: _purge(db, before, limit))

    async def ping(self) -> None:
        """Ask the reader for nothing in particular."""
        await self.look(lambda db: db.execute("SELECT 1").fetchone())

    async def look(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have the reader do this."""
        return await self._hop(self._reading, lambda: work(self._reader))

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have the writer do this in one transaction, after the batch that is running."""
        return await self._hop(self._writing, lambda: _transaction(self._writer, work))

    async def _hop(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work)
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(str(error)) from error

    def _run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        db = self._writer
        keys = wanted(commands)
        db.execute("BEGIN IMMEDIATE")
        try:
            for holder in keys.holders:
                db.execute(OPEN_ACCOUNT, holder)
            outcomes, changes = decide(self._loaded(db, keys, now), commands, now)
            _write(db, changes)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return outcomes

    def _rehearse(self, runs: Sequence[Run], now: int) -> list[Rehearsal]:
        db = self._reader
        db.execute("BEGIN")
        try:
            return rehearse(self._loaded(db, wanted_by(runs), now), runs, now)
        finally:
            db.execute("ROLLBACK")

    def _loaded(self, db: sqlite3.Connection, keys: Wanted, now: int) -> State:
        """All that the keys name, and what must be found before it can be named."""
        if keys.searching:
            keys = keys.found(search_sqlite(db, keys, now))
        found = order_loading.find_sqlite(db, keys, now) if keys.ordering else None
        state = self._load(db, found.keys(keys) if found else keys)
        guests.attach_sqlite(db, keys, state)
        if found is not None:
            found.attach(keys, state)
        return state

    def _load(self, db: sqlite3.Connection, keys: Wanted) -> State:
        state = assemble(keys, load_rows(db, keys))
        missing = missing_programs(state, self._cache)
        programs = dict(state.programs)
        for key in missing:
            programs[key] = self._cache.add(db.execute(PROGRAM, key).fetchone()[0])
        state.programs = programs
        return state

    def _read(self, lookups: Sequence[Lookup], now: int) -> list[Snapshot | None]:
        db = self._reader
        db.execute("BEGIN")
        try:
            versions = {m: db.execute(VERSION, (m,)).fetchone()[1] for m in _merchants(lookups)}
            return [self._snapshot(db, lookup, versions, now) for lookup in lookups]
        finally:
            db.execute("ROLLBACK")

    def _snapshot(
        self, db: sqlite3.Connection, lookup: Lookup, versions: dict[int, int], now: int
    ) -> Snapshot | None:
        row = _find(db, lookup)
        if row is None:
            return None
        holder = (lookup.merchant_id, row[0])
        key = (lookup.merchant_id, versions[lookup.merchant_id])
        program = self._cache.get(key) or self._cache.add(db.execute(PROGRAM, key).fetchone()[0])
        accounts = [rows.account(a) for a in db.execute(ACCOUNTS, holder)]
        held = [rows.allocation(a) for a in db.execute(HELD_FOR_CART, (*holder, lookup.cart_id))]
        light = light_snapshot(lookup, row, accounts, held, program, now)
        if light is not None:
            return light
        state = self._load(db, Wanted([holder], [], [], [lookup.merchant_id]))
        return from_holder(
            settled(state.holders[holder], state, now), row[1], lookup.cart_id, program, now
        )


def _transaction(db: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    db.execute("BEGIN IMMEDIATE")
    try:
        done = work(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return done


def _purge(db: sqlite3.Connection, before: int, limit: int) -> int:
    gone = db.execute(PURGE_RECORDS, (before, limit)).rowcount
    return gone + db.execute(PURGE_EVENTS, (before, limit)).rowcount


def _merchants(lookups: Sequence[Lookup]) -> set[int]:
    return {lookup.merchant_id for lookup in lookups}


def _find(db: sqlite3.Connection, lookup: Lookup) -> Row | None:
    if lookup.customer_id is not None:
        return db.execute(BY_ID, (lookup.merchant_id, lookup.customer_id)).fetchone()
    return db.execute(BY_EXTERNAL_ID, (lookup.merchant_id, lookup.external_id)).fetchone()


def load_rows(db: sqlite3.Connection, keys: Wanted) -> Rows:
    """Everything that the keys name, by primary key or partial index; nothing is scanned."""
    redemptions = _each(db, HELD, keys.holders)
    seen = {tuple(row[:3]) for row in redemptions}
    redemptions += _each(db, NAMED, [key for key in keys.redemptions if key not in seen])
    seen = {tuple(row[:3]) for row in redemptions}
    redemptions += [row for row in _each(db, ORDERED, keys.orders) if tuple(row[:3]) not in seen]
    return Rows(
        accounts=_each(db, ACCOUNTS, keys.holders),
        customers=_each(db, CUSTOMER, keys.holders),
        lots=_each(db, LOTS, keys.holders),
        redemptions=redemptions,
        allocations=_each(db, ALLOCATIONS, [row[:3] for row in redemptions]),
        records=_each(db, RECORD, keys.records),
        versions=_each(db, VERSION, [(merchant,) for merchant in keys.merchants]),
    )


def _each(db: sqlite3.Connection, sql: str, keys: Iterable[Any]) -> list[Row]:
    found: list[Row] = []
    for key in keys:
        found.extend(db.execute(sql, key))
    return found


def _write(db: sqlite3.Connection, changes: Changes) -> None:
    for target, sql in WRITES:
        written = target.rows(changes)
        if written:
            db.executemany(sql, written)
    order_writing.write_sqlite(db, changes)
    people_writing.write_sqlite(db, changes)
