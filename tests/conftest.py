"""Fixtures that every test may use: the two database engines."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.support.postgres import PostgresServer

Engine = Literal["sqlite", "postgres"]


SLOW = ("browser", "crash", "e2e/test_outage", "operations", "clients", "ledger", "year", "cli")
"""Where the longest files are. One of them that began last would run on alone."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a test often waits for a server or for the disk."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        name = item.path.relative_to(here).as_posix()
        return next((at for at, slow in enumerate(SLOW) if name.startswith(slow)), len(SLOW))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for the whole run, started by the first test that asks for it."""
    with PostgresServer(durable=False) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn: a test that asks for it holds on both."""
    return request.param


@pytest.fixture
def database_url(engine: Engine, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that only this test uses."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/loyalty.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    yield server.create_database(name)
    server.drop_database(name)
