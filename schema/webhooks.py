"""Outbound webhooks as staff see them: endpoints, deliveries, attempts."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.ids import to_global_id
from gateway.services import webhook_deliveries as inside
from gateway.services.webhook_endpoints import DisabledReason, EndpointView
from schema.connections import cursor, key_of, page_info
from schema.describe import about, arg
from schema.node import PageInfo
from schema.scalars import instant, instant_or_none

PAGE = 20
STATES = {
    "PENDING": "It is sent, or waits for its next attempt.",
    "DELIVERED": "The receiver has answered 2xx.",
    "FAILED": "The last attempt has failed, or the receiver answered 410; replay it if you want.",
    "CANCELLED": "The endpoint was switched off or deleted before it was sent.",
}
REASONS = {
    "BY_HAND": "Somebody has switched it off.",
    "GONE": "It answered 410 Gone.",
    "FAILING": "It has refused everything for three days.",
}

if TYPE_CHECKING:
    from gateway.services.webhook_deliveries import DeliveryState as WebhookDeliveryState
    from gateway.services.webhook_endpoints import DisabledReason as WebhookDisabledReason
else:
    WebhookDeliveryState = strawberry.enum(
        Enum(
            "WebhookDeliveryState",
            {name: strawberry.enum_value(name, description=text) for name, text in STATES.items()},
        ),
        description="Where a delivery is in its life.",
    )
    WebhookDisabledReason = strawberry.enum(
        Enum(
            "WebhookDisabledReason",
            {name: strawberry.enum_value(name, description=text) for name, text in REASONS.items()},
        ),
        description="Why nothing is sent to an endpoint.",
    )


@strawberry.type(description="A kind of event that an endpoint can be told of.")
class WebhookEventKind:
    """A kind of event that an endpoint can be told of."""

    name: str = about("Its `type` in a message, such as `redemption.captured`.")
    description: str = about("What has happened, in English.")


@strawberry.type(description="One attempt to send a message.")
class WebhookAttempt:
    """One attempt to send a message."""

    at: datetime = about("When it ended.")
    status: int | None = about("The HTTP status that was answered; null: there was no answer.")
    error: str | None = about("Why there was no answer, in English; null where there was one.")
    milliseconds: int = about("How long it took.")
    answer: str = about(
        "The beginning of what was answered, at most 500 characters; empty where nothing was said."
    )


@strawberry.type(description="One event for one endpoint, and what became of it.")
class WebhookDelivery:
    """One event for one endpoint, and what became of it."""

    id: strawberry.ID = about("Its global id.")
    message_id: str = about("The `webhook-id` of every attempt.")
    event: str = about("The kind of event, such as `points.earned`.")
    body: str = about("What is sent, as JSON.")
    state: WebhookDeliveryState = about("Where it is in its life.")
    attempt_count: int = about("Attempts since it was last begun; a replay begins anew.")
    attempts: list[WebhookAttempt] = about("The latest attempts, oldest first, at most 20.")
    next_attempt_at: datetime | None = about(
        "When it is tried next, to a minute; null: never, unless it is replayed."
    )
    created_at: datetime = about("When the event was handed over.")
    finished_at: datetime | None = about("When it was delivered or given up; null: not yet.")


@strawberry.type(description="One delivery of a page.")
class WebhookDeliveryEdge:
    """One delivery of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: WebhookDelivery = about("The delivery.")


@strawberry.type(description="A page of an endpoint's deliveries.")
class WebhookDeliveryConnection:
    """A page of an endpoint's deliveries."""

    edges: list[WebhookDeliveryEdge] = about("The deliveries, newest first.")
    page_info: PageInfo = about("Whether there is more.")


@strawberry.type(description="An address that is told of the merchant's events.")
class WebhookEndpoint:
    """An address that is told of the merchant's events."""

    id: strawberry.ID = about("Its global id.")
    url: str = about("Where messages are sent.")
    description: str = about("For people; may be empty.")
    events: list[str] = about("The kinds of event that it is told of; empty: all.")
    enabled: bool = about("Whether anything is sent.")
    disabled_reason: WebhookDisabledReason | None = about("Why not; null while it is enabled.")
    failing_since: datetime | None = about(
        "Since when it has taken nothing, though it was tried; null: it takes what is sent."
    )
    previous_secret_until: datetime | None = about(
        "Until when the secret before the current one signs too; null: it was never rotated."
    )
    created_at: datetime = about("When it was made; it is told of what happened since.")
    updated_at: datetime = about("When it was last changed.")
    merchant_id: strawberry.Private[int]
    number: strawberry.Private[int]

    @strawberry.field(description="What was sent to it and what waits, newest first.")
    async def deliveries(
        self,
        first: Annotated[int | None, arg("How many, 1 … 100; null means 20.")] = PAGE,
        after: Annotated[str | None, arg("The `endCursor` of the page before.")] = None,
        state: Annotated[
            WebhookDeliveryState | None, arg("Only those in this state; null: all.")
        ] = None,
    ) -> WebhookDeliveryConnection:
        """One page, by keyset."""
        page = await inside.list_deliveries(
            self.merchant_id,
            self.number,
            PAGE if first is None else first,
            key_of(after),
            None if state is None else inside.DeliveryState(state.value),
        )
        edges = [WebhookDeliveryEdge(cursor=cursor(d.id), node=delivery(d)) for d in page.items]
        ends = page_info([edge.cursor for edge in edges], more=page.more, after=after)
        return WebhookDeliveryConnection(edges=edges, page_info=ends)


def endpoint(merchant_id: int, view: EndpointView) -> WebhookEndpoint:
    """The form for staff."""
    reason: DisabledReason | None = view.disabled_reason
    return WebhookEndpoint(
        id=endpoint_id(view.id),
        url=view.url,
        description=view.description,
        events=list(view.events),
        enabled=view.enabled,
        disabled_reason=None if reason is None else WebhookDisabledReason[reason.name],
        failing_since=instant_or_none(view.failing_since),
        previous_secret_until=instant_or_none(view.previous_until),
        created_at=instant(view.created_at),
        updated_at=instant(view.updated_at),
        merchant_id=merchant_id,
        number=view.id,
    )


def endpoint_id(number: int) -> strawberry.ID:
    """The global id."""
    return strawberry.ID(to_global_id("WebhookEndpoint", number))


def delivery(view: inside.DeliveryView) -> WebhookDelivery:
    """The form for staff."""
    return WebhookDelivery(
        id=strawberry.ID(to_global_id("WebhookDelivery", view.id)),
        message_id=view.message_id,
        event=view.kind,
        body=view.body,
        state=WebhookDeliveryState[view.state.name],
        attempt_count=view.attempts,
        attempts=[
            WebhookAttempt(
                at=instant(each.at),
                status=each.status,
                error=each.error,
                milliseconds=each.milliseconds,
                answer=each.answer,
            )
            for each in view.log
        ],
        next_attempt_at=instant_or_none(view.next_attempt_at),
        created_at=instant(view.created_at),
        finished_at=instant_or_none(view.finished_at),
    )
