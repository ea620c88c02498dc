"""Proof that the ledger is whole: every invariant, and the journal replayed, in one snapshot.

It only reads, through a connection of its own, and may run while the gateway works: what it sees
is one moment. PostgreSQL: REPEATABLE READ, READ ONLY; SQLite: one read transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
from bisect import bisect_right
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any, Protocol, cast

import asyncpg

from gateway.ledger import replay
from gateway.ledger.invariants import INVARIANTS, Argument, Invariant
from gateway.ledger.replay import Replay
from gateway.ledger.report import SHOWN, Check, Report
from models.migrate import sqlite_path

PAGE = 5_000
"""Rows fetched at a time while replaying; also the customers of one window."""

RECORDS_KEPT_DAYS = 30
"""Idempotency records are kept so long at least; what is older may be tidied away."""

MICROSECONDS = 1_000_000
Row = Sequence[Any]

# Set queries over whole tables: room to sort, and plans for all rows, not for the first ones.
POSTGRES_SETTINGS = (
    "SET LOCAL work_mem = '64MB'",
    "SET LOCAL cursor_tuple_fraction = 1.0",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


class Cursor(Protocol):
    """Rows of one query, a page at a time."""

    async def fetch(self, count: int, /) -> Sequence[Row]:
        """The next rows; none when all were fetched."""
        ...


class Snapshot(Protocol):
    """One moment of the database."""

    async def rows(self, sql: str, *arguments: int) -> list[dict[str, Any]]:
        """All rows of a query, by column name."""
        ...

    async def cursor(self, sql: str) -> Cursor:
        """The rows of a query, to be fetched in pages."""
        ...


async def verify(database_url: str, *, now: int, sweep_seconds: int) -> Report:
    """Check the whole ledger as of one moment.

    `now` is in microseconds since the epoch; `sweep_seconds` is how often overdue holds are swept.
    Raises the driver's error when the database cannot be read.
    """
    opened = _sqlite if database_url.startswith("sqlite:") else _postgres
    async with opened(database_url) as snapshot:
        return await examine(snapshot, now=now, sweep_seconds=sweep_seconds)


async def examine(snapshot: Snapshot, *, now: int, sweep_seconds: int) -> Report:
    """Check the whole ledger as this snapshot shows it; units as in `verify`."""
    arguments: dict[Argument, int] = {
        "overdue_before": now - sweep_seconds * MICROSECONDS,
        "recorded_since": now - RECORDS_KEPT_DAYS * 86_400 * MICROSECONDS,
    }
    counts: dict[str, int] = {}
    checks: list[Check] = []
    for invariant in INVARIANTS:
        table = invariant.table
        if table not in counts:
            counts[table] = (await snapshot.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"]  # noqa: S608 - fixed names
        checks.append(await _check(snapshot, invariant, counts[table], arguments))
    return Report((*checks, *await _replay(snapshot)))


async def _check(
    snapshot: Snapshot, invariant: Invariant, checked: int, arguments: dict[Argument, int]
) -> Check:
    """Run one query; the database counts all violations and hands over the first ones."""
    given = () if invariant.argument is None else (arguments[invariant.argument],)
    found = await snapshot.rows(
        f"SELECT v.*, count(*) OVER () AS violation_count FROM ({invariant.sql}) v"  # noqa: S608 - fixed names
        f" ORDER BY merchant_id, customer_id LIMIT {SHOWN}",
        *given,
    )
    count = found[0]["violation_count"] if found else 0
    return Check(
        name=invariant.name,
        description=invariant.description,
        checked=checked,
        violations=tuple(
            {name: value for name, value in row.items() if name != "violation_count"}
            for row in found
        ),
        violation_count=count,
    )


async def _replay(snapshot: Snapshot) -> tuple[Check, ...]:
    """Walk through accounts, lots and entries side by side, one window of customers at a time."""
    told = Replay()
    accounts, lots, entries = [
        _Ordered(await snapshot.cursor(sql))
        for sql in (replay.ACCOUNTS, replay.LOTS, replay.ENTRIES)
    ]
    while True:
        last = await accounts.last_of_page()
        async for page in accounts.through(last):
            told.accounts(page)
        async for page in lots.through(last):
            told.lots(page)
        async for page in entries.through(last):
            told.entries(page)
        told.close()
        if last is None:
            return told.checks()


class _Ordered:
    """Rows in the order of their customers, handed out up to a given customer."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._page: Sequence[Row] = ()

    async def last_of_page(self) -> tuple[int, int] | None:
        """The last customer of the page at hand; None when all rows were handed out."""
        self._page = self._page or await self._cursor.fetch(PAGE)
        return _customer(self._page[-1]) if self._page else None

    async def through(self, last: tuple[int, int] | None) -> AsyncGenerator[Sequence[Row]]:
        """The rows up to and with that customer, a page at a time; None: all that are left."""
        while await self.last_of_page() is not None:
            end = len(self._page) if last is None else bisect_right(self._page, last, key=_customer)
            part, self._page = self._page[:end], self._page[end:]
            yield part
            if self._page:
                return


