"""One server for each engine; a customer for each test, so that tests see nothing of each other."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from models.migrate import migrate
from tests.e2e.caller import Caller
from tests.e2e.serving import LISTED_ORIGIN, Clock, Served, serving, settings
from tests.e2e.shop import Shop, open_shop
from tests.support.postgres import PostgresServer

HERE = Path(__file__).parent
Unchanged = Callable[..., AbstractAsyncContextManager[None]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "own_shop: the test changes the settings of its merchant")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the event loop of their server."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="package"), append=False)


@pytest_asyncio.fixture(scope="package", loop_scope="package", params=["sqlite", "postgres"])
async def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """A gateway of that engine on a free port."""
    name = f"e2e_{uuid.uuid4().hex}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('e2e')}/loyalty.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database(name)
        request.addfinalizer(lambda: server.drop_database(name))
    await migrate(url)
    # No worker inside: what it would do is done when a test says so.
    configured = settings(url, cors_origins=(LISTED_ORIGIN,), workers="apart")
    async with serving(configured) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def shared_shop(served: Served) -> Shop:
    """One merchant for all tests of a file that leave its settings as they are."""
    return await open_shop(served)


@pytest_asyncio.fixture(loop_scope="package")
async def shop(request: pytest.FixtureRequest, served: Served, shared_shop: Shop) -> Shop:
    """The merchant of the story: 1 point = ₹1, at most ₹100, and 20 % are paid in money.

    Tests that change the merchant are marked `own_shop`.
    """
    own = request.node.get_closest_marker("own_shop") is not None
    return await open_shop(served) if own else shared_shop


@pytest_asyncio.fixture(loop_scope="package")
async def other_shop(served: Served) -> Shop:
    """Another merchant of the same installation."""
    return await open_shop(served)


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago, for a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def clock(served: Served) -> Clock:
    """The clock that the gateway goes by; it only ever goes on."""
    return served.clock


@pytest_asyncio.fixture(loop_scope="package")
async def asha(shop: Shop) -> str:
    """A customer with 500 points."""
    return await shop.customer(points=500)


@pytest_asyncio.fixture(loop_scope="package")
async def shopper(shop: Shop, asha: str) -> Caller:
    """Her browser."""
    return await shop.shopper(asha)


@pytest.fixture
def unchanged(shop: Shop, asha: str) -> Unchanged:
    """Proves that a block changes nothing of hers: no balance, no history, no redemption."""

    @asynccontextmanager
    async def watch(customer: str = asha) -> AsyncGenerator[None]:
        before = await shop.backend.everything(customer)
        yield
        assert await shop.backend.everything(customer) == before

    return watch
