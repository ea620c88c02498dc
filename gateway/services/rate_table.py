"""The buckets of one limit in the database, for all processes: PostgreSQL only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b

from gateway.services.database import statement
from gateway.throttling.bucket import MICROSECOND, Rate, Taken, take
from gateway.throttling.leases import Ask

_START = "LEAST(GREATEST(b.full_at_ns, n.now), n.now + n.span)"
# The arithmetic of `bucket.take`, under the lock of the row. In key order, so that two processes
# cannot each wait for the other.
TAKE = f"""
INSERT INTO rate_bucket AS b (merchant_id, key, full_at_ns, granted)
SELECT a.merchant_id, a.key, ?::BIGINT + a.units * ?::BIGINT, a.units
FROM unnest(?::BIGINT[], ?::BIGINT[], ?::BIGINT[]) AS a (merchant_id, key, units) ORDER BY 1, 2
ON CONFLICT (merchant_id, key) DO UPDATE SET (full_at_ns, granted) = (
    SELECT
        CASE WHEN fits THEN start + cost ELSE start END,
        CASE WHEN fits THEN EXCLUDED.granted ELSE 0 END
    FROM (
        SELECT {_START} AS start, cost, {_START} + cost <= n.now + n.span AS fits
        FROM (
            SELECT ?::BIGINT AS now, ?::BIGINT AS span, EXCLUDED.granted * ?::BIGINT AS cost
        ) AS n
    ) AS t
)
RETURNING merchant_id, key, full_at_ns, granted
"""  # noqa: S608 - fixed text


class RateTable:
    """Takes from the buckets of one limit. `secret` hides whom a row is about."""

    def __init__(self, name: str, rate: Rate, secret: str, clock: Callable[[], int]) -> None:
        """`name` tells one limit's buckets from another's; the clock gives microseconds."""
        self._rate = rate
        self._clock = clock
        self._salt = blake2b(f"{name}\n{secret}".encode(), digest_size=32).digest()

    async def take(self, asks: Sequence[Ask]) -> list[Taken]:
        """Take for each ask all its units or none.

        Of two with the same key the first has been given up by who asked: only the last is taken
        for. (One row cannot be changed twice by a statement.)
        """
        now, rate = self._clock() * MICROSECOND, self._rate
        keys = [self._key(ask.key) for ask in asks]
        wishes = dict(zip(keys, (ask.units for ask in asks), strict=True))
        merchants, digests = [key[0] for key in wishes], [key[1] for key in wishes]
        units = list(wishes.values())
        ours = (now, rate.span, rate.interval)
        found = await statement(TAKE, now, rate.interval, merchants, digests, units, *ours)
        rows = {(row["merchant_id"], row["key"]): row for row in found}
        return [
            Taken(row["full_at_ns"], self._wait(row["full_at_ns"], row["granted"], ask.units, now))
            for ask, row in zip(asks, (rows[key] for key in keys), strict=True)
        ]

    def _wait(self, full_at: int, granted: int, units: int, now: int) -> int:
        return 0 if granted else max(1, take(self._rate, full_at, now, units).wait)

    def _key(self, key: tuple[object, ...]) -> tuple[int, int]:
        """The merchant and 63 bits; two keys that met would share a bucket, and nothing more."""
        digest = blake2b(repr(key).encode(), key=self._salt, digest_size=8).digest()
        merchant = key[0] if isinstance(key[0], int) else 0
        return merchant, int.from_bytes(digest, "big") >> 1