def _customer(row: Row) -> tuple[int, int]:
    return row[0], row[1]


class PostgresSnapshot:
    """See Snapshot. The connection is in a transaction that sees one moment."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - asyncpg has no usable types
        """Read through this connection, which stays the caller's."""
        self._connection = connection

    async def rows(self, sql: str, *arguments: int) -> list[dict[str, Any]]:
        """See Snapshot."""
        found = await self._connection.fetch(sql, *arguments)
        return [{name: _whole(value) for name, value in row.items()} for row in found]

    async def cursor(self, sql: str) -> Cursor:
        """See Snapshot."""
        return await self._connection.cursor(sql)


def _whole(value: Any) -> Any:  # noqa: ANN401 - a column's value
    """PostgreSQL answers the sum of whole numbers as a decimal."""
    return int(value) if isinstance(value, Decimal) else value


@asynccontextmanager
async def _postgres(url: str) -> AsyncGenerator[Snapshot]:
    driver = cast("Any", asyncpg)  # its types are partial
    connection = await driver.connect(url, server_settings={"application_name": "loyalty-verify"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            for setting in POSTGRES_SETTINGS:
                await connection.execute(setting)
            yield PostgresSnapshot(connection)
    finally:
        await connection.close()


class SqliteSnapshot:
    """See Snapshot. The connection is in a transaction; its queries run on other threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through this connection, which stays the caller's."""
        self._connection = connection

    async def rows(self, sql: str, *arguments: int) -> list[dict[str, Any]]:
        """See Snapshot."""
        return await asyncio.to_thread(self._rows, sql, arguments)

    def _rows(self, sql: str, arguments: tuple[int, ...]) -> list[dict[str, Any]]:
        # SQLite takes `$1` for a parameter of that name.
        named = {str(number): value for number, value in enumerate(arguments, 1)}
        found = self._connection.execute(sql, named)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    async def cursor(self, sql: str) -> Cursor:
        """See Snapshot."""
        return _SqliteCursor(self._connection.execute(sql))


class _SqliteCursor:
    """See Cursor. The tables lie in the order that is asked for, so nothing is sorted."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def fetch(self, count: int, /) -> Sequence[Row]:
        return await asyncio.to_thread(self._cursor.fetchmany, count)


@asynccontextmanager
async def _sqlite(url: str) -> AsyncGenerator[Snapshot]:
    connection = await asyncio.to_thread(_open, url)
    try:
        connection.execute("BEGIN")
        yield SqliteSnapshot(connection)
    finally:
        connection.close()  # ends the read transaction


def _open(url: str) -> sqlite3.Connection:
    """A connection that can neither create the file nor write to it."""
    address = f"{sqlite_path(url).absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection
