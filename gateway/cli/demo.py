"""`loyalty demo`: a gateway with something in it, and a page that says how to use it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gateway.cli.trouble import require_free

if TYPE_CHECKING:
    from gateway.composition import Gateway
    from gateway.services.demo import Keys
    from gateway.services.demo_history import ToldClock

# The command imports what it needs when it runs, which keeps `loyalty --help` quick.
# ruff: noqa: PLC0415

KEYS_FILE = "demo-keys.json"

PREVIEW = """query Preview($cart: CartInput!) {
  redemptionPreview(input: {cart: $cart}) {
    message points discount { amount } payable { amount } minimumPayment { amount }
  }
}"""
APPLY = """mutation Apply($cart: CartInput!, $key: String!) {
  applyRedemption(input: {cart: $cart, idempotencyKey: $key}) {
    redemption { id status points discount { amount } }
    payable { amount } userErrors { code message }
  }
}"""
CAPTURE = """mutation Capture($id: ID!, $order: OrderInput!, $key: String!) {
  captureRedemption(input: {id: $id, order: $order, idempotencyKey: $key}) {
    redemption { status capturedPoints order { payable { amount } } }
    customer { points { available held } } userErrors { code message }
  }
}"""


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Listen on this port; 0 takes a free one.",
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data/demo"),
    show_default=True,
    help="Where the demo keeps its database; it is there again next time.",
)
@click.option(
    "--credentials",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write endpoint, keys and customer tokens to this file as JSON.",
)
@click.option(
    "--history",
    is_flag=True,
    help="Give a new demo three months of customers, orders and redemptions, made up but told"
    " to the gateway as a shop would; a few seconds, once.",
)
def demo(port: int, data_dir: Path, credentials: Path | None, *, history: bool) -> None:
    """Serve a demo merchant on 127.0.0.1, and print its keys.

    Its database is embedded. INR; 1 point = ₹1, at most ₹100 at once; the customer pays at least
    20 % of the cart.
    """
    from functools import partial

    from gateway.app import create_app
    from gateway.cli.serve import run_server
    from gateway.cli.session import run

    data_dir.mkdir(parents=True, exist_ok=True)
    os.environ["LOYALTY_DATA_DIR"] = str(data_dir)
    os.environ["DATABASE_URL"] = f"sqlite:///{data_dir.absolute()}/loyalty.db"
    os.environ.setdefault("LOYALTY_ENVIRONMENT", "development")
    os.environ.setdefault("LOYALTY_LOG_LEVEL", "warning")
    os.environ.setdefault("LOYALTY_FIGURES_SECONDS", "2")  # whoever tries something sees it at once
    chosen = require_free("127.0.0.1", port)
    endpoint = f"http://127.0.0.1:{chosen}/graphql"
    keys = run(prepare, data_dir, history=history)
    if credentials is not None:
        _write_private(credentials, keys.as_json(endpoint))
    click.echo(page(keys, endpoint))
    shown = {"customer": keys.customers[0][1], "backend": keys.secret_webhook_id}
    run_server("127.0.0.1", chosen, factory=partial(create_app, demo_keys=shown))


async def prepare(data_dir: Path, *, history: bool = False) -> Keys:
    """The demo's keys; makes its merchant at the first start, with `history` with a past."""
    from dataclasses import replace

    import orjson

    from gateway.cli.session import opened
    from gateway.composition import wall_clock
    from gateway.services.demo import Keys, let_owner_in, tokens
    from gateway.services.demo_history import ToldClock
    from gateway.services.merchants import find_merchant

    kept = data_dir / KEYS_FILE
    clock = ToldClock(wall_clock)
    async with opened(clock=clock) as gateway:
        keys = Keys(**orjson.loads(kept.read_bytes())) if kept.exists() else None
        # Whoever deleted the database wants to begin anew.
        if keys is None or await find_merchant(keys.merchant_id) is None:
            keys = await _make(gateway, clock, history=history)
            shown = {
                "merchant_id": keys.merchant_id,
                "publishable_key": keys.publishable_key,
                "secret_webhook_id": keys.secret_webhook_id,
                "admin_key": keys.admin_key,
            }
            _write_private(kept, orjson.dumps(shown).decode())
        await let_owner_in(gateway.runtime, gateway.sign_in.passwords, keys.merchant_id)
        return replace(keys, customers=tokens(gateway.runtime, keys.merchant_id))


async def _make(gateway: Gateway, clock: ToldClock, *, history: bool) -> Keys:
    """The demo's merchant, as new or with a past."""
    from gateway.services.demo import seed_demo
    from gateway.services.demo_history import seed_history

    if not history:
        return await seed_demo(gateway.runtime)
    click.echo("  Telling the gateway three months of a shop's history, once.")
    keys = await seed_history(gateway.runtime, clock)
    # The checkout of the story has called with its key, as the console shows.
    await gateway.auth.webhook(keys.secret_webhook_id, "")
    await gateway.auth.last_use.flush()
    return keys


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def page(keys: Keys, endpoint: str) -> str:
    """What is printed: where it is, who may call, and three commands, all to be pasted."""
    from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD

    (first, token), *others = keys.customers
    lines = [
        "",
        f"  Loyalty Gateway demo   {endpoint}",
        "                         in a browser: GraphiQL, with the whole story in its tabs",
        f"  The merchant's console {endpoint.removesuffix('/graphql')}/console",
        f"                         sign in as {OWNER_EMAIL} with the password {OWNER_PASSWORD}",
        "",
        "  The program: 1 point = ₹1, at most ₹100 at once, and the customer pays at least 20 %.",
        "",
        "  Paste the keys into a second terminal, then the commands one by one.",
        f"  TOKEN is that of {first}; tokens are good for a day.",
        "",
        f"ENDPOINT={endpoint}",
        f"PUBLISHABLE_KEY={keys.publishable_key}",
        f"WEBHOOK_ID={keys.secret_webhook_id}",
        f"ADMIN_KEY={keys.admin_key}",
        f"TOKEN={token}",
        *(f"TOKEN_{name.rpartition('-')[2]}={other}" for name, other in others),
        "",
        "  1. What could this shopper redeem on a cart of ₹500?",
        "",
        _curl("TOKEN", PREVIEW, CART),
        "",
        "  2. Reserve it.",
        "",
        f'APPLIED=$({_curl("TOKEN", APPLY, CART, "cart-1")}); echo "$APPLIED"',
        "",
        "  3. The order is paid: the backend captures, with the Secret Webhook ID.",
        "",
        _capture(),
        "",
    ]
    return "\n".join(lines)


CART: dict[str, object] = {
    "cart": {"id": "cart-1", "total": {"amount": "500.00", "currencyCode": "INR"}}
}


def _curl(caller: str, query: str, variables: dict[str, object], key: str | None = None) -> str:
    """One command for a POSIX shell; the body has no single quote."""
    from json import dumps

    given = variables if key is None else {**variables, "key": key}
    body = dumps({"query": " ".join(query.split()), "variables": given})
    return (
        "curl -s \"$ENDPOINT\" -H 'content-type: application/json'"
        f" -H \"authorization: Bearer ${caller}\" -d '{body}'"
    )


def _capture() -> str:
    """The capture takes the id out of what the apply answered."""
    order = {"id": "order-1", "total": {"amount": "500.00", "currencyCode": "INR"}}
    command = _curl("WEBHOOK_ID", CAPTURE, {"id": "REDEMPTION", "order": order}, "order-1")
    found = """'"$(echo "$APPLIED" | sed -E 's/.*"id":"([^"]+)".*/\\1/')"'"""
    return command.replace("REDEMPTION", found)
