"""From where orders may be told, as staff see and set it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from gateway.ids import to_global_id
from gateway.inbound import facts
from gateway.services.order_source_values import IssuedSource, SourceDraft, SourceView
from gateway.services.order_sources import DEFAULT_OVERLAP_SECONDS
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.scalars import instant, instant_or_none

if TYPE_CHECKING:
    from gateway.inbound.facts import SourceKind
else:
    _KINDS = {
        "GENERIC": "Our own JSON, signed as Standard Webhooks: for a backend of your own.",
        "SHOPIFY": "Shopify's webhooks.",
        "WOOCOMMERCE": "WooCommerce's webhooks.",
        "COMMERCETOOLS": "Messages of a commercetools subscription, passed on by HTTP.",
    }
    SourceKind = strawberry.enum(
        Enum(
            "OrderSourceKind",
            {
                kind.name: strawberry.enum_value(kind.value, description=_KINDS[kind.name])
                for kind in facts.SourceKind
            },
        ),
        description="Whose deliveries a source sends, and how they are signed.",
    )


@strawberry.type(description="A shop or a backend that may tell of orders by webhook.")
class OrderSource:
    """A shop or a backend that may tell of orders by webhook."""

    id: strawberry.ID = about("Opaque.")
    name: str = about("The last part of its address.")
    kind: SourceKind = about("Whose deliveries it sends.")
    path: str = about("Where it sends to, by POST, at this gateway's own address.")
    create_customers: bool = about(
        "Whether a customer whom the shop knows and the gateway does not is made with the order."
    )
    customer_prefix: str = about("Goes before the shop's customer ids to make an `externalId`.")
    order_prefix: str = about("Goes before the shop's order ids: two shops may count alike.")
    created_at: datetime = about("When it was made.")
    previous_secret_until: datetime | None = about(
        "Until when the secret before the last rotation works; null: there is none."
    )


def order_source(view: SourceView) -> OrderSource:
    """The outside form."""
    return OrderSource(
        id=strawberry.ID(to_global_id("OrderSource", view.id)),
        name=view.name,
        kind=SourceKind[view.kind.name],
        path=view.path,
        create_customers=view.create_customers,
        customer_prefix=view.customer_prefix,
        order_prefix=view.order_prefix,
        created_at=instant(view.created_at),
        previous_secret_until=instant_or_none(view.previous_until),
    )


@strawberry.input(description="A source to make.")
class CreateOrderSourceInput:
    """A source to make."""

    kind: SourceKind = about("Whose deliveries it sends.")
    name: str | None = optional(
        "The last part of its address, unique: 1 to 40 small letters, digits and hyphens. Absent:"
        " the kind, in small letters."
    )
    secret: str | None = optional(
        "The secret with which the shop signs, 16 to 500 characters, for SHOPIFY and WOOCOMMERCE."
        " Absent: one is made and answered."
    )
    create_customers: bool = about(
        "Whether to make customers whom the shop knows and the gateway does not.", default=True
    )
    customer_prefix: str = about(
        "Goes before the shop's customer ids, at most 40 characters.", default=""
    )
    order_prefix: str = about(
        "Goes before the shop's order ids, at most 40 characters.", default=""
    )

    def draft(self) -> SourceDraft:
        """The inside form."""
        return SourceDraft(
            kind=facts.SourceKind(self.kind.value),
            name=self.name,
            secret=self.secret,
            create_customers=self.create_customers,
            customer_prefix=self.customer_prefix,
            order_prefix=self.order_prefix,
        )


@strawberry.input(description="Which source gets a new secret, and how.")
class RotateOrderSourceSecretInput:
    """Which source gets a new secret, and how."""

    id: strawberry.ID = about("The source.")
    secret: str | None = optional(
        "The new secret that the shop signs with, for SHOPIFY and WOOCOMMERCE; absent: one is made."
    )
    overlap_seconds: int = about(
        "How long the secret before it still works, 0 … 2592000; a day unless given.",
        default=DEFAULT_OVERLAP_SECONDS,
    )


@strawberry.input(description="Which source to end.")
class DeleteOrderSourceInput:
    """Which source to end."""

    id: strawberry.ID = about("The source.")


@strawberry.type(description="A source with its secret, or why there is none.")
class OrderSourcePayload:
    """A source with its secret, or why there is none."""

    order_source: OrderSource | None = about("As it is now; null when refused.")
    secret: str | None = about(
        "Shown this once only; null when refused, and when the input brought the secret along."
    )
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Whether the source was ended.")
class DeleteOrderSourcePayload:
    """Whether the source was ended."""

    deleted_id: strawberry.ID | None = about("The source that was ended; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


def issued(found: IssuedSource | None, errors: list[RedemptionError]) -> OrderSourcePayload:
    """The payload of a source that was made or got a new secret."""
    if found is None:
        return OrderSourcePayload(order_source=None, secret=None, user_errors=errors)
    shown = order_source(found.source)
    return OrderSourcePayload(order_source=shown, secret=found.secret, user_errors=[])
