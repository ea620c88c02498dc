"""Commands for the people who use the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gateway.cli.keys import MERCHANT

if TYPE_CHECKING:
    from gateway.services.staff_links import Link
    from gateway.settings import Settings

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

ROLES = ("owner", "manager", "support")


@click.group()
def staff() -> None:
    """People who use the console: invite, list, reset."""


@staff.command("invite")
@click.argument("email")
@click.option(
    "--role", type=click.Choice(ROLES), default="owner", show_default=True, help="What they may do."
)
@MERCHANT
def invite(email: str, role: str, merchant_id: int | None) -> None:
    """Print a link by which somebody new chooses a password. It works once, for a week.

    The gateway sends no mail: pass the link on yourself.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.audit import SYSTEM
    from gateway.services.staff import Role
    from gateway.services.staff_links import invite_staff

    async def work() -> None:
        async with opened() as gateway:
            chosen, runtime = await chosen_merchant(merchant_id), gateway.runtime
            now = runtime.clock()
            link = await invite_staff(chosen, email, Role(role.upper()), now, runtime.ids, SYSTEM)
            click.echo(_address(link, gateway.settings))

    run(work)


@staff.command("reset")
@click.argument("email")
@MERCHANT
def reset(email: str, merchant_id: int | None) -> None:
    """Print a link by which somebody chooses another password. It works once, for a day."""
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.audit import SYSTEM
    from gateway.services.staff import find_by_email
    from gateway.services.staff_links import reset_staff

    async def work() -> None:
        async with opened() as gateway:
            chosen, now = await chosen_merchant(merchant_id), gateway.runtime.clock()
            who = await find_by_email(chosen, email)
            if who is None:
                raise click.UsageError(f"nobody has the address {email}; see `loyalty staff list`")
            click.echo(_address(await reset_staff(chosen, who.id, now, SYSTEM), gateway.settings))

    run(work)


@staff.command("list")
@MERCHANT
def list_them(merchant_id: int | None) -> None:
    """Show who may sign in."""
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.staff import list_staff

    async def work() -> None:
        async with opened():
            for who in await list_staff(await chosen_merchant(merchant_id)):
                shut = who.disabled_at is not None
                state = "shut out" if shut else "invited" if who.invited else "active"
                click.echo(f"{who.role.value:<8} {state:<9} {who.email}  {who.name}")

    run(work)


def _address(link: Link, settings: Settings) -> str:
    """The whole link, by where the console is reached."""
    home = settings.console_url or f"http://{settings.host}:{settings.port}"
    return home + link.path
