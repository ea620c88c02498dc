"""A subgraph on each engine, with a merchant and two customers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from models.migrate import migrate
from tests.e2e.serving import Served, serving, settings
from tests.e2e.shop import Shop, open_shop


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "closed: the gateway answers no introspection")


@pytest.fixture
async def served(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Served]:
    await migrate(database_url)
    closed = request.node.get_closest_marker("closed") is not None
    configured = settings(database_url, federation=True, introspection=not closed)
    async with serving(configured) as running:
        yield running


@pytest.fixture
async def shop(served: Served) -> Shop:
    return await open_shop(served)


@pytest.fixture
async def asha(shop: Shop) -> str:
    return await shop.customer(points=500, phone="+919812345678", tier="gold")


@pytest.fixture
async def ravi(shop: Shop) -> str:
    return await shop.customer(points=7, credit_minor=250)
