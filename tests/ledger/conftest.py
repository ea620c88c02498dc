"""A shop on each engine. After every test its ledger is verified, unless it was broken on purpose.

Migrating a database for every test would take most of the time, so it is done once: SQLite's file
is copied, PostgreSQL's tables are emptied.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from models.migrate import migrate
from tests.ledger.shop import Shop
from tests.support.postgres import PostgresServer


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "loyalty.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    url = postgres_server.create_database("ledger_tests")
    asyncio.run(migrate(url))
    return url


async def empty(url: str) -> None:
    connection = await asyncpg.connect(url)
    tables = await connection.fetchval(
        "SELECT string_agg(tablename, ', ') FROM pg_tables"
        " WHERE schemaname = 'public' AND tablename <> 'schema_migration'"
    )
    await connection.execute(f"TRUNCATE {tables}")
    await connection.close()


@pytest.fixture
def shop_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database with nothing in it."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "loyalty.db")
        return f"sqlite:///{tmp_path}/loyalty.db"
    url: str = request.getfixturevalue("migrated_postgres")
    asyncio.run(empty(url))
    return url


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[Shop]:
    shop = Shop(url)
    await shop.open()
    try:
        yield shop
    finally:
        await shop.close()
    if not shop.broken:
        assert [check for check in (await shop.verified()).checks if not check.ok] == []


@pytest.fixture
async def shop(shop_url: str) -> AsyncGenerator[Shop]:
    async with opened(shop_url) as shop:
        yield shop


@pytest.fixture
async def postgres_shop(migrated_postgres: str) -> AsyncGenerator[Shop]:
    await empty(migrated_postgres)
    async with opened(migrated_postgres) as shop:
        yield shop


@pytest.fixture
async def sqlite_shop(migrated_file: Path, tmp_path: Path) -> AsyncGenerator[Shop]:
    shutil.copy(migrated_file, tmp_path / "loyalty.db")
    async with opened(f"sqlite:///{tmp_path}/loyalty.db") as shop:
        yield shop
