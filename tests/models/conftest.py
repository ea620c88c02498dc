"""A database with all migrations, open for statements."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from gateway.services.database import close_database, open_database
from gateway.settings import Settings
from models.migrate import migrate


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The address of a migrated database, open in this process."""
    await migrate(database_url)
    await open_database(Settings(database_url=database_url))
    yield database_url
    await close_database()
