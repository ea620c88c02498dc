"""Commands for merchants and their keys."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

# Each command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

KINDS = {"publishable": "PUBLISHABLE", "secret-webhook": "SECRET_WEBHOOK", "admin": "ADMIN"}

MOST_DIGITS = 19
"""Of the number of a key: more is none."""


@click.group()
def merchant() -> None:
    """Merchants: the tenants of this gateway."""


@merchant.command("create")
@click.argument("name")
@click.option("--currency", required=True, help="ISO 4217 code, such as INR.")
@click.option("--locale", default="en", show_default=True, help="BCP 47 tag.")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name.")
def create(name: str, currency: str, locale: str, time_zone: str) -> None:
    """Make a merchant with its three keys. Secrets are shown this once only."""
    from gateway.cli.session import opened, run
    from gateway.services.credentials import create_credential
    from gateway.services.merchants import create_merchant
    from gateway.services.secrets import CredentialKind

    async def work() -> None:
        async with opened() as gateway:
            ids, now = gateway.runtime.ids, gateway.runtime.clock()
            made = await create_merchant(
                name=name, currency=currency, locale=locale, time_zone=time_zone, now=now, ids=ids
            )
            click.echo(f"merchant           {made.id}")
            for kind in CredentialKind:
                label = kind.value.replace("_", " ").lower()
                issued = await create_credential(made.id, kind, label, now, ids)
                click.echo(f"{label:<18} {issued.secret}")

    run(work)


@merchant.command("list")
def list_them() -> None:
    """Show all merchants: number, currency, name."""
    from gateway.cli.session import opened, run
    from gateway.services.merchants import list_merchants

    async def work() -> None:
        async with opened():
            for each in await list_merchants():
                click.echo(f"{each.id:<20} {each.currency}  {each.name}")

    run(work)


@click.group()
def credentials() -> None:
    """Keys of a merchant: create, list, rotate, revoke."""


MERCHANT = click.option("--merchant", "merchant_id", type=int, help="Needed if more than one.")


@credentials.command("create")
@click.argument("kind", type=click.Choice([*KINDS, "signing-key"]))
@click.option(
    "--label", default="made on the command line", show_default=True, help="To tell keys apart."
)
@click.option(
    "--algorithm",
    type=click.Choice(["ES256", "HS256"]),
    default="ES256",
    show_default=True,
    help="For a signing key: how its tokens are signed.",
)
@click.option("--issuer", help="For a signing key: the iss claim of its tokens.")
@click.option(
    "--material",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For a signing key: a file with the public key (PEM) or the shared secret.",
)
@MERCHANT
def create_key(
    kind: str,
    label: str,
    algorithm: Literal["ES256", "HS256"],
    issuer: str | None,
    material: Path | None,
    merchant_id: int | None,
) -> None:
    """Make a key; its secret is shown this once only.

    A signing key lets your own backend mint customer tokens; its `kid` is printed.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.credentials import create_credential
    from gateway.services.secrets import CredentialKind
    from gateway.services.signing_keys import register_signing_key

    if kind == "signing-key" and (issuer is None or material is None):
        raise click.UsageError("a signing key needs --issuer and --material")
    text = material.read_text("utf-8").strip() if material and kind == "signing-key" else None

    async def work() -> None:
        async with opened() as gateway:
            chosen = await chosen_merchant(merchant_id)
            runtime = gateway.runtime
            now = runtime.clock()
            if issuer is not None and text is not None:
                kid = await register_signing_key(
                    chosen, algorithm, issuer, text, now, gateway.settings.signing_key
                )
                click.echo(f"kid  {kid}")
                return
            issued = await create_credential(
                chosen, CredentialKind(KINDS[kind]), label, now, runtime.ids
            )
            click.echo(issued.secret)

    run(work)


@credentials.command("list")
@MERCHANT
def list_keys(merchant_id: int | None) -> None:
    """List the keys, without their secrets.

    Then the signing keys, by `kid`, with their issuer.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.credentials import list_credentials
    from gateway.services.signing_keys import list_signing_keys

    async def work() -> None:
        async with opened() as gateway:
            now, chosen = gateway.runtime.clock(), await chosen_merchant(merchant_id)
            for key in await list_credentials(chosen):
                state = "live" if key.live(now) else "ended"
                click.echo(f"{key.id}  {key.kind.value:<14}  …{key.hint}  {state:<5}  {key.label}")
            for key in await list_signing_keys(chosen):
                state = "live" if key.revoked_at is None else "ended"
                click.echo(f"{key.kid}  SIGNING_KEY  {key.algorithm}  {state:<5}  {key.issuer}")

    run(work)


@credentials.command("rotate")
@click.option(
    "--overlap-hours",
    type=click.IntRange(0, 720),
    default=24,
    show_default=True,
    help="How long the old one still works.",
)
@MERCHANT
def rotate(overlap_hours: int, merchant_id: int | None) -> None:
    """Make a new Secret Webhook ID; the old one works for the overlap."""
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.credentials import rotate_secret_webhook_id

    async def work() -> None:
        async with opened() as gateway:
            runtime = gateway.runtime
            issued = await rotate_secret_webhook_id(
                await chosen_merchant(merchant_id),
                runtime.clock(),
                runtime.ids,
                overlap_hours * 3600,
            )
            click.echo(issued.secret)

    run(work)


@credentials.command("revoke")
@click.argument("key")
@MERCHANT
def revoke(key: str, merchant_id: int | None) -> None:
    """End a key now and for good; servers notice in seconds.

    KEY is its number or, of a signing key, its `kid`: see `loyalty credentials list`. With a
    signing key, the customer tokens that it signed end too.
    """
    from gateway.cli.data import chosen_merchant
    from gateway.cli.session import opened, run
    from gateway.services.credentials import revoke_credential
    from gateway.services.signing_keys import revoke_signing_key

    async def work() -> bool:
        async with opened() as gateway:
            chosen, now = await chosen_merchant(merchant_id), gateway.runtime.clock()
            if key.isascii() and key.isdigit() and len(key) < MOST_DIGITS:
                return await revoke_credential(chosen, int(key), now)
            return await revoke_signing_key(chosen, key, now)

    if not run(work):
        raise click.UsageError(f"no key {key}; see `loyalty credentials list`")
    click.echo("revoked")
