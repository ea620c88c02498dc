"""A demo as `make run` starts it, and a page of it in a fresh browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.chromium import Page, browsing
from tests.browser.finding import find
from tests.house.sources import ROOT


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Endpoint and keys of a running demo."""
    home = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "gateway", "demo", "--port", "0"]
    files = ["--data-dir", str(home / "data"), "--credentials", str(home / "keys.json")]
    plain = {name: text for name, text in os.environ.items() if not name.startswith("LOYALTY_")}
    process = subprocess.Popen([*command, *files], cwd=ROOT, env=plain, stdout=subprocess.DEVNULL)
    try:
        yield _keys(home / "keys.json", process)
    finally:
        process.terminate()
        process.wait(30)


def _keys(file: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The keys, as soon as the demo answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "The demo has ended."
        if file.exists():
            keys = json.loads(file.read_text())
            try:
                if httpx.get(keys["endpoint"].replace("/graphql", "/readyz")).is_success:
                    return keys
            except httpx.TransportError:
                pass
        time.sleep(0.05)
    raise TimeoutError("The demo does not answer.")


@pytest.fixture
def page(demo: dict[str, Any], tmp_path: Path) -> Iterator[Page]:
    """GraphiQL of the demo, ready to be used."""
    chromium = find()
    assert chromium is not None, "No Chromium: run `make test` once, or name one in CHROMIUM."
    with browsing(chromium, tmp_path) as page:
        page.open(demo["endpoint"])
        yield page
