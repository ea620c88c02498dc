"""Orders: completed, cancelled, refunded, and read again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, TypedDict

import strawberry

from gateway.auth import Principal, Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.ledger.commands import Outcome
from gateway.loaders import Loaded
from gateway.services import orders
from gateway.services.directory import Known
from gateway.services.merging import is_part_of
from gateway.services.order_history import find_order, order_by_id
from resolvers import callers
from schema import checks
from schema.customer import Customer, customer
from schema.describe import arg
from schema.errors import RedemptionError, refused, user_error
from schema.order import Order
from schema.order import order as shown
from schema.order_inputs import (
    CancelOrderInput,
    CancelOrderPayload,
    CompleteOrderInput,
    CompleteOrderPayload,
    RefundOrderInput,
    RefundOrderPayload,
)
from schema.redemption_inputs import CustomerRef

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


class _Told(TypedDict):
    """The fields that every payload of an order has."""

    order: Order | None
    customer: Customer | None
    replayed: bool
    user_errors: list[RedemptionError]


async def complete_order(
    info: Info, input: Annotated[CompleteOrderInput, INPUT]
) -> CompleteOrderPayload:
    """Capture what a paid order redeems, and let it earn."""
    context, principal = info.context, info.context.require(Scope.CAPTURE)
    keyed = callers.keyed_or_none(principal, input.idempotency_key)

    async def work(currency: str) -> Outcome:
        who = await callers.known(context, principal, input.customer)
        named = input.redemption_id
        which = None if named is None else await callers.redemption(context, principal, named)
        if which is not None and which.customer_id != who.id:
            guest = which.customer_id  # what it held is the account's since they were merged
            if not await is_part_of(principal.merchant_id, guest, who.id):
                raise callers.NOTHING
        sale = input.completion(currency, which and which.id)
        return await orders.complete_order(context.runtime, principal.merchant_id, who, sale, keyed)

    return CompleteOrderPayload(**await _told(context, principal, work))


async def cancel_order(info: Info, input: Annotated[CancelOrderInput, INPUT]) -> CancelOrderPayload:
    """Give back all that an order took, and take back all that it brought."""
    context, principal = info.context, info.context.require(Scope.REFUND)
    keyed = callers.keyed_or_none(principal, input.idempotency_key)

    async def work(_: str) -> Outcome:
        who = await _owner(context, principal, input.customer)
        order_id = checks.text(input.order_id, "orderId")
        return await orders.cancel_order(
            context.runtime, principal.merchant_id, order_id, who, keyed
        )

    return CancelOrderPayload(**await _told(context, principal, work))


async def refund_order(info: Info, input: Annotated[RefundOrderInput, INPUT]) -> RefundOrderPayload:
    """Give back a part of what an order took, and take back as large a part of what it brought."""
    context, principal = info.context, info.context.require(Scope.REFUND)
    keyed = callers.keyed_or_none(principal, input.idempotency_key)

    async def work(currency: str) -> Outcome:
        fact = input.fact(currency)
        who = await _owner(context, principal, input.customer)
        order_id = checks.text(input.order_id, "orderId")
        return await orders.refund_order(
            context.runtime, principal.merchant_id, order_id, fact, who, keyed
        )

    return RefundOrderPayload(**await _told(context, principal, work))


async def order(
    info: Info, id: Annotated[str, arg("The merchant's own id of the order.")]
) -> Order | None:
    """Null for one of which nothing was told."""
    context, principal = info.context, info.context.require(Scope.READ_ANY_CUSTOMER)
    state = await find_order(principal.merchant_id, id)
    if state is None:
        return None
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    return shown(state, merchant.currency, customer(state.merchant_id, Known(state.customer_id)))


async def node(context: Context, principal: Principal, number: int) -> Order | None:
    """The order of that id of the gateway's own; null for what is not the caller's."""
    state = await order_by_id(principal.merchant_id, number)
    if state is None:
        return None
    who = customer(state.merchant_id, Known(state.customer_id))
    if principal.external_id not in {None, await who.external_id()}:
        return None
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    return shown(state, merchant.currency, who)


async def _owner(context: Context, principal: Principal, named: CustomerRef | None) -> Known | None:
    return None if named is None else await callers.known(context, principal, named)


async def _told(
    context: Context, principal: Principal, work: Callable[[str], Awaitable[Outcome]]
) -> _Told:
    """Do the work with the merchant's currency, and present what came of it."""
    currency = (await context.runtime.directory.merchant(principal.merchant_id)).currency
    try:
        outcome = await work(currency)
    except LoyaltyError as error:
        return _refused(refused(context, currency, error), replayed=False)
    if outcome.refusal is not None:
        error = user_error(context, currency, outcome.refusal)
        return _refused(error, replayed=outcome.replayed)
    state = outcome.order
    if state is None:
        raise AssertionError("a command of an order answers the order")
    whose = customer(state.merchant_id, Known(state.customer_id), Loaded())
    found = shown(state, currency, whose, outcome.redemption)
    return _Told(order=found, customer=whose, replayed=outcome.replayed, user_errors=[])


def _refused(error: RedemptionError, *, replayed: bool) -> _Told:
    return _Told(order=None, customer=None, replayed=replayed, user_errors=[error])
