"""The merchant and its Custom Checkout, as staff see and set them; the program, as all see it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.context import Context
from gateway.rules import program as inside
from gateway.services import inbox_items
from gateway.services.event_kinds import EVENT_KINDS
from gateway.services.inbox_care import list_inbox
from gateway.services.merchants import MerchantView
from gateway.services.order_sources import list_sources
from gateway.services.webhook_endpoints import list_endpoints
from schema.connections import key_of
from schema.custom_checkout import CustomCheckout, custom_checkout
from schema.describe import about, arg
from schema.earning import EarningSettings, earning_settings
from schema.enums import CurrencyCode
from schema.inbox import InboxConnection, InboxState, inbox_connection
from schema.order_source import OrderSource, order_source
from schema.webhooks import WebhookEndpoint, WebhookEventKind, endpoint

Info = strawberry.Info[Context, None]
INBOX_PAGE = 20


@strawberry.type(description="The merchant, as staff see it.")
class Merchant:
    """The merchant, as staff see it."""

    name: str = about("The brand's name.")
    currency_code: CurrencyCode = about("All amounts are in it.")
    locale: str = about("Language of messages where a request names none.")
    time_zone: str = about("IANA time zone.")
    phone_region: str | None = about(
        "ISO 3166 code of the country in which phone numbers without `+` and a calling code are"
        " dialled: that of the locale, else of the currency, else of the time zone. Null: none of"
        " these names one, so every number needs its calling code."
    )
    custom_checkout: CustomCheckout = about("The Custom Checkout integration.")
    earning: EarningSettings = about("How customers earn points.")
    merchant_id: strawberry.Private[int]

    @strawberry.field(description="The addresses that are told of events, oldest first.")
    async def webhook_endpoints(self) -> list[WebhookEndpoint]:
        """All that were not deleted."""
        return [endpoint(self.merchant_id, v) for v in await list_endpoints(self.merchant_id)]

    @strawberry.field(description="The kinds of event that there are.")
    def webhook_event_kinds(self) -> list[WebhookEventKind]:
        """The same for every merchant."""
        return [WebhookEventKind(name=n, description=text) for n, text in EVENT_KINDS.items()]

    @strawberry.field(description="From where orders may be told by webhook, by name.")
    async def order_sources(self) -> list[OrderSource]:
        """All of them, without their secrets."""
        return [order_source(view) for view in await list_sources(self.merchant_id)]

    @strawberry.field(description="What shops have sent of their orders, newest first.")
    async def inbox(
        self,
        state: Annotated[InboxState | None, arg("Only in this state; null: in any.")] = None,
        first: Annotated[int | None, arg("How many, 1 … 100; null means 20.")] = INBOX_PAGE,
        after: Annotated[str | None, arg("The cursor of an earlier page.")] = None,
    ) -> InboxConnection:
        """One page, by keyset."""
        size, key = INBOX_PAGE if first is None else first, key_of(after)
        wanted = None if state is None else inbox_items.InboxState(state.value)
        page = await list_inbox(self.merchant_id, wanted, size, key)
        return inbox_connection(page, await list_sources(self.merchant_id), after)


def merchant(view: MerchantView, value: inside.Program) -> Merchant:
    """The form for staff."""
    return Merchant(
        name=view.name,
        currency_code=CurrencyCode[view.currency],
        locale=view.locale,
        time_zone=view.time_zone,
        phone_region=view.region,
        custom_checkout=custom_checkout(value),
        earning=earning_settings(value),
        merchant_id=value.merchant_id,
    )
