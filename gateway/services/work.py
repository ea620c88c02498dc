"""Work that nobody waits for: jobs that run again and again, each for itself.

Any number of processes may run the same jobs side by side; a job takes care of that itself, by the
locks of the database. Add one where the parts are made (`gateway.composition`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from gateway.telemetry import log
from gateway.telemetry.metrics import counter, gauge

RUNS = counter("loyalty_job_runs_total", "Runs of a job of the workers.", "job", "result")
DONE = counter("loyalty_job_items_total", "What the jobs of the workers have done.", "job")
BUSY = counter("loyalty_job_seconds_total", "How long the jobs of the workers have run.", "job")
LAG = gauge(
    "loyalty_job_lag_seconds",
    "Since a job last ended well, or since the start; of all workers the longest.",
    "job",
    merge="max",
)
PAUSE_SECONDS: Final = 1.0
"""At least, after a failure."""
SPARE_SECONDS: Final = 60
"""A job that is so much later than its time three times over is not well."""
REPORT_SECONDS: Final = 60
MICROSECONDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is due again and again; `run` answers how much it did."""

    name: str
    every_seconds: float
    run: Callable[[], Awaitable[int]]
    drains: bool = False
    """Run again at once as long as there was something to do."""
    share: float = 1.0
    """Of the time while there is something to do; it rests for the others, who wait for answers."""
    finish: Callable[[], Awaitable[object]] | None = None
    """Called at the end, once: waits for what `run` has begun."""


@dataclass(slots=True, eq=False)
class _Kept:
    """A job, and how it goes."""

    job: Job
    well_at: int
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    done: int = 0
    failures: int = 0


def _nothing(_name: str, _error: Exception) -> None:
    """Say nothing of a failure."""


class Workers:
    """Runs jobs, each in a task of its own: one that fails or hangs keeps no other from running."""

    def __init__(
        self,
        jobs: Sequence[Job],
        clock: Callable[[], int],
        on_failure: Callable[[str, Exception], None] = _nothing,
    ) -> None:
        """Nothing runs before `start`."""
        self._clock = clock
        self._on_failure = on_failure
        self._kept = {job.name: _Kept(job, clock()) for job in jobs}
        self._ending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, *, reporting: bool = False) -> None:
        """Begin; with `reporting`, a line in the log each minute says how the jobs go."""
        self._tasks = [asyncio.create_task(self._repeat(kept)) for kept in self._kept.values()]
        if reporting:
            self._tasks.append(asyncio.create_task(self._report()))

    def wake(self, name: str) -> None:
        """Have a job run now: there is something for it."""
        if name in self._kept:
            self._kept[name].wake.set()

    async def stop(self, seconds: float) -> None:
        """Begin nothing more and finish what is underway; cancel what is not done by then."""
        self._ending.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def late(self) -> list[str]:
        """Jobs that have not ended well for too long."""
        now = self._clock()
        return [
            name
            for name, kept in self._kept.items()
            if now - kept.well_at > (3 * kept.job.every_seconds + SPARE_SECONDS) * MICROSECONDS
        ]

    def look(self) -> None:
        """Set the gauges."""
        for name, kept in self._kept.items():
            LAG.set(max(0, self._clock() - kept.well_at) / MICROSECONDS, name)

    async def _repeat(self, kept: _Kept) -> None:
        while not self._ending.is_set():
            kept.wake.clear()
            pause = await self._once(kept)
            await self._rest(kept, pause)
        if kept.job.finish is not None:
            await kept.job.finish()

    async def _once(self, kept: _Kept) -> float:
        """Run a job; how long to wait then."""
        job, began = kept.job, perf_counter()
        try:
            done = await job.run()
        except Exception as error:  # noqa: BLE001 - a worker outlives an outage
            kept.failures += 1
            RUNS.add(job.name, "failed")
            self._on_failure(job.name, error)
            return max(PAUSE_SECONDS, job.every_seconds)
        finally:
            took = perf_counter() - began
            BUSY.add(job.name, by=took)
        kept.well_at = self._clock()
        kept.done += done
        RUNS.add(job.name, "well")
        DONE.add(job.name, by=done)
        if done and job.drains:
            return min(job.every_seconds, took * (1 / job.share - 1))
        return job.every_seconds

    async def _rest(self, kept: _Kept, seconds: float) -> None:
        """Wait for the next time, for a wake, or for the end."""
        if seconds <= 0:
            return
        waits = [asyncio.ensure_future(event.wait()) for event in (kept.wake, self._ending)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _report(self) -> None:
        while not self._ending.is_set():
            try:
                await asyncio.wait_for(self._ending.wait(), REPORT_SECONDS)
            except TimeoutError:
                done = {name: kept.done for name, kept in self._kept.items()}
                failures = {name: kept.failures for name, kept in self._kept.items()}
                log("working", done=done, failures=failures, late=self.late())
