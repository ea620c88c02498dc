"""What is known of a customer's orders beside the ledger: read, never written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from gateway.rules.tiers import Day, day_of, first_day
from gateway.services.database import statement

_YEARS = (
    "SELECT customer_id, day, spent_minor, earned_points, orders FROM customer_day"
    " WHERE merchant_id = ? AND day BETWEEN ? AND ? AND customer_id IN "
)
_ANY = "SELECT 1 AS n FROM customer_day WHERE merchant_id = ? AND customer_id = ? LIMIT 1"


async def years_of(
    merchant_id: int, customer_ids: Collection[int], now: int
) -> dict[int, list[Day]]:
    """The days with orders of the rolling year that ends now, by customer; one statement."""
    sql = f"{_YEARS}({', '.join('?' * len(customer_ids))})"
    rows = await statement(sql, merchant_id, first_day(now), day_of(now), *customer_ids)
    years: dict[int, list[Day]] = defaultdict(list)
    for row in rows:
        years[row.pop("customer_id")].append(Day(**row))
    return years


async def has_ordered(merchant_id: int, customer_id: int) -> bool:
    """Whether the customer has ever completed an order; one statement."""
    return bool(await statement(_ANY, merchant_id, customer_id))
