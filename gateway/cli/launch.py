"""`loyalty launch-check`: the go-live test on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from gateway.services.launch_report import LaunchItem, LaunchReport

# The command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

COLOURS: Final = {
    "PASSED": "green",
    "WARNING": "yellow",
    "FAILED": "red",
    "NOT_CONFIGURED": "bright_black",
}
"""Beside the words, never instead of them."""


@click.command("launch-check")
@click.option("--merchant", "merchant_id", type=int, help="Needed if there is more than one.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def launch_check(merchant_id: int | None, as_json: bool) -> None:
    """Try the whole checkout flow before going live.

    It is the real flow, on a customer of the gateway's own: points given, previewed, applied,
    captured, refunded. Nothing is left behind, and nothing of it counts in any figure, so it is
    safe at any time. Exit code 1 when an item fails; warnings are yours to judge.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.launch_check import run_launch_check

    async def work() -> LaunchReport:
        async with opened() as gateway:
            return await run_launch_check(gateway.runtime, await chosen_merchant(merchant_id))

    report = run(work)
    if as_json:
        click.echo(_json(report))
    else:
        for item in report.items:
            _show(item)
        click.echo(_summary(report))
    if not report.ok:
        raise SystemExit(1)


def _json(report: LaunchReport) -> str:
    from dataclasses import asdict

    import orjson

    body = asdict(report) | {"ok": report.ok}
    return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


def _show(item: LaunchItem) -> None:
    """The item; its evidence where somebody has to look at it."""
    status = item.status.value
    mark = click.style(f"{status.replace('_', ' '):<14}", fg=COLOURS[status])
    click.echo(f"{mark}  {item.title}  [{item.id}]")
    if status in {"FAILED", "WARNING"}:
        for each in item.evidence:
            wanted = f" (expected {each.expected})" if each.wrong else ""
            click.echo(f"{'':16}{each.sent}: {each.came}{wanted}")
    if item.advice is not None:
        click.echo(f"{'':16}{item.advice}")


def _summary(report: LaunchReport) -> str:
    from gateway.services.launch_report import LaunchStatus

    counts = ", ".join(
        f"{report.count(status)} {status.value.replace('_', ' ').lower()}"
        for status in LaunchStatus
    )
    return f"{'ready' if report.ok else 'NOT ready'}: {counts}"
