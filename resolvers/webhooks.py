"""Outbound webhooks: staff make endpoints, look at deliveries and send them again."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.services import webhook_deliveries as deliveries
from gateway.services import webhook_endpoints as endpoints
from gateway.webhooks.payload import test_message
from resolvers.presenting import tried
from schema import checks
from schema import webhook_inputs as shown
from schema.describe import arg
from schema.scalars import microseconds
from schema.webhooks import delivery, endpoint, endpoint_id

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def create_webhook_endpoint(
    info: Info, input: Annotated[shown.CreateWebhookEndpointInput, INPUT]
) -> shown.WebhookSecretPayload:
    """Make an endpoint and its secret."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    runtime = context.runtime

    async def work(_: str) -> tuple[endpoints.EndpointView, str]:
        now, change = runtime.clock(), input.change()
        return await endpoints.create_endpoint(
            merchant_id, change, runtime.vault, now, runtime.ids, context.actor
        )

    return _secret(merchant_id, *await tried(context, merchant_id, work))


async def update_webhook_endpoint(
    info: Info, input: Annotated[shown.UpdateWebhookEndpointInput, INPUT]
) -> shown.WebhookEndpointPayload:
    """Change an endpoint."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    runtime = context.runtime

    async def work(_: str) -> endpoints.EndpointView:
        number, now = _number(input.id, "WebhookEndpoint", "id"), runtime.clock()
        return await endpoints.update_endpoint(
            merchant_id, number, input.change(), runtime.vault, now, context.actor
        )

    done, errors = await tried(context, merchant_id, work)
    made = None if done is None else endpoint(merchant_id, done)
    return shown.WebhookEndpointPayload(endpoint=made, user_errors=errors)


async def rotate_webhook_secret(
    info: Info, input: Annotated[shown.RotateWebhookSecretInput, INPUT]
) -> shown.WebhookSecretPayload:
    """Make a new secret; both sign for the overlap."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    runtime = context.runtime

    async def work(_: str) -> tuple[endpoints.EndpointView, str]:
        number, now = _number(input.id, "WebhookEndpoint", "id"), runtime.clock()
        return await endpoints.rotate_secret(
            merchant_id, number, input.overlap_seconds, runtime.vault, now, context.actor
        )

    return _secret(merchant_id, *await tried(context, merchant_id, work))


async def delete_webhook_endpoint(
    info: Info, input: Annotated[shown.DeleteWebhookEndpointInput, INPUT]
) -> shown.DeleteWebhookEndpointPayload:
    """End an endpoint."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work(_: str) -> strawberry.ID:
        number, now = _number(input.id, "WebhookEndpoint", "id"), context.runtime.clock()
        if not await endpoints.delete_endpoint(merchant_id, number, now, context.actor):
            raise _nothing("id")
        return input.id

    done, errors = await tried(context, merchant_id, work)
    return shown.DeleteWebhookEndpointPayload(deleted_id=done, user_errors=errors)


async def send_test_event(
    info: Info, input: Annotated[shown.SendTestEventInput, INPUT]
) -> shown.WebhookDeliveryPayload:
    """Send a message that says nothing but that it is a test."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id
    runtime = context.runtime

    async def work(_: str) -> deliveries.DeliveryView:
        number, now = _number(input.endpoint_id, "WebhookEndpoint", "endpointId"), runtime.clock()
        own = runtime.ids.next()
        message = test_message(own, endpoint_id(number), now)
        return await deliveries.add_delivery(merchant_id, number, own, message, now)

    return _delivery(*await tried(context, merchant_id, work))


async def replay_webhook_delivery(
    info: Info, input: Annotated[shown.ReplayWebhookDeliveryInput, INPUT]
) -> shown.WebhookDeliveryPayload:
    """Send one again."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work(_: str) -> deliveries.DeliveryView:
        number, now = _number(input.id, "WebhookDelivery", "id"), context.runtime.clock()
        return await deliveries.replay_delivery(merchant_id, number, now, context.actor)

    return _delivery(*await tried(context, merchant_id, work))


async def replay_webhook_deliveries(
    info: Info, input: Annotated[shown.ReplayWebhookDeliveriesInput, INPUT]
) -> shown.ReplayWebhookDeliveriesPayload:
    """Send again what was not delivered."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work(_: str) -> int:
        number = _number(input.endpoint_id, "WebhookEndpoint", "endpointId")
        since, now = microseconds(input.since), context.runtime.clock()
        return await deliveries.replay_deliveries(merchant_id, number, since, now, context.actor)

    done, errors = await tried(context, merchant_id, work)
    return shown.ReplayWebhookDeliveriesPayload(count=done, user_errors=errors)


def _secret(
    merchant_id: int,
    made: tuple[endpoints.EndpointView, str] | None,
    errors: list[shown.RedemptionError],
) -> shown.WebhookSecretPayload:
    if made is None:
        return shown.WebhookSecretPayload(endpoint=None, secret=None, user_errors=errors)
    view, secret = made
    there = endpoint(merchant_id, view)
    return shown.WebhookSecretPayload(endpoint=there, secret=secret, user_errors=errors)


def _delivery(
    made: deliveries.DeliveryView | None, errors: list[shown.RedemptionError]
) -> shown.WebhookDeliveryPayload:
    there = None if made is None else delivery(made)
    return shown.WebhookDeliveryPayload(delivery=there, user_errors=errors)


def _number(global_id: str, kind: str, field: str) -> int:
    number = checks.numbers(global_id, kind, 1)
    if number is None:
        raise _nothing(field)
    return number[0]


def _nothing(field: str) -> LoyaltyError:
    return LoyaltyError(Refusal(Code.WEBHOOK_NOT_FOUND, field=(field,)))
