"""`loyalty work`: the jobs that nobody waits for, in a process of their own."""

from __future__ import annotations

import click

# The command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415


@click.command()
@click.option("--host", help="Probes and metrics listen here; default: LOYALTY_HOST, 127.0.0.1.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="Of the probes; 0 takes a free one.",
)
def work(host: str | None, port: int) -> None:
    """Send webhooks and tidy until SIGINT or SIGTERM.

    Any number may run, on any machine. Serve with LOYALTY_WORKERS=apart, so that the serving
    processes leave the work to them. What is underway is finished first. Prints the address of
    /healthz, /readyz and, where they are on, /metrics.
    """
    from gateway.cli.serve import require_migrated, run_server
    from gateway.cli.trouble import require_free
    from gateway.secret_key import settings_from_environment

    settings = settings_from_environment()
    name = host or settings.host
    chosen = require_free(name, port)
    require_migrated(settings.database_url, migrating=False)
    click.echo(f"http://{f'[{name}]' if ':' in name else name}:{chosen}/readyz")
    run_server(name, chosen, factory="gateway.app:create_worker")
