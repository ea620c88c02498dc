"""Migrations: numbered SQL files, one transaction each, safe to run from many processes at once.

The files hold only what PostgreSQL and SQLite share; `{clustered}`, `{hot}`, `{unlogged}` and
`{bytewise}` stand for the options that they do not, and a line after `{sqlite}` is for that engine
alone. Every run takes the engine's exclusive lock
first, so a second process waits and then finds nothing to do.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import asyncpg

ADVISORY_LOCK = 7_305_809_106_410_274_663
SQLITE_WAIT_SECONDS = 120
LEDGER_OF_MIGRATIONS = (
    "CREATE TABLE IF NOT EXISTS schema_migration"
    " (version TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)"
)
APPLIED = "SELECT version FROM schema_migration"
SQLITE_OPTIONS = {
    "{clustered}": " WITHOUT ROWID",
    "{hot}": "",
    "{unlogged}": "",
    "{bytewise}": "",
    "{sqlite}": "",
}
POSTGRES_OPTIONS = {
    "{clustered}": "",
    "{hot}": " WITH (fillfactor = 80)",
    "{unlogged}": " UNLOGGED",
    "{bytewise}": ' COLLATE "C"',
    "{sqlite}": "-- ",
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number and name, and its statements for one engine."""

    version: str
    statements: tuple[str, ...]


def migrations(options: dict[str, str], folder: Traversable | None = None) -> list[Migration]:
    """All migrations in order, with the engine's table options filled in.

    They are the SQL files of `folder`, by default those that the gateway comes with.
    """
    return [
        Migration(f.name.removesuffix(".sql"), statements(f.read_text("utf-8"), options))
        for f in _files(folder)
    ]


def _files(folder: Traversable | None = None) -> list[Traversable]:
    folder = folder or resources.files("models").joinpath("migrations")
    return sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)


def statements(text: str, options: dict[str, str]) -> tuple[str, ...]:
    """Split a file into statements. A statement ends with a semicolon at the end of a line."""
    for name, clause in options.items():
        text = text.replace(name, clause)
    text = re.sub(r"^\s*--.*$", "", text, flags=re.MULTILINE)
    parts = re.split(r";\s*$", text, flags=re.MULTILINE)
    return tuple(part.strip() for part in parts if part.strip())


def known_versions() -> list[str]:
    """The versions that this program comes with, in order."""
    return [f.name.removesuffix(".sql") for f in _files()]


async def migrate(database_url: str, folder: Traversable | None = None) -> list[str]:
    """Bring the database up to date; answers the versions applied by this call."""
    if database_url.startswith("sqlite:"):
        wanted = migrations(SQLITE_OPTIONS, folder)
        return await asyncio.to_thread(_migrate_sqlite, sqlite_path(database_url), wanted)
    return await _migrate_postgres(database_url, migrations(POSTGRES_OPTIONS, folder))


async def pending(database_url: str, folder: Traversable | None = None) -> list[str]:
    """The versions that are still to be applied. Changes nothing."""
    if database_url.startswith("sqlite:"):
        path = sqlite_path(database_url)
        known = await asyncio.to_thread(_applied_sqlite, path) if path.exists() else set[str]()
        return [m.version for m in migrations(SQLITE_OPTIONS, folder) if m.version not in known]
    connection = await _connect(database_url)
    try:
        there = await connection.fetchval("SELECT to_regclass('schema_migration') IS NOT NULL")
        known = {row[0] for row in await connection.fetch(APPLIED)} if there else set[str]()
    finally:
        await connection.close()
    return [m.version for m in migrations(POSTGRES_OPTIONS, folder) if m.version not in known]


def sqlite_path(database_url: str) -> Path:
    """The file of a `sqlite:///relative` or `sqlite:////absolute` address."""
    return Path(database_url.removeprefix("sqlite://").removeprefix("/"))


def _applied_sqlite(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute(APPLIED)}
    except sqlite3.OperationalError:  # no such table: nothing was applied
        return set()
    finally:
        connection.close()


def _migrate_sqlite(path: Path, wanted: list[Migration]) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=SQLITE_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # A rebuild of a table must not cascade into its children.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(LEDGER_OF_MIGRATIONS)
        known = {row[0] for row in connection.execute(APPLIED)}
        new = [m for m in wanted if m.version not in known]
        for migration in new:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO schema_migration VALUES (?, ?)", (migration.version, _now())
            )
        connection.execute("COMMIT")
    finally:
        connection.close()  # rolls back what did not commit
    return [m.version for m in new]


async def _migrate_postgres(url: str, wanted: list[Migration]) -> list[str]:
    connection = await _connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", ADVISORY_LOCK)
            await connection.execute(LEDGER_OF_MIGRATIONS)
            known = {row[0] for row in await connection.fetch(APPLIED)}
            new = [m for m in wanted if m.version not in known]
            for migration in new:
                for statement in migration.statements:
                    await connection.execute(statement)
                await connection.execute(
                    "INSERT INTO schema_migration VALUES ($1, $2)", migration.version, _now()
                )
    finally:
        await connection.close()
    return [m.version for m in new]


async def _connect(url: str) -> Any:  # noqa: ANN401 - asyncpg's class has no usable types
    module: Any = asyncpg
    return await module.connect(url)


def _now() -> int:
    """The time of a migration is for people; nothing is decided on it."""
    return time.time_ns() // 1000
