"""A real server on each engine, with limits so small that a test can reach them."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gateway.throttling.bucket import Rate
from models.migrate import migrate
from tests.e2e.serving import Served, serving, settings
from tests.e2e.shop import Shop, open_shop
from tests.support.postgres import PostgresServer

HERE = Path(__file__).parent
LIMITS = {
    "rate_customer": Rate(10, 150),
    "rate_address": Rate(10, 60),
    "rate_publishable_key": Rate(10, 120),
    "rate_backend": None,
    "rate_unknown_keys": Rate(1, 3),
    "redemptions_per_hour": 5,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that call a server in the event loop of that server."""
    for item in items:
        own = HERE in item.path.parents and "served" in getattr(item, "fixturenames", ())
        if own and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago, for a server in processes of its own."""
    return _port()


@pytest.fixture
def other_port() -> int:
    """Another one."""
    return _port()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgres"])
async def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """A gateway of that engine; on PostgreSQL its buckets are in the database."""
    name = f"limits_{uuid.uuid4().hex}"
    storage = "memory"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('limits')}/loyalty.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url, storage = server.create_database(name), "database"
        request.addfinalizer(lambda: server.drop_database(name))
    await migrate(url)
    async with serving(settings(url, rate_storage=storage, **LIMITS)) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def shop(served: Served) -> Shop:
    """A merchant of the test's own."""
    return await open_shop(served)


@pytest_asyncio.fixture(loop_scope="module")
async def other_shop(served: Served) -> Shop:
    """Another merchant of the same installation."""
    return await open_shop(served)
