"""A bulk import on SQLite: its own connection, on a thread of its own.

The file is staged outside of the main database. From `begin` on, when writing, it is one
`BEGIN IMMEDIATE` transaction: other writers wait for its end, as long as their busy timeout lasts.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import TypeVar

from gateway.ledger import bulk_sql
from gateway.ledger.bulk_row import BulkRow
from gateway.ledger.changes import Changes
from gateway.ledger.loading import Wanted, assemble
from gateway.ledger.rows import Row
from gateway.ledger.sqlite import WRITES, connect, load_rows
from gateway.ledger.state import Holder, HolderKey
from gateway.ledger.store_trouble import BatchConflict, StoreUnavailable
from models.migrate import sqlite_path

T = TypeVar("T")

BUSY_TIMEOUT_MS = 60_000
"""How long to wait for another writer."""

# Indexes of phones and e-mails grow in random places: their pages should stay in memory.
CACHES = ("temp_store = FILE", "cache_size = -61440", "temp.cache_size = -6144")

TOGETHER = 100
"""Rows staged with one statement: each one costs more than a row in it."""

_MARKS = f"({', '.join('?' * len(bulk_sql.STAGED))})"


def _stage(count: int) -> str:
    return f"INSERT INTO import_row VALUES {', '.join([_MARKS] * count)}"  # noqa: S608 - fixed names


class SqliteBulk:
    """See gateway.ledger.bulk_session.BulkSession."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened before `start`."""
        self._path = path
        self._thread = ThreadPoolExecutor(1, "ledger-bulk")

    async def start(self) -> None:
        """Open the connection, with empty staging tables."""
        self._db = await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    async def stop(self) -> None:
        """Close it; what did not commit is rolled back."""
        self._db.interrupt()  # after a cancelled call the thread may still be at work
        await asyncio.get_running_loop().run_in_executor(self._thread, self._db.close)
        self._thread.shutdown()

    def _open(self) -> sqlite3.Connection:
        db = connect(self._path, BUSY_TIMEOUT_MS)
        for pragma in CACHES:
            db.execute(f"PRAGMA {pragma}")
        for table in bulk_sql.TABLES:
            db.execute(table)
        return db

    async def _hop(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(str(error)) from error
        except sqlite3.IntegrityError as error:
            raise BatchConflict(str(error)) from error

    async def stage(self, rows: Sequence[BulkRow]) -> None:
        """Add rows to the staging table."""
        await self._hop(lambda: self._stage(rows))

    def _stage(self, rows: Sequence[BulkRow]) -> None:
        # Deferred: the temporary database has a lock of its own.
        self._db.execute("BEGIN")
        for first in range(0, len(rows), TOGETHER):
            part = rows[first : first + TOGETHER]
            self._db.execute(_stage(len(part)), list(chain.from_iterable(part)))
        self._db.execute("COMMIT")

    async def staged(self) -> None:
        """Make looking the staged rows up fast."""
        for index in bulk_sql.INDEXES:
            await self.execute(index)

    async def begin(self, merchant_id: int, *, writing: bool) -> None:
        """Begin; to write locks the file, so whose import it is does not matter."""
        await self.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    async def commit(self) -> None:
        """Make it durable."""
        await self.execute("COMMIT")

    async def rollback(self) -> None:
        """Drop what it did."""
        if self._db.in_transaction:
            await self.execute("ROLLBACK")

    async def fetch(self, sql: str, *values: int | str) -> Sequence[Row]:
        """The rows of a query."""
        return await self._hop(lambda: self._db.execute(sql, _named(values)).fetchall())

    async def execute(self, sql: str, *values: int | str) -> None:
        """Run a statement that answers nothing."""
        await self._hop(lambda: self._db.execute(sql, _named(values)))

    async def load(self, keys: list[HolderKey]) -> dict[HolderKey, Holder]:
        """Load these customers; the whole file is locked already."""
        wanted = Wanted(keys, [], [], [])
        return await self._hop(lambda: assemble(wanted, load_rows(self._db, wanted)).holders)

    async def write(self, changes: Changes) -> None:
        """Write what changed."""
        await self._hop(lambda: self._write(changes))

    def _write(self, changes: Changes) -> None:
        for target, sql in WRITES:
            written = target.rows(changes)
            if written:
                self._db.executemany(sql, written)


def _named(values: tuple[int | str, ...]) -> dict[str, int | str]:
    """SQLite takes `$1` for a parameter of that name."""
    return {str(number): value for number, value in enumerate(values, 1)}


@asynccontextmanager
async def sqlite_bulk(url: str) -> AsyncGenerator[SqliteBulk]:
    """A session on the file of that address."""
    session = SqliteBulk(sqlite_path(url))
    await session.start()
    try:
        yield session
    finally:
        await session.stop()
