"""Servers under measurement, as child processes: start, figures, stop, kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.load import LOOPBACK

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 30
_NO_LIMIT = {"LOYALTY_REDEMPTIONS_PER_HOUR": "0"}
_PROBE = b'{"query":"{ __typename }"}'


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings, and no other setting of the gateway.

    A few customers start more redemptions in a minute here than any shop's in an hour.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOYALTY_")}
    return {**kept, "LOYALTY_LOG_LEVEL": "warning", **_NO_LIMIT, **settings}


class Server:
    """A GraphQL server in a child process that listens on one loopback port."""

    def __init__(
        self, command: Sequence[str], port: int, env: Mapping[str, str], log: Path
    ) -> None:
        """`command` are the arguments for the interpreter of this process."""
        self.port = port
        self._command = [sys.executable, *command]
        self._env = dict(env)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.start_seconds = 0.0
        """From the last start to the first answered request."""

    def __enter__(self) -> Server:
        self.start_seconds = self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> float:
        """Start it; answers the seconds from the start to the first answered GraphQL request."""
        began = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > START_SECONDS:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log[-3000:]}")
            time.sleep(0.005)
        return time.perf_counter() - began

    @property
    def log(self) -> str:
        """What it has written so far."""
        return self._log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is finished. Safe to repeat."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to finish and end; safe to repeat."""
        self._end(signal.SIGTERM)

    def cpu_seconds(self) -> float:
        """Processor time of the process so far, user and system."""
        stat = Path(f"/proc/{self._pid}/stat")
        if stat.exists():
            fields = stat.read_text("ascii").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return _clock(self._ps("time"))

    def resident_mib(self) -> float:
        """Resident memory, in MiB."""
        status = Path(f"/proc/{self._pid}/status")
        if status.exists():
            lines = status.read_text("ascii").splitlines()
            return int(next(x for x in lines if x.startswith("VmRSS:")).split()[1]) / 1024
        return int(self._ps("rss")) / 1024

    @property
    def _pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def _ps(self, column: str) -> str:
        command = ["ps", "-o", f"{column}=", "-p", str(self._pid)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def _end(self, sent: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(sent)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def _answers(self) -> bool:
        headers = {"content-type": "application/json", "accept": "application/json"}
        asked = urllib.request.Request(f"http://{LOOPBACK}:{self.port}/graphql", _PROBE, headers)
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 - a loopback http address
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False


def _clock(text: str) -> float:
    """Seconds from the `[[dd-]hh:]mm:ss[.cc]` of ps."""
    days, _, rest = text.rpartition("-")
    seconds = 0.0
    for part in rest.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds + 86_400 * int(days or 0)
