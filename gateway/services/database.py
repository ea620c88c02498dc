"""The tables off the hot path: opening them, one transaction, one statement of our own.

The ledger does not come here: it has connections of its own. Everything here is safe beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

from asyncpg import InterfaceError, PostgresConnectionError
from tortoise.backends.base import executor
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext, get_current_context
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.transactions import in_transaction

from gateway.errors import RequestCode, RequestError
from gateway.settings import Settings

T = TypeVar("T")

CONNECTION = "default"
LOCKED_TRIES = 3
"""How often the busy timeout of SQLite may pass before the caller is sent away."""


async def open_database(settings: Settings) -> None:
    """Make the tables usable from every task of this process. Connects with the first statement.

    Expects that the migrations have run. Raises tortoise's ConfigurationError when one is open.
    """
    # Tortoise keeps the statements of the engine that was open before, if there was one.
    tortoise_executor: Any = executor
    tortoise_executor.EXECUTOR_CACHE.clear()
    context = TortoiseContext()
    # Entered for the set-up only: requests run in other tasks, so they use the global fallback.
    with context:
        await context.init(
            config={
                "connections": {CONNECTION: _connection(settings)},
                "apps": {"models": {"models": ["models"], "default_connection": CONNECTION}},
            },
            use_tz=False,
            _enable_global_fallback=True,
        )


async def close_database() -> None:
    """Close all connections. Nothing happens when none is open."""
    context = get_current_context()
    if context is not None:
        await context.close_connections()


@contextmanager
def away_is_overloaded() -> Generator[None]:
    """Turn the failures of a database that cannot be reached into RequestError(OVERLOADED)."""
    try:
        yield
    except (DBConnectionError, OSError, PostgresConnectionError, InterfaceError) as error:
        raise RequestError(
            RequestCode.OVERLOADED, "The database is away. Try again.", retry_after_seconds=1
        ) from error


async def transaction(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` in one transaction: all of it is durable when this returns, or nothing is.

    The first statement of `work` must write: a transaction of Tortoise on SQLite takes the write
    lock only then, and one that read before would fail beside another writer. A caller that goes
    away interrupts nothing; Tortoise would keep the connection locked for good. Raises
    RequestError(OVERLOADED) when SQLite stays locked, or the database is away.
    """

    async def attempt() -> T:
        async with in_transaction(CONNECTION):
            return await work()

    return await asyncio.shield(_until_unlocked(attempt))


async def statement(sql: str, *values: object) -> list[dict[str, Any]]:
    """Run one statement with a `?` for each value, and answer its rows.

    Part of the transaction that it is called in, else a transaction by itself. The text of `sql`
    must hold no other question mark. Raises RequestError(OVERLOADED) as `transaction` does.
    """
    connection: Any = get_connection(CONNECTION)
    if connection.capabilities.dialect == "postgres":
        numbers = count(1)
        sql = "".join(f"${next(numbers)}" if sign == "?" else sign for sign in sql)

    async def attempt() -> list[dict[str, Any]]:
        return await connection.execute_query_dict(sql, list(values))

    return await _until_unlocked(attempt)


def skip_locked() -> str:
    """What a statement says to pass by rows that others hold; SQLite has one writer at a time."""
    connection: Any = get_connection(CONNECTION)
    return "FOR UPDATE SKIP LOCKED" if connection.capabilities.dialect == "postgres" else ""


def bytewise() -> str:
    """What follows a text that is to be compared byte by byte; SQLite does so by itself."""
    connection: Any = get_connection(CONNECTION)
    return ' COLLATE "C"' if connection.capabilities.dialect == "postgres" else ""


def json_rows(width: int) -> str:
    """A selection of rows of whole numbers out of one parameter: a JSON list of lists.

    A statement of one text for any number of rows is prepared once.
    """
    connection: Any = get_connection(CONNECTION)
    if connection.capabilities.dialect == "postgres":
        cells = ", ".join(f"CAST(r.value ->> {n} AS BIGINT)" for n in range(width))
        rows = "json_array_elements(CAST(? AS json)) r(value)"
        return f"SELECT {cells} FROM {rows} WHERE true"  # noqa: S608 - fixed text
    cells = ", ".join(f"json_extract(r.value, '$[{n}]')" for n in range(width))
    return f"SELECT {cells} FROM json_each(?) r WHERE true"  # noqa: S608 - fixed text


async def _until_unlocked(attempt: Callable[[], Awaitable[T]]) -> T:
    for _ in range(LOCKED_TRIES):
        try:
            with away_is_overloaded():
                return await attempt()
        except OperationalError as error:
            if "database is locked" not in str(error):
                raise
    raise RequestError(
        RequestCode.OVERLOADED, "The database is busy. Try again.", retry_after_seconds=1
    )


def _connection(settings: Settings) -> dict[str, Any]:
    if settings.sqlite_path is None:
        return {
            "engine": "gateway.services.postgres_client",
            "credentials": {
                "address": settings.database_url,
                "minsize": 1,
                "maxsize": settings.database_pool_size,
            },
        }
    return {
        "engine": "tortoise.backends.sqlite",
        "credentials": {
            "file_path": str(settings.sqlite_path),
            # First, because the next ones may have to wait for another process already.
            "busy_timeout": settings.sqlite_busy_timeout_ms,
            "journal_mode": "WAL",
            "synchronous": "FULL",
            "foreign_keys": "ON",
        },
    }
