"""Commands of the server and its contract."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from gateway.cli.documents import require_valid
from gateway.cli.trouble import require_free
from gateway.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.applications import Starlette


@click.command()
@click.option("--host", help="Listen here; default: LOYALTY_HOST, 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Default: LOYALTY_PORT, 8000.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that serve side by side; more than one needs PostgreSQL.",
)
@click.option("--migrate", "migrating", is_flag=True, help="Bring the database up to date first.")
def serve(host: str | None, port: int | None, workers: int, migrating: bool) -> None:
    """Serve GraphQL over HTTP until SIGINT or SIGTERM.

    What was accepted is finished first. Prints its address, which with port 0 nobody knows before.
    """
    # Loading makes many objects that stay: collecting in between finds nothing and takes a tenth of
    # a second. `Gateway.start` freezes what was loaded and switches the collector on again.
    gc.disable()
    from gateway.secret_key import settings_from_environment  # noqa: PLC0415 - keeps help quick
    from gateway.telemetry import start_logging  # noqa: PLC0415 - keeps help quick
    from gateway.telemetry.traces import tracing_wanted  # noqa: PLC0415 - keeps help quick
    from gateway.telemetry.workers import shared_folder  # noqa: PLC0415 - keeps help quick

    settings = settings_from_environment()
    if workers > 1 and settings.engine == "sqlite":
        raise click.UsageError("--workers: more than one process needs PostgreSQL (DATABASE_URL).")
    tracing_wanted(os.environ)  # raises where it cannot be had, before any process is started
    name = host or settings.host
    chosen = require_free(name, settings.port if port is None else port)
    if workers > 1:  # one process says so itself; several would be started again and again
        require_valid(settings)
    require_migrated(settings.database_url, migrating=migrating)
    click.echo(f"http://{f'[{name}]' if ':' in name else name}:{chosen}/graphql")
    if workers > 1:
        # The parent's own words: that a worker has died must stand in the log.
        start_logging(settings.log_level)
        logging.getLogger("uvicorn.error").setLevel(settings.log_level.upper())
    if workers > 1 and settings.rate_storage == "auto":
        # Read by every worker: only this process knows that it will not be the only one.
        os.environ["LOYALTY_RATE_STORAGE"] = "database"
    with shared_folder() if workers > 1 and settings.metrics == "on" else nullcontext():
        run_server(
            name,
            chosen,
            workers,
            proxies=settings.forwarded_allow_ips,
            max_message_bytes=settings.max_body_bytes,
        )


def require_migrated(database_url: str, *, migrating: bool) -> None:
    """Look at the database before any process is started; with `migrating`, bring it up to date."""
    import asyncio  # noqa: PLC0415 - keeps help quick

    from models.migrate import migrate, pending  # noqa: PLC0415 - keeps help quick

    if migrating:
        asyncio.run(migrate(database_url))
    elif missing := asyncio.run(pending(database_url)):
        raise ConfigurationError(
            f"DATABASE_URL: the database lacks {', '.join(missing)}; run `loyalty migrate`, or"
            " serve with --migrate."
        )


def run_server(
    host: str,
    port: int,
    workers: int = 1,
    factory: str | Callable[[], Starlette] = "gateway.app:create_app",
    proxies: Sequence[str] = (),
    *,
    max_message_bytes: int = 100_000,
) -> None:
    """Run uvicorn on the application that the environment describes.

    More than one worker needs `factory` by name. `proxies` are believed when they say for whom a
    request is.
    """
    import uvicorn  # noqa: PLC0415 - keeps help quick

    # The server repeats the signal to itself when it has finished everything: a stop as it should
    # be, so the exit code is 0.
    signal.signal(signal.SIGTERM, _end)
    uvicorn.run(
        factory,
        factory=True,
        host=host,
        port=port,
        workers=workers,
        loop="uvloop" if os.name == "posix" else "auto",
        http="gateway.cli.protocols:HttpProtocol",
        ws="gateway.cli.protocols:web_socket",
        ws_max_size=max_message_bytes,
        ws_per_message_deflate=False,  # messages are small, and each connection would pay in memory
        lifespan="on",
        access_log=False,
        server_header=False,
        date_header=False,
        log_config=None,
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=15,
    )


def _end(*_: object) -> None:
    sys.exit(0)


@click.command("export-schema")
@click.option("--federation", is_flag=True, help="As a subgraph of Apollo Federation 2.")
@click.option(
    "--scopes/--no-scopes",
    default=True,
    show_default=True,
    help="With --federation: @requiresScopes, for a router that reads tokens itself.",
)
def export_schema(federation: bool, scopes: bool) -> None:
    """Print the GraphQL schema (SDL)."""
    if not (scopes or federation):
        raise click.UsageError("--no-scopes goes with --federation: the plain schema has none.")
    from resolvers.build import build_schema  # noqa: PLC0415 - keeps help quick
    from schema.subgraph import subgraph_sdl  # noqa: PLC0415 - keeps help quick

    plain = build_schema().as_str()
    click.echo(subgraph_sdl(plain, scopes=scopes) if federation else plain)
