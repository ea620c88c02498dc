"""Forgetting a customer everywhere.

The ledger forgets in the transaction that takes the points. Whatever else keeps a text that names a
customer (bodies that were received or sent) has a redactor, which runs before, while it is still
known who that is, and once more after, for what came in between. All of it is safe to repeat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.ledger.commands import IdempotencyKey, Outcome
from gateway.ledger.people_commands import Erase
from gateway.services.audit import SYSTEM, Actor, note
from gateway.services.database import statement
from gateway.services.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything by which a customer is known, and was before others were merged into it."""

    merchant_id: int
    customer_id: int
    customer_ids: tuple[int, ...]
    """With those who were merged into it."""
    external_ids: tuple[str, ...]
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()

    @property
    def nameless(self) -> str:
        """What stands where the name stood."""
        return f"erased:{self.customer_id}"


Redactor = Callable[[Person], Awaitable[object]]
"""Takes what tells of the person out of stored texts; nothing happens where there is none."""


async def person(merchant_id: int, customer_id: int) -> Person:
    """Who the customer is, as of now."""
    rows = await statement(
        "SELECT id, external_id, phone, email FROM customer"
        " WHERE merchant_id = ? AND (id = ? OR merged_into = ?) ORDER BY id",
        merchant_id,
        customer_id,
        customer_id,
    )
    aliases = await statement(
        "SELECT kind, value FROM customer_alias WHERE merchant_id = ? AND customer_id = ?",
        merchant_id,
        customer_id,
    )
    named = [(row["kind"], row["value"]) for row in aliases]
    named += [(kind, row[kind]) for row in rows for kind in ("external_id", "phone", "email")]

    def all_of(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for each, value in named if each == kind and value))

    return Person(
        merchant_id=merchant_id,
        customer_id=customer_id,
        customer_ids=tuple(row["id"] for row in rows),
        external_ids=all_of("external_id"),
        phones=all_of("phone"),
        emails=all_of("email"),
    )


async def erase_customer(
    runtime: Runtime, merchant_id: int, customer_id: int, by: Actor = SYSTEM
) -> Outcome:
    """Forget who the customer is, and take all that it has. Safe to repeat by itself.

    The audit log is told by whom, and of the customer no more than its number.
    """
    who = await person(merchant_id, customer_id)
    redactors = (*runtime.redactors, runtime.sightings.forget)
    for redact in redactors:
        await redact(who)
    key = IdempotencyKey("erase", str(customer_id), "erase")
    outcome = await runtime.ledger.submit(
        Erase(
            merchant_id=merchant_id,
            customer_id=customer_id,
            key=key,
            note=note(merchant_id, by, "customer.erase", who.nameless),
        )
    )
    if outcome.refusal is None:
        runtime.directory.forget()
        for redact in redactors:
            await redact(who)
    return outcome
