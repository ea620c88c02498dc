"""What one serving process tells of itself, put together: its middleware, its page, its thread."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from starlette.middleware import Middleware

from gateway import __version__
from gateway.http.access_log import AccessLog
from gateway.http.call_outcomes import CallOutcomes
from gateway.http.counting import Counting
from gateway.http.metrics import metrics_route
from gateway.http.observing import Observing
from gateway.ledger import measuring
from gateway.services.figures import Figures
from gateway.telemetry import process as process_figures
from gateway.telemetry import start_logging
from gateway.telemetry.metrics import REGISTRY, gauge
from gateway.telemetry.workers import FOLDER_VARIABLE, WRITE_SECONDS, Workers
from gateway.telemetry.writer import Writer

if TYPE_CHECKING:
    from starlette.routing import Route

    from gateway.http.observing import Observer
    from gateway.services.runtime import Runtime
    from gateway.services.sweeper import Sweeper
    from gateway.services.work import Workers as Jobs
    from gateway.settings import Settings
    from gateway.telemetry.traces import Tracing

BUILD = gauge("loyalty_build_info", "Always 1.", "version", "engine", merge="max")
WORKERS = gauge("loyalty_workers", "Processes that serve.")
LAG = gauge(
    "loyalty_sweeper_lag_seconds",
    "Since the last sweep that ended well, or since the start; the longest of all workers.",
    merge="max",
)


class Process(Protocol):
    """What is told of: the parts of one process."""

    @property
    def runtime(self) -> Runtime:
        """The ledger and the clock."""
        ...

    @property
    def sweeper(self) -> Sweeper:
        """When it last swept."""
        ...

    @property
    def workers(self) -> Jobs:
        """How its jobs go."""
        ...

    @property
    def works(self) -> bool:
        """Whether it sweeps at all."""
        ...


class Operations:
    """Made with the application, entered around its life."""

    def __init__(
        self,
        settings: Settings,
        process: Process,
        tracing: Tracing | None = None,
    ) -> None:
        """Nothing runs before `start`."""
        self._settings = settings
        self._process = process
        self._ledger = process.runtime.ledger
        self._tracing = tracing
        self._clock = process.runtime.clock
        self._figures = Figures(self._clock)
        self._writer = Writer()
        self._access_log = AccessLog(self._writer)
        self._workers = Workers(REGISTRY)
        self._writing: asyncio.Task[None] | None = None
        self._started_at = 0
        self._counts = settings.metrics == "on"
        self._lines = settings.access_log and settings.log_level in {"debug", "info"}

    def middleware(self) -> list[Middleware]:
        """What goes around all routes."""
        observers: list[Observer] = [CallOutcomes(self._process.runtime.sightings, self._clock)]
        if self._counts:
            observers.append(Counting())
        if self._lines:
            observers.append(self._access_log)
        around = [Middleware(Observing, observers=observers)]
        if self._tracing is None:
            return around
        from gateway.http.tracing import Traced  # noqa: PLC0415 - only where traces are wanted

        return [Middleware(Traced, tracing=self._tracing), *around]

    def routes(self) -> list[Route]:
        """The page of metrics, where they are on."""
        return [metrics_route(self._settings.metrics_token, self._page)] if self._counts else []

    async def start(self) -> None:
        """Start to write and to count."""
        if self._lines:
            self._writer.start()
            start_logging(self._settings.log_level, self._writer)
        if self._counts:
            self._started_at = self._clock()
            REGISTRY.on = True
            REGISTRY.before += [process_figures.measure, self._look]
            measuring.measure(self._ledger)
            folder = os.environ.get(FOLDER_VARIABLE)
            if folder is not None:
                self._workers = Workers(REGISTRY, Path(folder))
                self._writing = asyncio.create_task(self._write())

    def flush(self) -> None:
        """Hand over the lines of all requests that have ended."""
        self._access_log.hand_over()

    async def stop(self) -> None:
        """Write what is still to be written."""
        if self._writing is not None:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
            self._workers.write()
        if self._counts:
            await self._figures.stop()
            REGISTRY.rest()
        if self._tracing is not None:
            await self._tracing.stop()
        if self._lines:
            await asyncio.to_thread(self._writer.close)
            start_logging(self._settings.log_level)

    async def _page(self) -> bytes:
        await self._figures.refresh()
        return self._workers.page()

    async def _write(self) -> None:
        while True:
            self._workers.write()
            await asyncio.sleep(WRITE_SECONDS)

    def _look(self) -> None:
        self._process.workers.look()
        if self._process.works:
            swept_at = self._process.sweeper.last_run_at or self._started_at
            LAG.set(max(0, self._clock() - swept_at) / 1_000_000)
        BUILD.set(1, __version__, self._settings.engine)
        WORKERS.set(1)
        measuring.look(self._ledger)
