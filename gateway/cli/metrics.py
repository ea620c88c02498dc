"""The metrics of a merchant, in a terminal or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from gateway.services.merchant_metrics import Measures

# The command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "begins", type=DAY, required=True, help="The first day.")
@click.option("--to", "ends", type=DAY, required=True, help="The last day.")
@click.option(
    "--by",
    type=click.Choice(("day", "week", "month")),
    default="day",
    show_default=True,
    help="How long each point of a trend is, in the CSV.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print all values, with trends, as CSV.")
@click.option("--merchant", "merchant_id", type=int, help="Needed if there is more than one.")
def metrics(
    begins: datetime, ends: datetime, by: str, as_csv: bool, merchant_id: int | None
) -> None:
    """Show how the programme does over some days.

    It is held against as many days before. Days are the merchant's own. What happened in the last
    minute may be missing. What no worker has summed up yet, this command sums up first.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.errors import RequestError
    from gateway.services.merchant_metrics import measure
    from gateway.services.metrics_csv import metrics_csv
    from gateway.services.rollups import Rollups
    from gateway.services.spans import Granularity, span

    cut = Granularity(by.upper())
    try:
        days = span(begins.date(), ends.date(), cut)
    except RequestError as error:
        raise click.UsageError(error.message.replace("`", "")) from None

    async def work() -> str:
        async with opened() as gateway:
            chosen = await chosen_merchant(merchant_id)
            await Rollups(gateway.runtime).run()
            currency = (await gateway.runtime.directory.merchant(chosen)).currency
            found = await measure(chosen, currency, days, cut, compare=True)
            return metrics_csv(found, currency) if as_csv else _table(found, currency)

    click.echo(run(work), nl=not as_csv)


def _table(found: Measures, currency: str) -> str:
    lines = [f"{'':<44}{'value':>14}{'before':>14}{'change':>10}"]
    for each in found.metrics:
        unit = f" ({currency})" if each.metric.unit.value == "MONEY" else ""
        cells = (each.value or "-", each.previous or "-", each.change or "-")
        name = f"{each.metric.name}{unit}"
        lines.append(f"{name:<44}{cells[0]:>14}{cells[1]:>14}{cells[2]:>10}")
    return "\n".join(lines)
