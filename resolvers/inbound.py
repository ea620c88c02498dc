"""Order webhooks, for staff: their sources, and what came in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.services import inbox_care, order_sources
from gateway.services.order_source_values import IssuedSource, no_source
from schema import checks
from schema import inbox as shown
from schema import order_source as sources
from schema.describe import arg
from schema.errors import RedemptionError, refused

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")
T = TypeVar("T")


async def create_order_source(
    info: Info, input: Annotated[sources.CreateOrderSourceInput, INPUT]
) -> sources.OrderSourcePayload:
    """Make a source; it works at once."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work() -> IssuedSource:
        draft, now = input.draft(), runtime.clock()
        return await order_sources.create_source(
            merchant_id, draft, now, runtime.ids, runtime.source_secrets, actor
        )

    return sources.issued(*await _tried(info.context, merchant_id, work))


async def rotate_order_source_secret(
    info: Info, input: Annotated[sources.RotateOrderSourceSecretInput, INPUT]
) -> sources.OrderSourcePayload:
    """Give a source a new secret; the one before works for the overlap."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work() -> IssuedSource:
        return await order_sources.rotate_secret(
            merchant_id,
            _source_id(input.id),
            input.secret,
            runtime.clock(),
            runtime.source_secrets,
            input.overlap_seconds,
            actor,
        )

    return sources.issued(*await _tried(info.context, merchant_id, work))


async def delete_order_source(
    info: Info, input: Annotated[sources.DeleteOrderSourceInput, INPUT]
) -> sources.DeleteOrderSourcePayload:
    """End a source; what waits of it is discarded."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work() -> strawberry.ID:
        source_id, now = _source_id(input.id), context.runtime.clock()
        await order_sources.delete_source(merchant_id, source_id, now, context.actor)
        return input.id

    done, errors = await _tried(context, merchant_id, work)
    return sources.DeleteOrderSourcePayload(deleted_id=done, user_errors=errors)


async def replay_inbox(
    info: Info, input: Annotated[shown.ReplayInboxInput, INPUT]
) -> shown.InboxPayload:
    """Carry deliveries out again."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    now = context.runtime.clock()

    async def work() -> int:
        if isinstance(input.dead_of, str):  # else UNSET: not given
            source_id = _source_id(input.dead_of)
            return await inbox_care.replay_dead(merchant_id, source_id, now, context.actor)
        return await inbox_care.replay(merchant_id, _numbers(input.ids or []), now, context.actor)

    done, errors = await _tried(context, merchant_id, work)
    return shown.InboxPayload(count=done, user_errors=errors)


async def discard_inbox(
    info: Info, input: Annotated[shown.DiscardInboxInput, INPUT]
) -> shown.InboxPayload:
    """Let deliveries be."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    now = context.runtime.clock()

    async def work() -> int:
        return await inbox_care.discard(merchant_id, _numbers(input.ids), now, context.actor)

    done, errors = await _tried(context, merchant_id, work)
    return shown.InboxPayload(count=done, user_errors=errors)


def _source_id(global_id: str) -> int:
    number = checks.numbers(global_id, "OrderSource", 1)
    if number is None:
        raise no_source()
    return number[0]


def _numbers(ids: Sequence[str]) -> list[int]:
    """The deliveries that are meant; what names none is left out, as one that is not there."""
    found = (checks.numbers(each, "InboxItem", 1) for each in ids)
    return [number[0] for number in found if number is not None]


async def _tried(
    context: Context, merchant_id: int, work: Callable[[], Awaitable[T]]
) -> tuple[T | None, list[RedemptionError]]:
    """The result of the work, or the refusal that it raised as data."""
    try:
        return await work(), []
    except LoyaltyError as error:
        currency = (await context.runtime.directory.merchant(merchant_id)).currency
        return None, [refused(context, currency, error)]
