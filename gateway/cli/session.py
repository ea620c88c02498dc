"""What a command that works on the database needs around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar

from gateway.composition import Clock, Gateway, wall_clock
from gateway.secret_key import settings_from_environment
from gateway.services.database import close_database, open_database
from gateway.settings import Settings
from gateway.telemetry import start_logging
from models.migrate import migrate

P = ParamSpec("P")
T = TypeVar("T")


@asynccontextmanager
async def opened(
    settings: Settings | None = None, clock: Clock = wall_clock
) -> AsyncGenerator[Gateway]:
    """The gateway's parts over a migrated, opened database; nothing is served or swept."""
    settings = settings or settings_from_environment()
    start_logging("warning")
    await migrate(settings.database_url)
    gateway = Gateway(settings, clock)
    await open_database(settings)
    await gateway.store.start()
    try:
        yield gateway
    finally:
        await gateway.runtime.ledger.drain()
        await gateway.store.stop()
        await close_database()


def run(work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one asynchronous piece of work to its end."""
    return asyncio.run(work(*args, **kwargs))
