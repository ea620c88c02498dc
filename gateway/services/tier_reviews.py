"""Tiers that fall because days leave the rolling year, or because the merchant changed them.

An order looks at its customer's tier by itself. This is for those who do not order: each is looked
at when the ledger said that it might fall. Several processes may do it side by side: to look again
changes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from gateway.ledger.order_commands import ReviewTier
from gateway.services.database import statement
from gateway.services.runtime import Runtime

BATCH: Final = 500
_DUE: Final = (
    "SELECT merchant_id, id FROM customer"
    " WHERE tier_review_at IS NOT NULL AND tier_review_at <= ?"
    " AND merged_into IS NULL AND erased_at IS NULL ORDER BY tier_review_at LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class TierReviews:
    """Looks at the tiers that are due."""

    runtime: Runtime

    async def run(self) -> int:
        """Review those that are due, at most a batch; how many they were."""
        due = await statement(_DUE, self.runtime.clock(), BATCH)
        await asyncio.gather(
            *(
                self.runtime.ledger.submit(
                    ReviewTier(merchant_id=row["merchant_id"], customer_id=row["id"])
                )
                for row in due
            )
        )
        return len(due)
