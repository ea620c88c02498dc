"""A demo as `make run` starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.house.sources import ROOT


@contextmanager
def running_demo(home: Path, *more: str) -> Generator[dict[str, Any]]:
    """Endpoint and keys of a demo that runs as long as the block; its files are in `home`.

    `more` is what else `loyalty demo` is told, such as `--history`.
    """
    command = [sys.executable, "-m", "gateway", "demo", "--port", "0", *more]
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
