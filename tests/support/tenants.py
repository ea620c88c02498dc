"""A migrated database with two merchants, opened for the use cases."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE

from models.merchant import Merchant
from models.migrate import migrate, sqlite_path

SECOND = 1_000_000
NOW = 1_790_000_000 * SECOND
SHOP = 36**6 + 7
OTHER_SHOP = 36**6 + 8
SECRET_KEY = "a secret key of an installation, made up for tests"


@asynccontextmanager
async def opened(database_url: str) -> AsyncGenerator[None]:
    """Open the database with SHOP and OTHER_SHOP in it."""
    await migrate(database_url)
    address = database_url.replace("postgresql://", "asyncpg://")
    if database_url.startswith("sqlite"):
        address = f"sqlite://{sqlite_path(database_url)}"
    EXECUTOR_CACHE.clear()  # Tortoise keeps the SQL of the engine that the last test opened.
    await Tortoise.init(
        db_url=address, modules={"models": ["models"]}, _enable_global_fallback=True
    )
    try:
        for merchant_id in (SHOP, OTHER_SHOP):
            await Merchant.create(
                id=merchant_id,
                name="Shop",
                currency="INR",
                locale="en-IN",
                time_zone="Asia/Kolkata",
                program_version=1,
                created_at=NOW,
            )
        yield
    finally:
        await Tortoise.close_connections()
