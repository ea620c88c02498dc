"""Merging, exporting and erasing customers."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ledger.commands import Outcome
from gateway.services import exports, merging, privacy
from gateway.services.directory import Known
from resolvers import callers
from resolvers.presenting import parts, tried
from schema.customer import customer as present
from schema.describe import arg
from schema.people import (
    CustomerExport,
    EraseCustomerInput,
    EraseCustomerPayload,
    MergeCustomersInput,
    MergeCustomersPayload,
)
from schema.redemption_inputs import CustomerRef

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


def _nobody(argument: str) -> LoyaltyError:
    return LoyaltyError(Refusal(Code.CUSTOMER_NOT_FOUND, field=(argument,)))


async def merge_customers(
    info: Info, input: Annotated[MergeCustomersInput, INPUT]
) -> MergeCustomersPayload:
    """Make a guest a part of an account."""
    context, principal = info.context, info.context.require(Scope.MANAGE_CUSTOMERS)
    keyed = callers.keyed(principal, input.idempotency_key)
    runtime, merchant_id = context.runtime, principal.merchant_id
    source_ref = await callers.whom(context, principal, input.source, "source")
    target_ref = await callers.whom(context, principal, input.target, "target")
    who: list[Known] = []

    async def work(_: str) -> Outcome:
        target = target_ref and await runtime.directory.customer(merchant_id, target_ref)
        if target_ref is None or target is None:
            raise _nobody("target")
        source_id = source_ref and await merging.find_source(runtime, merchant_id, source_ref)
        if source_ref is None or source_id is None:
            raise _nobody("source")
        who.append(target)
        named = (*source_ref.column(), *target_ref.column())
        actor = context.actor
        return await merging.merge(runtime, merchant_id, target, source_id, keyed, named, actor)

    done = await parts(context, principal, work)
    whose = present(merchant_id, who[0]) if who and not done.user_errors else None
    return MergeCustomersPayload(
        customer=whose, replayed=done.replayed, user_errors=done.user_errors
    )


async def export_customer(
    info: Info,
    customer: Annotated[CustomerRef, arg("Which customer, by exactly one key.")],
    after: Annotated[str | None, arg("The `next` of the page before; absent: the first.")] = None,
) -> CustomerExport | None:
    """Null for one that is not there."""
    context, principal = info.context, info.context.require(Scope.PRIVACY)
    ref = await callers.whom(context, principal, customer)
    found = ref and await context.runtime.directory.customer(principal.merchant_id, ref)
    if not found:
        return None
    now = context.runtime.clock()
    await exports.note_export(principal.merchant_id, found, now, context.actor)
    page = await exports.export_page(principal.merchant_id, found.id, after)
    return CustomerExport(document=exports.as_json(page.rows), next=page.after)


async def erase_customer(
    info: Info, input: Annotated[EraseCustomerInput, INPUT]
) -> EraseCustomerPayload:
    """Forget who a customer is."""
    context, principal = info.context, info.context.require(Scope.PRIVACY)

    async def work(_: str) -> bool:
        known = await callers.known(context, principal, input.customer)
        outcome = await privacy.erase_customer(
            context.runtime, principal.merchant_id, known.id, context.actor
        )
        if outcome.refusal is not None:
            raise LoyaltyError(outcome.refusal)
        return True

    done, errors = await tried(context, principal.merchant_id, work)
    return EraseCustomerPayload(erased=bool(done), user_errors=errors)
