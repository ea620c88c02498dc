"""What a backend and staff send about customers and their points."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.ledger.commands import Wallet as Inside
from gateway.services.identity import CustomerDraft
from schema import checks
from schema.customer import Customer
from schema.describe import about, optional
from schema.enums import Wallet
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.redemption_inputs import KEY, CustomerRef


@strawberry.input(description="A customer to make or to change, found by `externalId`.")
class UpsertCustomerInput:
    """A customer to make or to change. A null leaves a value, an empty string clears it."""

    external_id: str = about("The merchant's own id, 1 … 255 characters.")
    phone: str | None = optional(
        "Phone number; without `+` and a calling code, one as it is dialled in the merchant's"
        " `phoneRegion`. Kept in E.164. An empty string clears it."
    )
    email: str | None = optional("E-mail address, kept in lower case; an empty string clears it.")
    tags: list[str] | None = optional("All tags, for rules; an empty list clears them.")
    tier: str | None = optional("The tier, for rules; an empty string clears it.")
    locale: str | None = optional("Language tag such as `hi-IN`; an empty string clears it.")
    birthday: str | None = optional(
        "`1990-04-23`, or `04-23` without the year; an empty string clears it."
    )

    def draft(self) -> CustomerDraft:
        """The inside form; the service checks it."""
        return CustomerDraft(
            external_id=self.external_id,
            phone=self.phone,
            email=self.email,
            tags=None if self.tags is None else frozenset(self.tags),
            tier=self.tier,
            locale=self.locale,
            birthday=self.birthday,
        )


@strawberry.type(description="The customer as it is now, or why it was not changed.")
class UpsertCustomerPayload:
    """The customer as it is now, or why it was not changed."""

    customer: Customer | None = about("The customer; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.input(description="For whom to make a token.")
class CreateCustomerTokenInput:
    """For whom to make a token."""

    customer: CustomerRef = about("The customer; must be there.")
    expires_in_seconds: int | None = optional("60 … 86400; absent: as the gateway is configured.")

    def seconds(self, default: int) -> int:
        """How long the token is good for."""
        if self.expires_in_seconds is None:
            return default
        return checks.within(self.expires_in_seconds, 60, 86_400, "expiresInSeconds")


@strawberry.type(description="A token for a browser or an app, or why there is none.")
class CreateCustomerTokenPayload:
    """A token for a browser or an app, or why there is none."""

    token: str | None = about(
        "Send it as `Authorization: Bearer …`. It may preview, apply and release for this customer"
        " and nothing else. Null when refused."
    )
    expires_at: datetime | None = about("When it ends; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.input(description="Points to give or take by hand.")
class AdjustPointsInput:
    """Points to give or take by hand."""

    customer: CustomerRef = about("Whose points.")
    delta: int = about(
        "Points to give (above 0) or to take (below 0), at most 2147483647 at once; minor units"
        " for CREDITS."
    )
    reason: str = about("Why, for the history; 1 … 255 characters.")
    idempotency_key: str = about(KEY)
    expires_at: datetime | None = optional("When given points lapse; absent: never.")
    wallet: Wallet | None = about("Which account; null means COINS.", default=Wallet.COINS)

    def account(self) -> Inside:
        """The wallet, as the inside names it."""
        return Inside.COINS if self.wallet is None else Inside(self.wallet.value)
