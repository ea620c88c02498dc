"""Whose customer, whose redemption: decided from the credential, never from an argument."""

from __future__ import annotations

from dataclasses import replace

from gateway.auth import CallerKind, Principal
from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ids import to_global_id
from gateway.ledger.commands import Note
from gateway.services.audit import Facts, note
from gateway.services.customers import CustomerRef as Ref
from gateway.services.customers import find_customer
from gateway.services.directory import Known
from gateway.services.redemptions import Keyed, RedemptionRef
from schema import checks
from schema.redemption_inputs import CustomerRef

NOBODY = LoyaltyError(Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",)))
NOTHING = LoyaltyError(Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",)))


async def whom(
    context: Context, principal: Principal, named: CustomerRef | None, argument: str = "customer"
) -> Ref | None:
    """The customer that the caller may mean. None: not there, or not the caller's to know."""
    own = principal.external_id
    if own is None:
        if named is None:
            raise checks.missing(argument, argument)
        ref = named.ref(argument)
        return replace(ref, old_names=True) if ref else None
    if named is None:
        return Ref(external_id=own)
    ref = named.ref(argument)
    if ref is None:
        return None
    if ref.external_id is not None:
        return ref if ref.external_id == own else None
    found = await context.runtime.directory.customer(principal.merchant_id, ref)
    return Ref(external_id=own) if found is not None and found.external_id == own else None


async def known(context: Context, principal: Principal, named: CustomerRef | None) -> Known:
    """The customer, as one that exists. Raises LoyaltyError(CUSTOMER_NOT_FOUND)."""
    ref = await whom(context, principal, named)
    found = ref and await context.runtime.directory.customer(principal.merchant_id, ref)
    if found is None:
        raise NOBODY
    return found


async def by_hand(context: Context, which: RedemptionRef, action: str, facts: Facts) -> Note | None:
    """What the audit log says where a person or a script does what else the checkout does."""
    principal = context.principal
    if principal is None or principal.kind not in {CallerKind.STAFF, CallerKind.ADMIN}:
        return None
    found = await find_customer(which.merchant_id, Ref(id=which.customer_id))
    name = (found and found.external_id) or str(which.customer_id)
    shown = to_global_id("Redemption", which.customer_id, which.id)
    after = {"redemption": shown, **facts}
    return note(which.merchant_id, context.actor, action, name, after=after)


async def redemption(context: Context, principal: Principal, global_id: str) -> RedemptionRef:
    """The redemption that the id names, if it can be the caller's. Raises LoyaltyError."""
    found = checks.numbers(global_id, "Redemption", 2)
    if found is None:
        raise NOTHING
    customer_id, redemption_id = found
    if principal.kind is CallerKind.CUSTOMER:
        ref = Ref(external_id=principal.external_id)
        own = await context.runtime.directory.customer(principal.merchant_id, ref)
        if own is None or own.id != customer_id:
            raise NOTHING
    return RedemptionRef(principal.merchant_id, customer_id, redemption_id)


def keyed_or_none(principal: Principal, key: str | None) -> Keyed | None:
    """The idempotency key in the caller's scope, where one was given."""
    return None if key is None else keyed(principal, key)


def keyed(principal: Principal, key: str) -> Keyed:
    """The idempotency key in the caller's scope."""
    return Keyed(principal.caller, checks.idempotency_key(key))
