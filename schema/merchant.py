"""The merchant and its Custom Checkout, as staff see and set them; the program, as all see it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.ids import MAX_ID
from gateway.rules import program as inside
from gateway.services import inbox_items
from gateway.services.audit import audit_entries
from gateway.services.credentials import list_credentials
from gateway.services.event_kinds import EVENT_KINDS
from gateway.services.inbox_care import list_inbox
from gateway.services.liability import liability as read_liability
from gateway.services.merchant_metrics import measure
from gateway.services.merchants import MerchantView
from gateway.services.order_sources import list_sources
from gateway.services.programs import current_program
from gateway.services.signing_keys import list_signing_keys
from gateway.services.spans import Granularity
from gateway.services.staff import list_staff
from gateway.services.webhook_endpoints import list_endpoints
from schema import checks
from schema.audit import AuditEntryConnection, audit_page
from schema.connections import key_of
from schema.credential import Credential, credential
from schema.custom_checkout import CustomCheckout, custom_checkout
from schema.customer import AFTER, FIRST, PAGE
from schema.customer_list import CustomerConnection, customers
from schema.describe import about, arg
from schema.earning import EarningSettings, earning_settings
from schema.enums import CurrencyCode
from schema.inbox import InboxConnection, InboxItem, InboxState, inbox_connection
from schema.liability import Liability, liability
from schema.metrics import MetricGranularity, Metrics, metrics, span
from schema.order_source import OrderSource, order_source
from schema.signing_key import SigningKey, signing_key
from schema.staff import StaffMember, staff_member
from schema.webhooks import WebhookEndpoint, WebhookEventKind, endpoint, endpoint_id

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

    @strawberry.field(
        description="Customers by what they are known by, or the newest. Whoever was merged leads"
        " to whom it was merged into; who was forgotten is not found. Admin key, staff."
    )
    async def customers(
        self,
        info: Info,
        search: Annotated[
            str | None,
            arg(
                "An external id or its beginning, the number that it ends with or its beginning, a"
                " phone number in any usual writing, an e-mail address, or an `id`. At most 255"
                " characters. Null or empty: all, the newest first."
            ),
        ] = None,
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
    ) -> CustomerConnection:
        """One page, by keyset."""
        context, size = info.context, PAGE if first is None else first
        context.require(Scope.READ_ANY_CUSTOMER)
        merchant = await context.runtime.directory.merchant(self.merchant_id)
        return await customers(merchant, search or "", size, after)

    @strawberry.field(description="The addresses that are told of events, oldest first.")
    async def webhook_endpoints(self) -> list[WebhookEndpoint]:
        """All that were not deleted."""
        return [endpoint(self.merchant_id, v) for v in await list_endpoints(self.merchant_id)]

    @strawberry.field(
        description="One of the addresses that are told of events; null: there is no such one."
    )
    async def webhook_endpoint(
        self, id: Annotated[strawberry.ID, arg("Its global id.")]
    ) -> WebhookEndpoint | None:
        """One that was not deleted."""
        for each in await list_endpoints(self.merchant_id):
            if id == endpoint_id(each.id):
                return endpoint(self.merchant_id, each)
        return None

    @strawberry.field(description="How the programme does over some days of its time zone.")
    async def metrics(
        self,
        begins: Annotated[date, strawberry.argument(description="The first day.", name="from")],
        ends: Annotated[date, strawberry.argument(description="The last day.", name="to")],
        granularity: Annotated[MetricGranularity, arg("Of the trends.")] = MetricGranularity.DAY,
        compare: Annotated[bool | None, arg("Whether to look at as many days before.")] = False,
    ) -> Metrics:
        """All of them, out of sums that are there already."""
        currency, cut = self.currency_code.value, Granularity(granularity.value)
        days = span(begins, ends, granularity)
        found = await measure(self.merchant_id, currency, days, cut, compare=bool(compare))
        return metrics(found, currency, self.time_zone)

    @strawberry.field(description="Points that are out, by the month in which they expire.")
    async def liability(self, info: Info) -> Liability:
        """As of now."""
        program, now = await current_program(self.merchant_id), info.context.runtime.clock()
        return liability(await read_liability(program, self.time_zone, now), program.currency)

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

    @strawberry.field(
        description="One delivery of a shop; null: there is no such one, or it was forgotten."
    )
    async def inbox_item(self, id: Annotated[strawberry.ID, arg("Its id.")]) -> InboxItem | None:
        """The newest up to it, if that is it."""
        number = checks.numbers(id, "InboxItem", 1)
        if number is None:
            return None
        page = await list_inbox(self.merchant_id, None, 1, min(number[0] + 1, MAX_ID))
        shown = inbox_connection(page, await list_sources(self.merchant_id), None).edges
        return next((edge.node for edge in shown if edge.node.number == number[0]), None)

    @strawberry.field(description="All keys, the newest first, also those that have ended.")
    async def credentials(self, info: Info) -> list[Credential]:
        """Without their secrets."""
        now = info.context.runtime.clock()
        return [credential(key, now) for key in await list_credentials(self.merchant_id)]

    @strawberry.field(description="The keys with which the merchant's backend signs tokens.")
    async def signing_keys(self) -> list[SigningKey]:
        """The newest first, also those that were revoked."""
        return [signing_key(key) for key in await list_signing_keys(self.merchant_id)]

    @strawberry.field(description="Everyone who may use the console, or once might.")
    async def staff(self, info: Info) -> list[StaffMember]:
        """By name."""
        now = info.context.runtime.clock()
        return [staff_member(view, now) for view in await list_staff(self.merchant_id)]

    @strawberry.field(
        description="Every change of the configuration, newest first. Admin key, owner, manager."
    )
    async def audit_log(
        self,
        info: Info,
        first: Annotated[int | None, FIRST] = PAGE,
        after: Annotated[str | None, AFTER] = None,
    ) -> AuditEntryConnection:
        """One page, by keyset."""
        info.context.require(Scope.READ_AUDIT)
        size = PAGE if first is None else checks.first(first)
        return audit_page(await audit_entries(self.merchant_id, size, key_of(after)), after)


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
