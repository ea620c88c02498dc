"""Customers: reading, changing, their tokens, and points given or taken by hand."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.ledger.commands import Outcome
from gateway.loaders import Loaded
from gateway.services.adjustments import Reason, adjust
from gateway.services.awards import give_at_once
from gateway.services.customers import CustomerRef as Ref
from gateway.services.customers import upsert_customer as upsert
from gateway.services.directory import Known
from resolvers import callers
from resolvers.presenting import parts
from schema import checks
from schema.customer import Customer
from schema.customer import customer as present
from schema.customer_inputs import (
    AdjustPointsInput,
    CreateCustomerTokenInput,
    CreateCustomerTokenPayload,
    UpsertCustomerInput,
    UpsertCustomerPayload,
)
from schema.describe import arg
from schema.errors import refused
from schema.payloads import AdjustPointsPayload
from schema.redemption_inputs import CustomerRef
from schema.scalars import instant, microseconds

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def me(info: Info) -> Customer | None:
    """Null for a caller that is no customer, and for a customer that is not there yet."""
    context, principal = info.context, info.context.require(Scope.READ_OWN)
    if principal.external_id is None:
        return None
    ref = Ref(external_id=principal.external_id)
    found = await context.runtime.directory.customer(principal.merchant_id, ref)
    return present(principal.merchant_id, found) if found else None


async def customer(
    info: Info, by: Annotated[CustomerRef, arg("Which customer, by exactly one key.")]
) -> Customer | None:
    """Null for one that is not there and for one that is not the caller's to know."""
    context, principal = info.context, info.context.require(Scope.READ_OWN)
    ref = await callers.whom(context, principal, by, "by")
    found = ref and await context.runtime.directory.customer(principal.merchant_id, ref)
    return await _present(context, principal.merchant_id, found) if found else None


async def _present(context: Context, merchant_id: int, known: Known) -> Customer | None:
    """A global id may name nobody: only what has facts is there."""
    loaded = Loaded()
    if known.external_id is None:
        loaded.view = await loaded.facts(merchant_id, known.id)
    return present(merchant_id, known, loaded)


async def upsert_customer(
    info: Info, input: Annotated[UpsertCustomerInput, INPUT]
) -> UpsertCustomerPayload:
    """Make or change a customer."""
    context, principal = info.context, info.context.require(Scope.MANAGE_CUSTOMERS)
    runtime = context.runtime
    merchant = await runtime.directory.merchant(principal.merchant_id)
    try:
        view = await upsert(merchant, input.draft(), runtime.clock(), runtime.ids)
    except LoyaltyError as error:
        errors = [refused(context, merchant.currency, error)]
        return UpsertCustomerPayload(customer=None, user_errors=errors)
    await give_at_once(runtime, merchant, view)
    known = Known(view.id, view.external_id)
    shown = present(principal.merchant_id, known, Loaded(view=view))
    return UpsertCustomerPayload(customer=shown, user_errors=[])


async def create_customer_token(
    info: Info, input: Annotated[CreateCustomerTokenInput, INPUT]
) -> CreateCustomerTokenPayload:
    """Make a token that a browser or an app may hold."""
    context, principal = info.context, info.context.require(Scope.MINT_TOKENS)
    runtime = context.runtime
    merchant = await runtime.directory.merchant(principal.merchant_id)
    seconds = input.seconds(runtime.customer_token_seconds)
    try:
        known = await callers.known(context, principal, input.customer)
    except LoyaltyError as error:
        errors = [refused(context, merchant.currency, error)]
        return CreateCustomerTokenPayload(token=None, expires_at=None, user_errors=errors)
    external_id = (
        known.external_id or (await Loaded().facts(principal.merchant_id, known.id)).external_id
    )
    token, expires_at = runtime.tokens.mint(
        principal.merchant_id, external_id, runtime.clock(), seconds
    )
    return CreateCustomerTokenPayload(token=token, expires_at=instant(expires_at), user_errors=[])


async def adjust_points(
    info: Info, input: Annotated[AdjustPointsInput, INPUT]
) -> AdjustPointsPayload:
    """Give or take points by hand."""
    context, principal = info.context, info.context.require(Scope.ADJUST)
    keyed = callers.keyed(principal, input.idempotency_key)
    delta = checks.points_delta(input.delta)
    until = None if input.expires_at is None else microseconds(input.expires_at)
    why = Reason(checks.text(input.reason, "reason"), until, context.actor)
    who: list[Known] = []

    async def work(_: str) -> Outcome:
        who.append(await callers.known(context, principal, input.customer))
        return await adjust(
            context.runtime,
            principal.merchant_id,
            who[0],
            wallet=input.account(),
            delta=delta,
            why=why,
            keyed=keyed,
        )

    done = await parts(context, principal, work)
    ok = who and not done.user_errors
    return AdjustPointsPayload(
        customer=present(principal.merchant_id, who[0]) if ok else None,
        replayed=done.replayed,
        user_errors=done.user_errors,
    )
