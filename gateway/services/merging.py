"""Merging a guest into an account: whom that means, and the one command that does it."""

from __future__ import annotations

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ledger.commands import Outcome
from gateway.ledger.people_commands import Merge
from gateway.services.audit import SYSTEM, Actor, note
from gateway.services.customers import CustomerRef, find_customer
from gateway.services.database import statement
from gateway.services.directory import Known
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime
from gateway.services.sandbox import any_of_them

_FORMER = "SELECT source_id FROM customer_alias WHERE merchant_id = ? AND kind = ? AND value = ?"


async def find_source(runtime: Runtime, merchant_id: int, ref: CustomerRef) -> int | None:
    """The customer of that name; one that was merged already goes on to be found by its old one."""
    merchant = await runtime.directory.merchant(merchant_id)
    ref = ref.at_home(merchant.region)
    column, value = ref.column()
    if isinstance(value, str) and not value.isprintable():
        return None
    found = await find_customer(merchant_id, ref.as_now())
    if found is not None:
        return found.id
    rows = [] if column == "id" else await statement(_FORMER, merchant_id, column, value)
    return rows[0]["source_id"] if rows else None


async def merge(
    runtime: Runtime,
    merchant_id: int,
    target: Known,
    source_id: int,
    keyed: Keyed,
    named: tuple[object, ...],
    by: Actor = SYSTEM,
) -> Outcome:
    """Make `source_id` a part of the target. `named` is how the caller named both.

    Raises LoyaltyError(CUSTOMER_NOT_FOUND) where one is a sandbox customer: it is nobody to merge.
    """
    if await any_of_them(merchant_id, target.id, source_id):
        raise LoyaltyError(Refusal(Code.CUSTOMER_NOT_FOUND, field=("source",)))
    names = await _names(merchant_id, target.id, source_id)
    facts = {"mergedFrom": names.get(source_id)}
    told = names.get(target.id, str(target.id))
    outcome = await runtime.ledger.submit(
        Merge(
            merchant_id=merchant_id,
            customer_id=target.id,
            source_id=source_id,
            # By their names: the source's comes to mean the target with the first try.
            key=keyed.bind("merge", *named),
            note=note(merchant_id, by, "customer.merge", told, after=facts),
        )
    )
    if outcome.refusal is None:
        runtime.directory.forget()
    return outcome


async def _names(merchant_id: int, *customer_ids: int) -> dict[int, str]:
    """The merchant's own ids of both, as they are before."""
    sql = "SELECT id, external_id FROM customer WHERE merchant_id = ? AND id IN (?, ?)"
    found = await statement(sql, merchant_id, *customer_ids)
    return {row["id"]: row["external_id"] for row in found if row["external_id"] is not None}


async def is_part_of(merchant_id: int, guest_id: int, account_id: int) -> bool:
    """Whether the guest was merged into that account."""
    sql = "SELECT 1 FROM customer WHERE merchant_id = ? AND id = ? AND merged_into = ?"
    return bool(await statement(sql, merchant_id, guest_id, account_id))


async def merged_from(merchant_id: int, customer_id: int) -> list[tuple[int, str]]:
    """Ids, inside and the merchant's own, of the customers who were merged into this one."""
    rows = await statement(
        "SELECT c.id, coalesce(a.value, c.external_id) AS name FROM customer c"
        " LEFT JOIN customer_alias a ON a.merchant_id = c.merchant_id AND a.source_id = c.id"
        " AND a.kind = 'external_id' AND a.customer_id = c.merged_into"
        " WHERE c.merchant_id = ? AND c.merged_into = ? ORDER BY c.id",
        merchant_id,
        customer_id,
    )
    return [(row["id"], row["name"]) for row in rows]
