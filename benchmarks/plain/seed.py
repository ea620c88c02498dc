"""Fills the plain database: `python -m benchmarks.plain.seed COUNT`, with PLAIN_DATABASE_URL."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from datetime import UTC, datetime, timedelta

from benchmarks.documents import FIRST_CUSTOMER
from benchmarks.plain.app import database
from benchmarks.plain.models import Account, Customer, Lot, Merchant, Rule

SECRET = "whk_plain"  # noqa: S105 - of a database that lives for one measurement
POINTS = 500


async def seed(url: str, customers: int) -> None:
    """The same merchant as `loyalty seed` makes: one rule, 20 % to pay, 500 points each."""
    numbers = range(1, customers + 1)
    until = datetime.now(UTC) + timedelta(days=100)
    async with database(url):
        digest = hashlib.sha256(SECRET.encode()).hexdigest()
        await Merchant.create(id=1, currency="INR", secret_hash=digest, minimum_payment_bp=2_000)
        await Rule.create(
            id=1, merchant_id=1, points=1, discount_minor=100, maximum_discount_minor=10_000
        )
        first = FIRST_CUSTOMER - 1
        await Customer.bulk_create(
            Customer(id=n, merchant_id=1, external_id=f"custom_website-{first + n}")
            for n in numbers
        )
        await Account.bulk_create(Account(id=n, customer_id=n, available=POINTS) for n in numbers)
        await Lot.bulk_create(
            Lot(id=n, account_id=n, available=POINTS, expires_at=until) for n in numbers
        )


if __name__ == "__main__":
    asyncio.run(seed(os.environ["PLAIN_DATABASE_URL"], int(sys.argv[1])))
