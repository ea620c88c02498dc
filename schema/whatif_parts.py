"""The figures of a what-if that come again and again."""

from __future__ import annotations

import strawberry

from gateway.ids import to_global_id
from gateway.rules.whatif.tallies import Span
from gateway.rules.whatif.winners import Change, Changed
from schema.describe import about
from schema.money import Money, money


@strawberry.type(description="A number as expected, and between what it lies.")
class WhatIfCount:
    """A number as expected, and between what it lies."""

    expected: int = about("With the observed take-up.")
    least: int = about("If points are used on those orders on which they were.")
    most: int = about("If points are used on every order on which they can be.")


@strawberry.type(description="An amount as expected, and between what it lies.")
class WhatIfAmount:
    """An amount as expected, and between what it lies."""

    expected: Money = about("With the observed take-up.")
    least: Money = about("If points are used on those orders on which they were.")
    most: Money = about("If points are used on every order on which they can be.")


@strawberry.type(description="One customer whose discounts would differ.")
class WhatIfCustomer:
    """One customer whose discounts would differ."""

    id: strawberry.ID = about("The gateway's id of the customer.")
    external_id: str = about("The merchant's own.")
    now: Money = about("Of all these days under the rules that are live.")
    draft: Money = about("The same with the draft.")
    difference: Money = about("By how much they differ, not negative.")


@strawberry.type(description="Those who gain, or those who lose.")
class WhatIfChanged:
    """Those who gain, or those who lose."""

    customers: int = about("How many there are.")
    total: Money = about("By how much the discounts of all of them differ.")
    largest: list[WhatIfCustomer] = about("At most ten, the largest difference first.")


def count(of: Span) -> WhatIfCount:
    """The outside form of a number."""
    return WhatIfCount(expected=of.expected, least=of.least, most=of.most)


def amount(of: Span, currency: str) -> WhatIfAmount:
    """The outside form of an amount."""
    return WhatIfAmount(
        expected=money(of.expected, currency),
        least=money(of.least, currency),
        most=money(of.most, currency),
    )


def changed(of: Changed, names: dict[int, str], currency: str) -> WhatIfChanged:
    """The outside form of those who gain or lose."""

    def customer(change: Change) -> WhatIfCustomer:
        return WhatIfCustomer(
            id=strawberry.ID(to_global_id("Customer", change.customer_id)),
            external_id=names.get(change.customer_id, ""),
            now=money(change.now_minor, currency),
            draft=money(change.draft_minor, currency),
            difference=money(change.size_minor, currency),
        )

    return WhatIfChanged(
        customers=of.customers,
        total=money(of.total_minor, currency),
        largest=[customer(change) for change in of.largest],
    )
