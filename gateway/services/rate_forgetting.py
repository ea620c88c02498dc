"""Full buckets are dropped from the table of shared rate limits."""

from __future__ import annotations

from collections.abc import Callable

from gateway.services.database import statement
from gateway.throttling.bucket import MICROSECOND

# Rows that someone is just taking from are not full; and never waiting, it cannot deadlock.
FORGET = """
DELETE FROM rate_bucket WHERE (merchant_id, key) IN (
    SELECT merchant_id, key FROM rate_bucket WHERE full_at_ns < ? LIMIT 10000 FOR UPDATE SKIP LOCKED
)
"""


class Forgetting:
    """Drops full buckets from the table, every few minutes: a full bucket is as good as none."""

    EVERY_SECONDS = 300

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._next = 0

    async def __call__(self) -> None:
        """Forget what is full, where it is time for that."""
        now = self._clock() * MICROSECOND
        if now >= self._next:
            self._next = now + self.EVERY_SECONDS * 1_000_000_000
            await statement(FORGET, now)
