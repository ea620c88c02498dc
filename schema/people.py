"""Merging, exporting and erasing a customer: what is sent, and what is answered."""

from __future__ import annotations

import strawberry

from schema.customer import Customer
from schema.describe import about
from schema.errors import RedemptionError
from schema.payloads import ERRORS, REPLAYED
from schema.redemption_inputs import KEY, CustomerRef


@strawberry.input(description="Two customers who are one person.")
class MergeCustomersInput:
    """Two customers who are one person."""

    source: CustomerRef = about(
        "Who becomes a part of the other: the guest. All points, holds and debts move; orders and"
        " history stay readable. Backends go on to reach the target by the source's `externalId`,"
        " phone and e-mail; a customer token of the source opens nothing any more."
    )
    target: CustomerRef = about("Who stays: the account.")
    idempotency_key: str = about(KEY)


@strawberry.type(description="The customer after the merge, or why there was none.")
class MergeCustomersPayload:
    """The customer after the merge, or why there was none."""

    customer: Customer | None = about("The target with its balance after it; null when refused.")
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="A page of all that is kept of a customer.")
class CustomerExport:
    """A page of all that is kept of a customer."""

    document: str = about(
        "A JSON object with a list for each kind of row: `customers`, `formerlyKnownAs`,"
        " `balances`, `lots`, `redemptions`, `orders`, `awards`, `journal`; what is not on this"
        " page is left out. Rows are as they are stored: times in microseconds since 1970, amounts"
        " in minor units."
    )
    next: str | None = about("The `after` of the next page; null: this was the last one.")


@strawberry.input(description="Whom to forget.")
class EraseCustomerInput:
    """Whom to forget."""

    customer: CustomerRef = about("The customer, with all who were merged into it.")


@strawberry.type(description="Whether the customer is forgotten.")
class EraseCustomerPayload:
    """Whether the customer is forgotten."""

    erased: bool = about("True also where that was so before; false when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)
