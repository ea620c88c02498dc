"""Commands of outbound webhooks: what there is, and sending again."""

from __future__ import annotations

from datetime import datetime

import click

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

MERCHANT = click.option(
    "--merchant", "merchant_id", type=int, help="Needed if there is more than one."
)


@click.group()
def webhooks() -> None:
    """Endpoints that are told of events, and their deliveries."""


@webhooks.command("list")
@MERCHANT
def list_webhooks(merchant_id: int | None) -> None:
    """List the endpoints: number, state, address, and what they are told of."""
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.webhook_endpoints import EndpointView, list_endpoints

    async def work() -> list[EndpointView]:
        async with opened():
            return await list_endpoints(await chosen_merchant(merchant_id))

    for each in run(work):
        state = "on" if each.disabled_reason is None else f"off: {each.disabled_reason.value}"
        click.echo(f"{each.id}  {state:<13}  {each.url}  {', '.join(each.events) or 'all events'}")


@webhooks.command("replay")
@click.argument("endpoint", type=int)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    required=True,
    help="Of deliveries made since then, UTC.",
)
@MERCHANT
def replay(endpoint: int, since: datetime, merchant_id: int | None) -> None:
    """Send again what failed or was cancelled.

    ENDPOINT is its number: see `loyalty webhooks list`. Running workers send it at once.
    """
    from datetime import UTC

    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.webhook_deliveries import MOST_REPLAYED, replay_deliveries

    begin = int(since.replace(tzinfo=UTC).timestamp()) * 1_000_000

    async def work() -> int:
        total = 0
        async with opened() as gateway:
            merchant, now = await chosen_merchant(merchant_id), gateway.runtime.clock()
            while True:
                done = await replay_deliveries(merchant, endpoint, begin, now)
                total += done
                if done < MOST_REPLAYED:
                    return total

    click.echo(f"{run(work):,} deliveries are sent again")
