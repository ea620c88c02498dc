"""A bulk import on PostgreSQL: COPY into the staging table, and then all within the server.

Accounts are locked as the ledger locks them, FOR NO KEY UPDATE and in key order, a chunk at a time;
the locks last to the end of the import, so commands of these customers wait for it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import asyncpg
import orjson

from gateway.ledger import bulk_sql, postgres_sql
from gateway.ledger.bulk_row import BulkRow
from gateway.ledger.changes import Changes
from gateway.ledger.loading import Rows, Wanted, assemble
from gateway.ledger.postgres import CLASHES, OUTAGES, SETTINGS
from gateway.ledger.postgres_arguments import columns, load_arguments
from gateway.ledger.rows import Row
from gateway.ledger.state import Holder, HolderKey
from gateway.ledger.store_trouble import BatchConflict, StoreUnavailable
from gateway.ledger.writing import RECORDS, TARGETS

Connection = Any  # asyncpg's connection class is a C extension without usable types

CONNECT_SECONDS = 10
OWN_SETTINGS = {
    "application_name": "loyalty-import",
    "lock_timeout": "30000",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "work_mem": "65536",
    "jit": "off",
}
IMPORT_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('loyalty-import', $1))"

# Loading and writing by key is planned as on the ledger's own connections.
_BY_KEY = tuple(
    f"SET LOCAL {name} = {SETTINGS[name]}"
    for name in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
)
_LOAD = postgres_sql.load()
_WRITE = postgres_sql.write()


class PostgresBulk:
    """See gateway.ledger.bulk_session.BulkSession."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection, which nobody else uses."""
        self._db = connection
        self._by_key = False

    async def stage(self, rows: Sequence[BulkRow]) -> None:
        """Copy rows into the staging table."""
        with _translated():
            await self._db.copy_records_to_table(
                "import_row", columns=bulk_sql.STAGED, records=rows
            )

    async def staged(self) -> None:
        """Make looking the staged rows up fast."""
        for statement in (*bulk_sql.INDEXES, "ANALYZE import_row"):
            await self.execute(statement)

    async def begin(self, merchant_id: int, *, writing: bool) -> None:
        """Begin; imports of one merchant that write go one after another."""
        await self.execute("BEGIN")
        self._by_key = False
        if writing:
            await self.execute(IMPORT_LOCK, merchant_id)

    async def commit(self) -> None:
        """Make it durable."""
        await self.execute("COMMIT")

    async def rollback(self) -> None:
        """Drop what it did."""
        if not self._db.is_closed() and self._db.is_in_transaction():
            await self.execute("ROLLBACK")

    async def fetch(self, sql: str, *values: int | str) -> Sequence[Row]:
        """The rows of a query."""
        with _translated():
            return await self._db.fetch(sql, *values)

    async def execute(self, sql: str, *values: int | str) -> None:
        """Run a statement that answers nothing."""
        with _translated():
            await self._db.execute(sql, *values)

    async def load(self, keys: list[HolderKey]) -> dict[HolderKey, Holder]:
        """Lock and load these customers; accounts that lack are opened before."""
        if not self._by_key:
            for setting in _BY_KEY:
                await self.execute(setting)
            self._by_key = True
        holders = columns(keys, 2)
        wanted = Wanted(keys, [], [], [])
        with _translated():
            await self._db.execute(postgres_sql.OPEN_ACCOUNTS, *holders)
            await self._db.fetch(postgres_sql.LOCK, *holders)
            # A statement of its own: it sees what the earlier holder of a lock committed.
            row = await self._db.fetchrow(_LOAD, *load_arguments(wanted))
        loaded = Rows(*(orjson.loads(column) for column in row))
        return assemble(wanted, loaded).holders

    async def write(self, changes: Changes) -> None:
        """Write what changed."""
        arguments: list[list[Any]] = []
        for target in (*TARGETS, RECORDS):
            arguments.extend(columns(target.rows(changes), len(target.columns)))
        with _translated():
            await self._db.execute(_WRITE, *arguments)


@contextmanager
def _translated() -> Generator[None]:
    """Say in the store's words how a statement failed."""
    try:
        yield
    except OUTAGES as error:
        if isinstance(error, ValueError):
            raise  # a value that cannot be sent: no fault of the connection
        raise StoreUnavailable(type(error).__name__) from error
    except (*CLASHES, asyncpg.LockNotAvailableError, asyncpg.UniqueViolationError) as error:
        raise BatchConflict(type(error).__name__) from error


@asynccontextmanager
async def postgres_bulk(url: str) -> AsyncGenerator[PostgresBulk]:
    """A session on a connection of its own; closing it rolls back what did not commit."""
    driver = cast("Any", asyncpg)  # its types are partial
    with _translated():
        connection = await driver.connect(
            url, timeout=CONNECT_SECONDS, server_settings=OWN_SETTINGS
        )
    try:
        session = PostgresBulk(connection)
        for table in bulk_sql.TABLES:
            await session.execute(table)
        yield session
    finally:
        await connection.close(timeout=CONNECT_SECONDS)
