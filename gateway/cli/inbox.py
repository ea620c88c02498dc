"""Commands for what shops have sent of their orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gateway.services.inbox_items import InboxItem

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

STATES = ("waiting", "dead", "done", "ignored")
MERCHANT = click.option("--merchant", "merchant_id", type=int, help="Needed if more than one.")


@click.group()
def inbox() -> None:
    """What shops have sent of their orders."""


@inbox.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only in this state.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="Most.")
@MERCHANT
def list_inbox(state: str | None, limit: int, merchant_id: int | None) -> None:
    """List deliveries, newest first.

    Number, time, state, tries, source, topic, order, and what is amiss. Bodies are not shown, since
    they hold personal data.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.inbox_care import list_inbox as found
    from gateway.services.inbox_items import InboxState
    from gateway.services.order_sources import list_sources

    wanted = None if state is None else InboxState(state.upper())

    async def work() -> None:
        async with opened():
            chosen = await chosen_merchant(merchant_id)
            names = {source.id: source.name for source in await list_sources(chosen)}
            for item in (await found(chosen, wanted, limit)).items:
                click.echo(_line(item, names.get(item.source_id, "(deleted)")))

    run(work)


@inbox.command("replay")
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1))
@click.option("--source", help="The name of a source: all of it that were given up.")
@MERCHANT
def replay(numbers: tuple[int, ...], source: str | None, merchant_id: int | None) -> None:
    """Have deliveries carried out again.

    The gateway that runs does it; it is safe for all of them. NUMBERS are those of
    `loyalty inbox list`.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.inbox_care import replay as again
    from gateway.services.inbox_care import replay_dead
    from gateway.services.order_sources import list_sources

    if bool(numbers) == (source is not None):
        raise click.UsageError("name deliveries by their numbers, or a --source")

    async def work() -> int:
        async with opened() as gateway:
            chosen, now = await chosen_merchant(merchant_id), gateway.runtime.clock()
            if source is None:
                return await again(chosen, numbers, now)
            ids = {found.name: found.id for found in await list_sources(chosen)}
            if source not in ids:
                names = ", ".join(ids) or "none"
                raise click.UsageError(f"no source {source}; there are: {names}")
            return await replay_dead(chosen, ids[source], now)

    click.echo(f"{run(work)} to be carried out again")


def _line(item: InboxItem, source: str) -> str:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(item.received_at // 1_000_000, UTC)
    order = item.order_id or "-"
    cells = (
        f"{item.id:<20}",
        f"{at:%Y-%m-%dT%H:%M:%SZ}",
        f"{item.state.value:<7}",
        f"{item.attempts:>2}",
        f"{source:<14}",
        f"{item.topic or '-':<16}",
        f"{order:<20}",
        item.last_error or "",
    )
    return "  ".join(cells).rstrip()
