"""Custom Checkout, as staff see it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from gateway.context import Context
from gateway.rules import program as inside
from gateway.services.credentials import list_credentials
from gateway.services.origins import list_origins
from gateway.services.rules import RuleView, list_rules
from gateway.services.secrets import CredentialKind
from schema.credential import Credential, credential
from schema.describe import about, arg
from schema.enums import ClawbackPolicy
from schema.rule import (
    ManagedRule,
    MinimumPayment,
    minimum_payment,
    redemption_rule,
)
from schema.scalars import instant, instant_or_none

Info = strawberry.Info[Context, None]


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
        return [managed_rule(view, self.merchant_id, self.currency) for view in views]

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

    @strawberry.field(description="The Secret Webhook IDs that work now, the newest first.")
    async def secret_webhook_ids(self, info: Info) -> list[Credential]:
        """After a rotation, the old one as well for its overlap."""
        now = info.context.runtime.clock()
        return [
            credential(key, now)
            for key in await list_credentials(self.merchant_id)
            if key.kind is CredentialKind.SECRET_WEBHOOK and key.live(now)
        ]

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


def managed_rule(view: RuleView, merchant_id: int, currency: str) -> ManagedRule:
    """The form of a rule for staff."""
    return ManagedRule(
        rule=redemption_rule(view.rule, currency),
        merchant_id=merchant_id,
        currency=currency,
        archived_at=instant_or_none(view.archived_at),
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
