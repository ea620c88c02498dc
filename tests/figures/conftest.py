"""A gateway on each engine whose clock these stories may move on by years."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from models.migrate import migrate
from tests.e2e.serving import Served, serving, settings
from tests.e2e.shop import Shop, open_shop
from tests.support.postgres import PostgresServer

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
    """A gateway of that engine that rolls nothing up by itself."""
    name = f"figures_{uuid.uuid4().hex}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('figures')}/loyalty.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database(name)
        request.addfinalizer(lambda: server.drop_database(name))
    await migrate(url)
    async with serving(settings(url, workers="apart")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="package")
async def shop(served: Served) -> Shop:
    """A merchant of the test's own: 1 point = ₹1, at most ₹100, and 20 % are paid in money."""
    return await open_shop(served)
