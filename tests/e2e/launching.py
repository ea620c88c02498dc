"""What the tests of the go-live test send, and how they read what comes."""

from __future__ import annotations

from gateway.services.database import statement
from tests.e2e.caller import Json
from tests.e2e.shop import Shop

RUN = """mutation RunLaunchCheck($input: RunLaunchCheckInput!) {
  runLaunchCheck(input: $input) { report {
    ok passed warnings failed notConfigured startedAt finishedAt
    items { id title status advice setting evidence { sent expected came wrong } }
} } }"""
_BALANCES = (
    "SELECT a.available + a.held + a.pending + a.debt AS has FROM account a"
    " JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id"
    " WHERE c.merchant_id = ? AND c.sandbox"
)


async def run(shop: Shop, *items: str) -> Json:
    """The report of a run, of these items or of all."""
    given = {"items": list(items)} if items else {}
    return (await shop.admin.ask(RUN, input=given))["report"]


async def items(shop: Shop, *names: str) -> dict[str, Json]:
    """The items of a run by their ids."""
    return {item["id"]: item for item in (await run(shop, *names))["items"]}


def of_status(found: dict[str, Json], status: str) -> set[str]:
    return {name for name, item in found.items() if item["status"] == status}


async def ready(shop: Shop) -> Shop:
    """The shop with all that a merchant does before going live."""
    await shop.set_checkout(allowedOrigins=["https://shop.example"])
    await shop.backend.ask("{ program { enabled } }")
    return shop


async def sandboxed(shop: Shop) -> list[int]:
    """What each account of the shop's sandbox customers has, all buckets together."""
    return [row["has"] for row in await statement(_BALANCES, shop.merchant_id)]


async def sandbox_customers(shop: Shop) -> list[Json]:
    text = "SELECT * FROM customer WHERE merchant_id = ? AND sandbox ORDER BY id"
    return await statement(text, shop.merchant_id)
