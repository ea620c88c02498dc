"""Preview, apply, capture, release, refund, and reading a redemption again."""

from __future__ import annotations

from typing import Annotated, TypedDict

import strawberry

from gateway.auth import Principal, Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.ledger.commands import Outcome
from gateway.services import history, previews, redemptions
from gateway.services.customers import CustomerRef as Ref
from gateway.services.directory import Known
from gateway.services.programs import current_program
from resolvers import callers
from resolvers.presenting import Parts, malformed, parts, program_of
from schema.customer import Customer, customer
from schema.describe import arg
from schema.errors import RedemptionError
from schema.money import money
from schema.payloads import (
    ApplyRedemptionPayload,
    CaptureRedemptionPayload,
    RefundRedemptionPayload,
    ReleaseRedemptionPayload,
)
from schema.preview import RedemptionPreview
from schema.preview import preview as present
from schema.redemption import Redemption, shown
from schema.redemption_inputs import (
    ApplyRedemptionInput,
    CaptureRedemptionInput,
    RedemptionPreviewInput,
    RefundRedemptionInput,
    ReleaseRedemptionInput,
)

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def redemption_preview(
    info: Info, input: Annotated[RedemptionPreviewInput, INPUT]
) -> RedemptionPreview:
    """Nothing is changed, nothing is reserved."""
    context, principal = info.context, info.context.require(Scope.PREVIEW)
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    try:
        wish = input.wish(merchant.currency)
    except LoyaltyError as error:
        raise malformed(error) from None
    # A customer who is not there is looked up all the same: both answers take as long.
    who = await callers.whom(context, principal, input.customer) or Ref(id=-1)
    result = await previews.preview(context.runtime, principal.merchant_id, who, wish)
    program = (
        result.snapshot.program if result.snapshot else await current_program(principal.merchant_id)
    )
    return present(result, program)


async def redemption(
    info: Info, id: Annotated[strawberry.ID, arg("Its global id.")]
) -> Redemption | None:
    """Null for what is not there and for what is not the caller's."""
    context, principal = info.context, info.context.require(Scope.READ_OWN)
    try:
        which = await callers.redemption(context, principal, id)
    except LoyaltyError:
        return None
    found = await history.find_redemption(
        which.merchant_id, which.customer_id, which.id, context.runtime.clock()
    )
    if found is None:
        return None
    program = await program_of(context, found.merchant_id, found.program_version)
    holder = customer(found.merchant_id, Known(found.customer_id, principal.external_id))
    return shown(found, program, holder)


async def apply_redemption(
    info: Info, input: Annotated[ApplyRedemptionInput, INPUT]
) -> ApplyRedemptionPayload:
    """Reserve points for a cart."""
    context, principal = info.context, info.context.require(Scope.APPLY)
    keyed, hold = callers.keyed(principal, input.idempotency_key), input.hold()

    async def work(currency: str) -> Outcome:
        wish = input.wish(currency)
        who = await callers.known(context, principal, input.customer)
        return await redemptions.apply(
            context.runtime,
            principal.merchant_id,
            who,
            wish,
            keyed,
            quote=input.quote,
            hold_seconds=hold,
        )

    done = await parts(context, principal, work)
    held = done.outcome and done.outcome.redemption
    left = held and money(held.total_minor - held.discount_minor, done.currency)
    return ApplyRedemptionPayload(payable=left, **_shared(done))


async def capture_redemption(
    info: Info, input: Annotated[CaptureRedemptionInput, INPUT]
) -> CaptureRedemptionPayload:
    """Settle the held points with a paid order."""
    context, principal = info.context, info.context.require(Scope.CAPTURE)
    keyed = callers.keyed(principal, input.idempotency_key)

    async def work(currency: str) -> Outcome:
        order = input.order.order(currency)
        which = await _captured(context, principal, input, order)
        return await redemptions.capture(context.runtime, which, order, input.points, keyed)

    done = await parts(context, principal, work)
    order = done.redemption and done.redemption.order
    return CaptureRedemptionPayload(payable=order.payable if order else None, **_shared(done))


async def _captured(
    context: Context, principal: Principal, input: CaptureRedemptionInput, order: redemptions.Order
) -> redemptions.RedemptionRef | redemptions.CartRef:
    """What is to be captured, by its id, or by its customer and cart where that was lost."""
    if input.id is not None:
        return await callers.redemption(context, principal, input.id)
    who = await callers.known(context, principal, input.customer)
    return redemptions.CartRef(principal.merchant_id, who.id, input.cart(order.id))


async def release_redemption(
    info: Info, input: Annotated[ReleaseRedemptionInput, INPUT]
) -> ReleaseRedemptionPayload:
    """Give held points back."""
    context, principal = info.context, info.context.require(Scope.RELEASE)
    keyed = callers.keyed_or_none(principal, input.idempotency_key)

    async def work(_: str) -> Outcome:
        which = await callers.redemption(context, principal, input.id)
        shopper = principal.external_id is not None
        told = await callers.by_hand(context, which, "points.release", {})
        return await redemptions.release(
            context.runtime, which, keyed, by_shopper=shopper, told=told
        )

    return ReleaseRedemptionPayload(**_shared(await parts(context, principal, work)))


async def refund_redemption(
    info: Info, input: Annotated[RefundRedemptionInput, INPUT]
) -> RefundRedemptionPayload:
    """Give captured points back."""
    context, principal = info.context, info.context.require(Scope.REFUND)
    keyed = callers.keyed(principal, input.idempotency_key)

    async def work(_: str) -> Outcome:
        which = await callers.redemption(context, principal, input.id)
        points = "all that is left" if input.points is None else str(input.points)
        told = await callers.by_hand(context, which, "points.refund", {"points": points})
        return await redemptions.refund(context.runtime, which, input.points, keyed, told)

    return RefundRedemptionPayload(**_shared(await parts(context, principal, work)))


class _Shared(TypedDict):
    """The fields that every payload of a redemption has."""

    redemption: Redemption | None
    customer: Customer | None
    replayed: bool
    user_errors: list[RedemptionError]


def _shared(done: Parts) -> _Shared:
    return _Shared(
        redemption=done.redemption,
        customer=done.customer,
        replayed=done.replayed,
        user_errors=done.user_errors,
    )
