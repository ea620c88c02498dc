"""The worker of the gates, started by the first test that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gates.worker import Worker, working


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """Node with the tools of this folder."""
    with working(tmp_path_factory.mktemp("gates") / "worker.log") as started:
        yield started
