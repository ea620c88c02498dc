"""Commands that merge and erase customers, in the words of the tests."""

from __future__ import annotations

from dataclasses import replace

from gateway.ledger.commands import Command, IdempotencyKey
from gateway.ledger.people_commands import Erase, Merge
from tests.ledger.shop import MERCHANT, Shop


def merge(shop: Shop, source: int = 1, target: int = 2, key: str = "") -> Merge:
    identity = IdempotencyKey("backend", key or f"merge-{next(shop.numbers)}", "hash")
    return Merge(merchant_id=MERCHANT, customer_id=target, source_id=source, key=identity)


def erase(shop: Shop, customer: int = 1) -> Erase:
    identity = IdempotencyKey("erase", str(next(shop.numbers)), "hash")
    return Erase(merchant_id=MERCHANT, customer_id=customer, key=identity)


def by_shopper(command: Command, external_id: str = "customer-1") -> Command:
    """The same, asked with a customer token."""
    key = command.key
    assert key is not None
    return replace(command, key=replace(key, caller=f"customer:{external_id}"))


async def person(shop: Shop, customer: int) -> dict[str, object]:
    names = ("external_id", "phone", "email", "merged_into", "erased_at")
    rows = await shop.sql(f"SELECT {', '.join(names)} FROM customer WHERE id = $1", customer)  # noqa: S608 - fixed names
    return dict(zip(names, rows[0], strict=True))


async def known_as(shop: Shop, customer: int, phone: str | None, email: str | None) -> None:
    await shop.sql(
        "UPDATE customer SET phone = $1, email = $2 WHERE id = $3", phone, email, customer
    )


async def aliases(shop: Shop) -> list[tuple[object, ...]]:
    return sorted(await shop.sql("SELECT kind, value, customer_id, source_id FROM customer_alias"))
