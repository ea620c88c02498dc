"""The import of a large file of customers on SQLite: seconds and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.place import Place, place
from benchmarks.process import ROOT


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import came to."""

    rows: int
    seconds: float
    peak_mib: float
    """The most resident memory of the process."""
    clean: bool
    verification: str


def measure(rows: int) -> Imported:
    """Import so many customers into an empty database, and verify the ledger."""
    with place("sqlite") as here:
        made = here.loyalty("merchant", "create", "Store", "--currency", "INR")
        if made.returncode:
            raise RuntimeError(made.stderr)
        file = here.directory / "customers.csv"
        make = [sys.executable, "-m", "benchmarks.make_csv", str(rows), str(file)]
        subprocess.run(make, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        seconds, peak = _run(here, "import-customers", str(file))
        clean, verification = here.verify()
    return Imported(rows, seconds, peak, clean, verification)


def _run(here: Place, *arguments: str) -> tuple[float, float]:
    """Run a command of the gateway: seconds, and peak memory in MiB."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "gateway", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=here.env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss / unit


def shown(imported: Imported) -> str:
    """For the terminal."""
    rate = imported.rows / imported.seconds
    verdict = "clean" if imported.clean else f"BROKEN\n{imported.verification}"
    return (
        f"\nimport on sqlite: {imported.rows:,} rows in {imported.seconds:.1f} s"
        f" ({rate:,.0f} rows/s), {imported.peak_mib:.0f} MiB at most; loyalty verify: {verdict}"
    )


def as_json(imported: Imported) -> dict[str, Any]:
    """The same as plain values."""
    return asdict(imported)
