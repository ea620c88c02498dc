"""A migrated database and a merchant in it, on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from gateway.ids import IdMaker
from gateway.services.database import close_database, open_database
from gateway.settings import Settings
from models.migrate import migrate
from tests.services.making import id_maker, make_shop


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The address of a migrated database, open in this process."""
    await migrate(database_url)
    await open_database(Settings(database_url=database_url))
    yield database_url
    await close_database()


@pytest.fixture
def ids() -> IdMaker:
    """Ids of a clock that never stands."""
    return id_maker()


@pytest.fixture
async def shop(database: str, ids: IdMaker) -> int:
    """A merchant."""
    return await make_shop(ids)


@pytest.fixture
async def other_shop(database: str, ids: IdMaker) -> int:
    """Another merchant."""
    return await make_shop(ids, "Other shop")
