"""Making sandbox customers, with names that no shopper can have."""

from __future__ import annotations

from secrets import token_hex
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from gateway.errors import RequestCode, RequestError
from gateway.ids import IdMaker
from gateway.services.database import statement
from gateway.services.identity import SANDBOX
from gateway.services.sandbox import FREE, SandboxCustomer

LEASE: Final = 45 * 1_000_000
"""How long a run may have one, in microseconds; a run and its tidying up end sooner."""
PHONES: Final = 100
"""Numbers that are set aside for fiction, +1 202 555 0100 to 0199."""

_NAMES: Final = ("id", "external_id", "phone", "email", "sandbox_until")
_MAKE: Final = (
    "INSERT INTO customer (merchant_id, id, external_id, phone, email, tags, created_at,"
    " updated_at, sandbox, sandbox_until) VALUES (?, ?, ?, ?, ?, '[]', ?, ?, TRUE, ?)"
)


async def make(merchant_id: int, now: int, ids: IdMaker) -> SandboxCustomer:
    """A new one, which the caller has. Raises RequestError(OVERLOADED) where none can be."""
    for number in range(PHONES):
        name = token_hex(8)
        made = SandboxCustomer(
            merchant_id=merchant_id,
            id=ids.next(),
            external_id=f"{SANDBOX}{name}",
            phone=f"+1202555{100 + number:04d}",
            email=f"sandbox-{name}@loyalty.invalid",
            until=now + LEASE,
        )
        row = row_of(made)
        try:
            await statement(
                _MAKE, merchant_id, *(row[n] for n in _NAMES[:-1]), now, now, row[_NAMES[-1]]
            )
        except IntegrityError:
            continue  # another one has the number
        return made
    raise RequestError(RequestCode.OVERLOADED, "No sandbox customer could be made.")


def row_of(who: SandboxCustomer) -> dict[str, Any]:
    """The columns that tell of it."""
    return dict(
        zip(_NAMES, (who.id, who.external_id, who.phone, who.email, who.until), strict=True)
    )


def customer_of(merchant_id: int, row: dict[str, Any]) -> SandboxCustomer:
    """The customer that a row tells of."""
    values = dict(row)
    until = values.pop("sandbox_until")
    return SandboxCustomer(merchant_id=merchant_id, until=until or FREE, **values)
