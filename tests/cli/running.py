"""The real command line, in a process of its own, away from the repository."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT

SECRET_KEY = "a secret key of an installation, made up for tests"
COMMAND = (sys.executable, "-m", "gateway")
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to work in, with the settings that the commands there find."""

    folder: Path
    settings: dict[str, str]

    def surroundings(self) -> dict[str, str]:
        """A small environment: no setting of whoever runs the tests counts."""
        return {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **self.settings}

    def run(self, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.surroundings(),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    @contextmanager
    def serving(self, *arguments: str, port: int = 0) -> Generator[Running]:
        """Run a command that serves, until the block ends; it is ready when the block begins.

        Without a `port` it is where its output says.
        """
        with (self.folder / "out").open("w+") as out, (self.folder / "err").open("w+") as err:
            process = subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=self.folder,
                env=self.surroundings(),
                stdout=out,
                stderr=err,
            )
            running = Running(process, self.folder, port)
            try:
                running.wait_until_ready()
                yield running
            finally:
                process.kill()
                process.wait()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310 - http
            return answer.status == 200
    except OSError:  # not there yet, or 503
        return False


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Its base URL; empty until it has said which port it took."""
        said = re.search(r"http://[\w.]+:\d+(?=/graphql)", self.out)
        return f"http://127.0.0.1:{self.port}" if self.port else said[0] if said else ""

    @property
    def out(self) -> str:
        return (self.folder / "out").read_text("utf-8")

    @property
    def err(self) -> str:
        return (self.folder / "err").read_text("utf-8")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, self.err
            assert time.monotonic() < deadline, self.err
            if self.address and _ready(self.address):
                return
            time.sleep(0.02)  # not a hope: the loop ends by the answer or by the deadline

    def end(self) -> int:
        """Ask it to stop, as a service manager does; answers its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)
