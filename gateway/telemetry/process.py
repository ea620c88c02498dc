"""What this process takes of its machine, by the names that Prometheus's own clients use."""

from __future__ import annotations

import os
import time
from pathlib import Path

from gateway.telemetry.metrics import gauge

_PROC = Path("/proc/self")
_STARTED = time.time()

CPU = gauge("process_cpu_seconds_total", "Processor time, user and system.", "pid", total=True)
MEMORY = gauge("process_resident_memory_bytes", "Resident memory.", "pid")
FILES = gauge("process_open_fds", "Open file descriptors.", "pid")
MOST_FILES = gauge("process_max_fds", "Most file descriptors that may be open.", "pid")
STARTED = gauge("process_start_time_seconds", "When it started, since 1970.", "pid")


def measure() -> None:
    """Set the gauges; what this system does not tell is left out."""
    pid = str(os.getpid())
    CPU.set(time.process_time(), pid)
    STARTED.set(_STARTED, pid)
    try:
        pages = int((_PROC / "statm").read_text("ascii").split()[1])
        MEMORY.set(pages * os.sysconf("SC_PAGE_SIZE"), pid)
        FILES.set(len(os.listdir(_PROC / "fd")), pid)  # noqa: PTH208 - a count, of many
        import resource  # noqa: PLC0415 - only where there is /proc

        MOST_FILES.set(resource.getrlimit(resource.RLIMIT_NOFILE)[0], pid)
    except OSError:
        return
