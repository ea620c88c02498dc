"""The merchant and its Custom Checkout, as staff see and set them; the program, as all see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry

from gateway.context import Context
from gateway.rules import program as inside
from gateway.services import inbox_items
from gateway.services.credentials import list_credentials
from gateway.services.event_kinds import EVENT_KINDS
from gateway.services.inbox_care import list_inbox
from gateway.services.liability import liability as read_liability
from gateway.services.merchant_metrics import measure
from gateway.services.merchants import MerchantView
from gateway.services.order_sources import list_sources
from gateway.services.origins import list_origins
from gateway.services.programs import CheckoutChange, current_program
from gateway.services.rules import RuleView, list_rules
from gateway.services.secrets import CredentialKind
from gateway.services.spans import Granularity
from gateway.services.webhook_endpoints import list_endpoints
from schema import checks
from schema.connections import key_of
from schema.describe import about, arg, optional
from schema.earning import Earning, EarningSettings, earning, earning_settings
from schema.enums import ClawbackPolicy, CurrencyCode
from schema.errors import RedemptionError
from schema.inbox import InboxConnection, InboxState, inbox_connection
from schema.liability import Liability, liability
from schema.metrics import MetricGranularity, Metrics, metrics, span
from schema.order_source import OrderSource, order_source
from schema.payloads import ERRORS
from schema.rule import (
    ManagedRule,
    MinimumPayment,
    RedemptionRule,
    minimum_payment,
    redemption_rule,
)
from schema.rule_inputs import MinimumPaymentInput
from schema.scalars import instant
from schema.webhooks import WebhookEndpoint, WebhookEventKind, endpoint

Info = strawberry.Info[Context, None]
INBOX_PAGE = 20


@strawberry.type(
    description="What points are worth at this merchant, and how they are earned. Open to any"
    " storefront."
)
class Program:
    """What points are worth at this merchant."""

    enabled: bool = about("Whether points can be redeemed now.")
    currency_code: CurrencyCode = about("The merchant's currency.")
    minimum_payment: MinimumPayment = about("The least that a customer must pay of a cart.")
    rules: list[RedemptionRule] = about("The live rules.")
    earning: Earning = about("How points are earned.")


def program(value: inside.Program) -> Program:
    """The public form of a program version."""
    return Program(
        enabled=value.enabled,
        currency_code=CurrencyCode[value.currency],
        minimum_payment=minimum_payment(value.minimum_payment, value.currency),
        rules=[redemption_rule(rule, value.currency) for rule in value.rules],
        earning=earning(value),
    )


@strawberry.type(description="The integration that the merchant switches on or off.")
class CustomCheckout:
    """The integration that the merchant switches on or off."""

    enabled: bool = about("Off: previews say so, applies are refused; captures still work.")
    minimum_payment: MinimumPayment = about("The least that a customer must pay of a cart.")
    hold_seconds: int = about("How long an apply holds points, unless it says otherwise.")
    quote_seconds: int = about("How long a quote is good for.")
    refund_grace_seconds: int = about("Refunded points live at least this long.")
    clawback_policy: ClawbackPolicy = about("What happens when too few points are left to take.")
    merchant_id: strawberry.Private[int]
    currency: strawberry.Private[str]
    lines_required: strawberry.Private[bool]

    @strawberry.field(description="The rules, by priority and age.")
    async def rules(
        self,
        archived: Annotated[bool | None, arg("Whether to list the archived ones too.")] = False,
    ) -> list[ManagedRule]:
        """Current versions only."""
        views = await list_rules(self.merchant_id, bool(archived))
        return [managed_rule(view, self.currency) for view in views]

    @strawberry.field(
        description="Whether every capture must name the order's `lines`: then nothing that a page"
        " said of its cart counts, also under a rule for certain products."
    )
    def order_lines_required(self) -> bool:
        """As it stands."""
        return self.lines_required

    @strawberry.field(
        description="Web pages of these origins may call for this merchant, besides those that the"
        " installation allows to call for every merchant."
    )
    async def allowed_origins(self) -> list[str]:
        """The merchant's own list."""
        return await list_origins(self.merchant_id)

    @strawberry.field(
        description="When the Secret Webhook ID was last used, to the minute; null: never."
    )
    async def secret_webhook_id_last_used_at(self) -> datetime | None:
        """The latest use of any live Secret Webhook ID."""
        used = [
            key.last_used_at
            for key in await list_credentials(self.merchant_id)
            if key.kind is CredentialKind.SECRET_WEBHOOK and key.last_used_at is not None
        ]
        return instant(max(used)) if used else None


