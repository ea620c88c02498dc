"""A gateway on each engine that does no work by itself: tests run its jobs, by their clock."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from models.migrate import migrate
from tests.e2e.serving import Served, serving, settings
from tests.e2e.shop import Shop, open_shop
from tests.support.postgres import PostgresServer
from tests.webhooks.hooks import Hooks
from tests.webhooks.receiver import Receiver, receiving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the event loop of their server."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="package"), append=False)


@pytest_asyncio.fixture(scope="package", loop_scope="package", params=["sqlite", "postgres"])
async def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """A gateway of that engine whose clock stands at the time that it is."""
    name = f"hooks_{uuid.uuid4().hex}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('hooks')}/loyalty.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database(name)
        request.addfinalizer(lambda: server.drop_database(name))
    await migrate(url)
    told = settings(
        url,
        workers="apart",
        webhook_allow_private=True,
        webhook_timeout_seconds=1,
        webhook_concurrency=32,
    )
    async with serving(told) as running:
        running.clock.now = time.time_ns() // 1_000
        yield running


@pytest_asyncio.fixture(loop_scope="package")
async def shop(served: Served) -> Shop:
    """A merchant of the test's own."""
    return await open_shop(served)


@pytest_asyncio.fixture(loop_scope="package")
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that takes everything."""
    async with receiving() as there:
        yield there


@pytest_asyncio.fixture(loop_scope="package")
async def hooks(shop: Shop) -> AsyncIterator[Hooks]:
    """The webhooks of the merchant. Nothing of earlier tests waits any more."""
    hooks = Hooks(shop)
    yield hooks
    await hooks.close()
