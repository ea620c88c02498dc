"""Holding orders, redemptions and the shop's own list against each other, and mending them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from gateway.cli.reconcile_lines import Lines
    from gateway.services.findings import Finding
    from gateway.services.reconciling import Span
    from gateway.services.runtime import Runtime

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415


@click.command()
@click.option(
    "--csv",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The shop's own list of its orders.",
)
@click.option("--merchant", "merchant_id", type=int, help="Needed if there is more than one.")
@click.option("--since", help="An ISO date or time.  [default: 7 days before --until]")
@click.option("--until", help="An ISO date or time; a date is its end.  [default: now]")
@click.option(
    "--grace",
    default=60,
    show_default=True,
    type=click.IntRange(0, 43_200),
    help="Minutes that a capture may wait for its order.",
)
@click.option("--json", "as_json", is_flag=True, help="Print each finding as a line of JSON.")
@click.option("--repair", "chosen", multiple=True, metavar="KIND|ID", help="Mend these.")
@click.option("--yes", is_flag=True, help="Mend without asking.")
def reconcile(  # noqa: PLR0913, PLR0917 - an option each
    file: Path | None,
    merchant_id: int | None,
    since: str | None,
    until: str | None,
    grace: int,
    as_json: bool,
    chosen: tuple[str, ...],
    yes: bool,
) -> None:
    """Find where points, orders and a shop's own list disagree.

    Each finding says what would mend it, and what that would do to the customer's points. Without
    --repair nothing is changed. Exit code 1 when something is left open, or the file has errors.

    Columns of the file: orderId, total or paid, status (paid, cancelled, refunded),
    refundedAmount, externalId, email or phone, placedAt, redemptionId, cartId.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.reconcile_lines import Lines
    from gateway.cli.session import opened, run
    from gateway.services.findings import FindingKind
    from gateway.services.reconciling import span_of

    wrong = [each for each in chosen if each.partition(":")[0] not in list(FindingKind)]
    if wrong:
        kinds = ", ".join(FindingKind)
        raise click.UsageError(f"--repair: {wrong[0]} is no finding; the kinds are {kinds}")
    begins, ends = _time("--since", since), _time("--until", until, ends=True)

    async def work() -> int:
        async with opened() as gateway:
            merchant = await chosen_merchant(merchant_id)
            runtime = gateway.runtime
            span = span_of(runtime.clock(), begins, ends, grace * 60)
            currency = (await runtime.directory.merchant(merchant)).currency
            lines = Lines(currency, as_json=as_json)
            if file is not None and not _sound(file, currency, runtime.clock()):
                return 1
            job = _Job(runtime, merchant, span, file, currency)
            return await job.run(lines, chosen, yes=yes)

    if run(work):
        raise SystemExit(1)


class _Job:
    """One run over one merchant."""

    def __init__(
        self, runtime: Runtime, merchant_id: int, span: Span, file: Path | None, currency: str
    ) -> None:
        """Nothing is looked at yet."""
        self._runtime = runtime
        self._merchant_id = merchant_id
        self._span = span
        self._file = file
        self._currency = currency

    async def run(self, lines: Lines, chosen: tuple[str, ...], *, yes: bool) -> int:
        """Show all, and mend what is chosen; answers how many are left open."""
        left, meant = await self._pass(lines, chosen, mend=yes)
        if yes or not meant or not click.confirm(f"Mend {meant:,} of them?", err=True):
            lines.summary()
            return left
        lines = lines.anew(only_mended=True)
        left, _ = await self._pass(lines, chosen, mend=True)
        lines.summary()
        return left

    async def _pass(self, lines: Lines, chosen: tuple[str, ...], *, mend: bool) -> tuple[int, int]:
        """How many are left open, and how many are meant by what is chosen."""
        from gateway.services.repairing import carry_out

        left = meant = 0
        async for found in self._all():
            these = [each for each in found if each.kind in chosen or each.id in chosen]
            meant += len(these)
            outcomes = await carry_out(self._runtime, these if mend else ())
            for finding in found:
                came_to = outcomes.get(finding.id, [])
                done = bool(came_to) and came_to[-1].refusal is None
                left += finding.open and not done
                lines.show(finding, came_to)
        return left, meant

    async def _all(self) -> AsyncIterator[Sequence[Finding]]:
        """First what the shop's list says: where it knows of an order, it knows better."""
        from gateway.services.findings import FindingKind
        from gateway.services.reconciling import all_findings

        told: set[str | None] = set()
        async for found in self._of_file():
            told.update(finding.order_id for finding in found)
            yield found
        async for found in all_findings(self._runtime, self._merchant_id, self._span):
            yield [
                finding
                for finding in found
                if finding.kind is not FindingKind.CAPTURED_WITHOUT_ORDER
                or finding.order_id not in told
            ]

    async def _of_file(self) -> AsyncIterator[Sequence[Finding]]:
        from itertools import islice

        from gateway.services.import_rows import Errors
        from gateway.services.order_comparing import CHUNK, compare
        from gateway.services.order_file import read_orders

        if self._file is None:
            return
        with self._file.open("rb") as source:
            told = read_orders(source, self._currency, self._runtime.clock(), Errors())
            while chunk := list(islice(told, CHUNK)):
                yield await compare(self._runtime, self._merchant_id, chunk)


def _sound(file: Path, currency: str, now: int) -> bool:
    """Whether every line can be read; what is wrong is said, and then nothing is looked at."""
    from gateway.services.import_rows import Errors
    from gateway.services.order_file import read_orders

    errors = Errors()
    with file.open("rb") as source:
        for _ in read_orders(source, currency, now, errors):
            pass
    for error in errors.shown:
        click.echo(f"line {error.line}, {error.column}: {error.message}", err=True)
    if errors.count:
        click.echo(f"{errors.count:,} errors; nothing was compared", err=True)
    return not errors.count


def _time(option: str, text: str | None, *, ends: bool = False) -> int | None:
    from gateway.services.import_rows import instant

    try:
        return None if text is None else instant(text, ends=ends)
    except ValueError:
        raise click.UsageError(f'{option}: an ISO date or time such as "2027-12-31"') from None
