"""Commands that look after the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gateway.ledger.verify import Report
    from gateway.services.imports import ImportReport

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415


@click.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run from several machines at once."""
    import asyncio

    from gateway.secret_key import settings_from_environment
    from models.migrate import migrate as run_migrations

    applied = asyncio.run(run_migrations(settings_from_environment().database_url))
    for version in applied:
        click.echo(f"applied {version}")
    if not applied:
        click.echo("nothing to do: the database is up to date")


@click.command()
@click.option(
    "--customers",
    default=1_000,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="How many, of 500 points each.",
)
@click.option("--merchant", "name", default="Demo Store", show_default=True, help="Its name.")
@click.option("--json", "as_json", is_flag=True, help="Print the keys as JSON.")
def seed(customers: int, name: str, as_json: bool) -> None:
    """Make a merchant with a rule and customers, for trials.

    Custom Checkout is on; the customers are custom_website-10001 and up.
    """
    from gateway.cli.session import opened, run
    from gateway.services.demo import Keys, seed_merchant

    async def work() -> Keys:
        async with opened() as gateway:
            with click.progressbar(length=customers, label="customers", hidden=as_json) as bar:
                return await seed_merchant(gateway.runtime, name, customers, bar.update)

    keys = run(work)
    if as_json:
        click.echo(keys.as_json("http://127.0.0.1:8000/graphql"))
    else:
        click.echo(f"publishable key    {keys.publishable_key}")
        click.echo(f"Secret Webhook ID  {keys.secret_webhook_id}")
        click.echo(f"admin key          {keys.admin_key}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(as_json: bool) -> None:
    """Check that the ledger is sound.

    Every invariant is checked and the journal replayed. Exit code 1 on any violation.
    It reads one consistent snapshot, so it may run beside live traffic.
    """
    from gateway.cli.session import run
    from gateway.composition import wall_clock
    from gateway.ledger.verify import verify as check
    from gateway.secret_key import settings_from_environment

    settings = settings_from_environment()
    report = run(
        check, settings.database_url, now=wall_clock(), sweep_seconds=settings.sweep_seconds
    )
    _show(report, as_json=as_json)
    if not report.ok:
        raise SystemExit(1)


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        import orjson

        click.echo(orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2).decode())
        return
    for check in report.checks:
        mark = click.style("ok  ", fg="green") if not check.violation_count else "FAIL"
        click.echo(f"{mark} {check.description} ({check.checked:,} checked)")
        for row in check.violations:
            click.echo(f"     {row}")
        hidden = check.violation_count - len(check.violations)
        if hidden > 0:
            click.echo(f"     … and {hidden:,} more")
    click.echo("the ledger is sound" if report.ok else "the ledger is BROKEN")


@click.command("import-customers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--merchant", "merchant_id", type=int, help="Needed if there is more than one.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
@click.option("--sign-up-awards", is_flag=True, help="New customers get what is for signing up.")
def import_customers(
    file: Path, merchant_id: int | None, dry_run: bool, sign_up_awards: bool
) -> None:
    """Import customers with balances from a CSV file.

    All of it, or nothing. Columns: externalId (required), phone, email, birthday, tier, tags
    (a|b), locale, points, pointsExpireAt, pointsAvailableFrom, credits, creditsExpireAt. The same
    file imported again changes nothing. On SQLite other writers wait while it writes and may give
    up, so import when it is quiet.
    """
    from gateway.cli.session import opened, run
    from gateway.services.imports import import_customers as work_off

    size = file.stat().st_size

    async def work() -> ImportReport:
        async with opened() as gateway:
            chosen = await chosen_merchant(merchant_id)
            with click.progressbar(length=size, label=file.name) as bar:
                return await work_off(
                    gateway.settings.database_url,
                    chosen,
                    file,
                    now=gateway.runtime.clock(),
                    ids=gateway.runtime.ids,
                    dry_run=dry_run,
                    sign_up=sign_up_awards,
                    progress=bar.update,
                )

    report = run(work)
    for error in report.errors:
        click.echo(f"line {error.line}, {error.column}: {error.message}", err=True)
    if report.error_count:
        click.echo(f"{report.error_count:,} errors; nothing was imported", err=True)
        raise SystemExit(1)
    done = "would be " if dry_run else ""
    again = "; this file was imported already, nothing changed" if report.already else ""
    click.echo(
        f"{report.rows:,} rows: {report.created:,} customers {done}created,"
        f" {report.updated:,} {done}updated, {report.points:,} points{again}"
    )


async def chosen_merchant(merchant_id: int | None) -> int:
    """The merchant that is meant; the only one where none is named."""
    from gateway.services.merchants import list_merchants

    there = [merchant.id for merchant in await list_merchants()]
    if merchant_id in there:
        return merchant_id
    if merchant_id is None and len(there) == 1:
        return there[0]
    if not there:
        raise click.UsageError("there is no merchant yet; see `loyalty merchant create --help`")
    raise click.UsageError(f"--merchant: name one of {', '.join(map(str, there))}")