def managed_rule(view: RuleView, currency: str) -> ManagedRule:
    """The form of a rule for staff."""
    return ManagedRule(
        rule=redemption_rule(view.rule, currency),
        archived_at=None if view.archived_at is None else instant(view.archived_at),
        edited_at=instant(view.edited_at),
    )


def custom_checkout(value: inside.Program) -> CustomCheckout:
    """The form for staff."""
    return CustomCheckout(
        enabled=value.enabled,
        minimum_payment=minimum_payment(value.minimum_payment, value.currency),
        hold_seconds=value.hold_seconds,
        quote_seconds=value.quote_seconds,
        refund_grace_seconds=value.refund_grace_seconds,
        clawback_policy=ClawbackPolicy[value.clawback_policy.name],
        merchant_id=value.merchant_id,
        currency=value.currency,
        lines_required=value.order_lines_required,
    )


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


@strawberry.input(description="What to change of Custom Checkout; what is left out stays.")
class UpdateCustomCheckoutInput:
    """What to change of Custom Checkout; what is left out stays."""

    enabled: bool | None = optional("Switch the integration on or off.")
    minimum_payment: MinimumPaymentInput | None = optional("The least that a customer must pay.")
    hold_seconds: int | None = optional("60 … 86400.")
    quote_seconds: int | None = optional("10 … 86400.")
    refund_grace_seconds: int | None = optional("0 … 315360000.")
    clawback_policy: ClawbackPolicy | None = optional("What to do when too few points are left.")
    order_lines_required: bool | None = optional(
        "Refuse captures whose order has no `lines`. Switch it on when your backend sends them."
    )
    allowed_origins: list[str] | None = optional(
        "Web pages of these origins, and no others, may call for this merchant from a browser:"
        " the whole new list, at most 50, such as `https://shop.example`; `http` for localhost"
        " only, and app schemes such as `capacitor://localhost`. Empty: none."
    )

    def change(self, currency: str) -> CheckoutChange:
        """The inside form. Raises RequestError or LoyaltyError with its field."""
        least, policy = self.minimum_payment, self.clawback_policy
        return CheckoutChange(
            enabled=self.enabled,
            minimum_payment=least and least.minimum(currency, "minimumPayment"),
            hold_seconds=_seconds(self.hold_seconds, 60, 86_400, "holdSeconds"),
            quote_seconds=_seconds(self.quote_seconds, 10, 86_400, "quoteSeconds"),
            refund_grace_seconds=_seconds(
                self.refund_grace_seconds, 0, 315_360_000, "refundGraceSeconds"
            ),
            clawback_policy=policy and inside.ClawbackPolicy(policy.value),
            order_lines_required=self.order_lines_required,
            allowed_origins=None if self.allowed_origins is None else tuple(self.allowed_origins),
        )


def _seconds(value: int | None, low: int, high: int, name: str) -> int | None:
    return None if value is None else checks.within(value, low, high, name)


@strawberry.input(description="How to replace the Secret Webhook ID.")
class RotateSecretWebhookIdInput:
    """How to replace the Secret Webhook ID."""

    overlap_seconds: int = about(
        "How long the old one still works, 0 … 2592000; a day unless given.", default=86_400
    )


@strawberry.type(description="The new Secret Webhook ID.")
class RotateSecretWebhookIdPayload:
    """The new Secret Webhook ID."""

    secret_webhook_id: str | None = about("Shown this once only; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Custom Checkout as it is now, or why it was not changed.")
class UpdateCustomCheckoutPayload:
    """Custom Checkout as it is now, or why it was not changed."""

    custom_checkout: CustomCheckout | None = about("As it is now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="The rule as it is now, or why it was not changed.")
class RedemptionRulePayload:
    """The rule as it is now, or why it was not changed."""

    rule: RedemptionRule | None = about("As it is now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)
