"""Who has which sandbox customer: a run has one for itself, until it gives it back or is over."""

from __future__ import annotations

from typing import Final

import orjson

from gateway.errors import RequestCode, RequestError
from gateway.ids import IdMaker
from gateway.services.database import statement
from gateway.services.sandbox import FREE, SandboxCustomer
from gateway.services.sandbox_making import LEASE, customer_of, make, row_of

MOST: Final = 8
"""Of one merchant, and so of runs at the same time."""
_COLUMNS: Final = "id, external_id, phone, email, sandbox_until"
_OURS: Final = "merchant_id = ? AND sandbox AND erased_at IS NULL AND merged_into IS NULL"
_ALL: Final = f"SELECT {_COLUMNS} FROM customer WHERE {_OURS} ORDER BY id"  # noqa: S608 - fixed names
# By what was seen of it: of two that want the same one, the later finds another value.
_TAKE: Final = (
    f"UPDATE customer SET sandbox_until = ? WHERE {_OURS} AND id = ? AND sandbox_until = ?"  # noqa: S608 - fixed names
    " RETURNING id"
)
_BECOME: Final = (
    "UPDATE customer SET tier = ?, tags = ? WHERE merchant_id = ? AND id = ? AND sandbox"
)


async def take(merchant_id: int, now: int, ids: IdMaker) -> SandboxCustomer:
    """One for the caller alone, new or used before; what an earlier run left may still be on it.

    Raises RequestError(OVERLOADED) where as many runs as may be are going on.
    """
    there = await _all(merchant_id)
    for each in there:
        if each.until <= now and (taken := await _taken(each, now)):
            return taken
    if len(there) < MOST:
        return await make(merchant_id, now, ids)
    raise RequestError(
        RequestCode.OVERLOADED, "Other go-live tests are running.", retry_after_seconds=5
    )


async def take_abandoned(merchant_id: int, now: int) -> list[SandboxCustomer]:
    """All whose run is over and never gave them back; they are the caller's now."""
    left = [each for each in await _all(merchant_id) if FREE < each.until <= now]
    return [taken for each in left if (taken := await _taken(each, now))]


async def give_back(who: SandboxCustomer, *, clean: bool, now: int) -> None:
    """End the caller's hold on it. One that is not clean is the next run's to clean."""
    until = FREE if clean else now
    await statement(_TAKE, until, who.merchant_id, who.id, who.until)


async def become(who: SandboxCustomer, tier: str | None, tags: frozenset[str]) -> None:
    """Give it the tier and the tags that a rule asks for."""
    listed = orjson.dumps(sorted(tags)).decode()
    await statement(_BECOME, tier, listed, who.merchant_id, who.id)


async def _all(merchant_id: int) -> list[SandboxCustomer]:
    return [customer_of(merchant_id, row) for row in await statement(_ALL, merchant_id)]


async def _taken(seen: SandboxCustomer, now: int) -> SandboxCustomer | None:
    until = now + LEASE
    found = await statement(_TAKE, until, seen.merchant_id, seen.id, seen.until)
    return customer_of(seen.merchant_id, row_of(seen) | {"sandbox_until": until}) if found else None
