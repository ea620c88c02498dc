"""A demo as `make run` starts it, and a page of it in a fresh browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Page, browsing
from tests.browser.finding import find
from tests.browser.running import running_demo


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Endpoint and keys of a running demo."""
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Page]:
    """A page of a browser that has never been anywhere."""
    chromium = find()
    assert chromium is not None, "No Chromium: run `make test` once, or name one in CHROMIUM."
    with browsing(chromium, tmp_path) as page:
        yield page


@pytest.fixture
def page(demo: dict[str, Any], blank: Page) -> Page:
    """GraphiQL of the demo, ready to be used."""
    blank.open(demo["endpoint"])
    return blank
