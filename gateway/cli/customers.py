"""Commands that give a customer all that is kept of it, or forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gateway.composition import Gateway

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

MERCHANT = click.option(
    "--merchant", "merchant_id", type=int, help="Needed if there is more than one."
)
BY_ID = click.option("--id", "by_id", is_flag=True, help="CUSTOMER is the gateway's global id.")


@click.group()
def customers() -> None:
    """Customers: what is kept of one, and forgetting one."""


@customers.command("export")
@click.argument("customer")
@MERCHANT
@BY_ID
def export(customer: str, merchant_id: int | None, by_id: bool) -> None:
    """Write all that is kept of a customer to the standard output, as one JSON document.

    CUSTOMER is the merchant's own id. Times are microseconds since 1970, amounts minor units. It is
    read and written a page at a time.
    """
    from gateway.cli.session import opened, run
    from gateway.services.audit import SYSTEM
    from gateway.services.directory import Known
    from gateway.services.exports import SECTIONS, as_json, export_pages, note_export

    async def work() -> None:
        async with opened() as gateway:
            merchant, number = await _named(gateway, merchant_id, customer, by_id=by_id)
            who = Known(number, None if by_id else customer)
            await note_export(merchant, who, gateway.runtime.clock(), SYSTEM)
            written = ""
            click.echo("{", nl=False)
            async for page in export_pages(merchant, number):
                for name in dict.fromkeys(section.name for section in SECTIONS):
                    rows = as_json(page.rows.get(name, []))[1:-1]
                    if rows and name == written:
                        click.echo(f",{rows}", nl=False)
                    elif rows:
                        click.echo(f'{"]," if written else ""}"{name}":[{rows}', nl=False)
                        written = name
            click.echo("]}" if written else "}")

    run(work)


@customers.command("erase")
@click.argument("customer")
@MERCHANT
@BY_ID
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(customer: str, merchant_id: int | None, by_id: bool, yes: bool) -> None:
    """Forget who a customer is, and take its points. Cannot be undone.

    CUSTOMER is the merchant's own id. The journal stays, without a name. It is safe to repeat with
    --id, which goes on to name the customer.
    """
    from gateway.cli.session import opened, run
    from gateway.ids import to_global_id
    from gateway.services.privacy import erase_customer

    async def work() -> str:
        async with opened() as gateway:
            merchant, number = await _named(gateway, merchant_id, customer, by_id=by_id)
            outcome = await erase_customer(gateway.runtime, merchant, number)
            if outcome.refusal is not None:
                raise click.ClickException(outcome.refusal.code.value)
            return to_global_id("Customer", number)

    if not yes:
        click.confirm(f"Forget {customer} for good?", abort=True)
    click.echo(f"forgotten: {run(work)}")


async def _named(
    gateway: Gateway, merchant_id: int | None, customer: str, *, by_id: bool
) -> tuple[int, int]:
    """The merchant and the customer that are meant."""
    from gateway.cli.data import chosen_merchant
    from gateway.ids import from_global_id, id_number
    from gateway.services.customers import CustomerRef

    merchant = await chosen_merchant(merchant_id)
    named: dict[str, Any] = {"external_id": customer}
    if by_id:
        parts = from_global_id(customer, "Customer")
        number = id_number(parts[0]) if parts and len(parts) == 1 else None
        named = {"id": number or 0}
    ref = CustomerRef(**named, old_names=True)
    found = await gateway.runtime.directory.customer(merchant, ref)
    if found is None:
        raise click.UsageError("there is no such customer")
    return merchant, found.id
