"""What is known of a customer's orders beside the ledger: read, never written."""

from __future__ import annotations

from gateway.rules.tiers import Day, day_of, first_day
from gateway.services.database import statement

_YEAR = (
    "SELECT day, spent_minor, earned_points, orders FROM customer_day"
    " WHERE merchant_id = ? AND customer_id = ? AND day BETWEEN ? AND ?"
)
_ANY = "SELECT 1 AS n FROM customer_day WHERE merchant_id = ? AND customer_id = ? LIMIT 1"


async def year_of(merchant_id: int, customer_id: int, now: int) -> list[Day]:
    """The days with orders of the rolling year that ends now; one statement."""
    rows = await statement(_YEAR, merchant_id, customer_id, first_day(now), day_of(now))
    return [Day(**row) for row in rows]


async def has_ordered(merchant_id: int, customer_id: int) -> bool:
    """Whether the customer has ever completed an order; one statement."""
    return bool(await statement(_ANY, merchant_id, customer_id))
