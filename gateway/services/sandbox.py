"""Customers of the gateway's own, on whom a merchant's setup is tried.

They have ids, phones and e-mail addresses that no shopper can have, no token opens them, and they
count in no figure: whoever counts, leaves them out with `real`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.services.database import statement
from gateway.services.directory import Known

FREE: Final = 0

_ANY: Final = (
    "SELECT 1 AS n FROM customer WHERE merchant_id = ? AND id IN (?, ?) AND sandbox LIMIT 1"
)


def real(table: str) -> str:
    """The SQL condition that leaves sandbox customers out.

    `table` is the alias of one with `merchant_id` and `customer_id`. An index makes it cheap.
    """
    return (
        "NOT EXISTS (SELECT 1 FROM customer sandboxed"  # noqa: S608 - the caller's own alias
        f" WHERE sandboxed.merchant_id = {table}.merchant_id"
        f" AND sandboxed.id = {table}.customer_id AND sandboxed.sandbox)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxCustomer:
    """One of them; `until`: when the run that has it, or had it, is over. FREE: it has nothing."""

    merchant_id: int
    id: int
    external_id: str
    phone: str
    email: str
    until: int

    @property
    def known(self) -> Known:
        """As the services name a customer."""
        return Known(self.id, self.external_id)


async def any_of_them(merchant_id: int, one: int, other: int) -> bool:
    """Whether one of two customers is a sandbox customer."""
    return bool(await statement(_ANY, merchant_id, one, other))
