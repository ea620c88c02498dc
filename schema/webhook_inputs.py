"""What staff change of outbound webhooks, and what is answered."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.services.webhook_endpoints import EndpointChange
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.webhooks import WebhookDelivery, WebhookEndpoint

URL = (
    "`https://` and a public domain name, with port 443 or 8443; no user name, no fragment, at most"
    " 2000 characters."
)
EVENTS = "The kinds of event to be told of, of `webhookEventKinds`; empty: all, also later ones."
DESCRIPTION = "For people, at most 200 characters."
ENDPOINT = "The endpoint as it is now; null when refused."
DELIVERY = "The delivery as it is now; null when refused."
SECRET = "`whsec_…`, shown this once only; null when refused."  # noqa: S105 - a description
ID = "Global id of the endpoint."


@strawberry.input(description="A new endpoint.")
class CreateWebhookEndpointInput:
    """A new endpoint."""

    url: str = about(URL)
    description: str | None = optional(DESCRIPTION)
    events: list[str] | None = optional(EVENTS)

    def change(self) -> EndpointChange:
        """The inside form."""
        return _change(self.url, self.description, self.events)


@strawberry.input(description="What to change of an endpoint; what is left out stays.")
class UpdateWebhookEndpointInput:
    """What to change of an endpoint; what is left out stays."""

    id: strawberry.ID = about(ID)
    url: str | None = optional(URL)
    description: str | None = optional(DESCRIPTION)
    events: list[str] | None = optional(EVENTS)
    enabled: bool | None = optional(
        "Switch it on or off. Off: what waits for it is cancelled, and nothing is kept for it."
    )

    def change(self) -> EndpointChange:
        """The inside form."""
        return _change(self.url, self.description, self.events, self.enabled)


def _change(
    url: str | None, words: str | None, events: list[str] | None, enabled: bool | None = None
) -> EndpointChange:
    kinds = None if events is None else tuple(events)
    return EndpointChange(url=url, description=words, events=kinds, enabled=enabled)


@strawberry.input(description="How to replace an endpoint's signing secret.")
class RotateWebhookSecretInput:
    """How to replace an endpoint's signing secret."""

    id: strawberry.ID = about(ID)
    overlap_seconds: int = about(
        "How long the old one signs as well, 0 … 2592000; a day unless given.", default=86_400
    )


@strawberry.input(description="Which endpoint to delete.")
class DeleteWebhookEndpointInput:
    """Which endpoint to delete."""

    id: strawberry.ID = about(ID)


@strawberry.input(description="Which endpoint to try.")
class SendTestEventInput:
    """Which endpoint to try."""

    endpoint_id: strawberry.ID = about(ID)


@strawberry.input(description="Which delivery to send again.")
class ReplayWebhookDeliveryInput:
    """Which delivery to send again."""

    id: strawberry.ID = about("Global id of the delivery.")


@strawberry.input(description="Which deliveries to send again.")
class ReplayWebhookDeliveriesInput:
    """Which deliveries to send again."""

    endpoint_id: strawberry.ID = about(ID)
    since: datetime = about(
        "Of those made at this time or later: all that failed or was cancelled."
    )


@strawberry.type(description="The endpoint as it is now, or why it was not changed.")
class WebhookEndpointPayload:
    """The endpoint as it is now, or why it was not changed."""

    endpoint: WebhookEndpoint | None = about(ENDPOINT)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The endpoint with a new secret, or why there is none.")
class WebhookSecretPayload:
    """The endpoint with a new secret, or why there is none."""

    endpoint: WebhookEndpoint | None = about(ENDPOINT)
    secret: str | None = about(SECRET)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="What was deleted, or why nothing was.")
class DeleteWebhookEndpointPayload:
    """What was deleted, or why nothing was."""

    deleted_id: strawberry.ID | None = about("The id that was given; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The delivery that is sent now, or why none is.")
class WebhookDeliveryPayload:
    """The delivery that is sent now, or why none is."""

    delivery: WebhookDelivery | None = about(DELIVERY)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="How many deliveries are sent again, or why none is.")
class ReplayWebhookDeliveriesPayload:
    """How many deliveries are sent again, or why none is."""

    count: int | None = about(
        "How many; 10000 at most, so ask again after as many. Null when refused."
    )
    user_errors: list[RedemptionError] = about(ERRORS)
