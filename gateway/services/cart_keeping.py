"""How long what a cart was besides its total is kept: some weeks, and not of who is erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.services.counted import marks
from gateway.services.database import statement
from gateway.services.privacy import Person
from gateway.services.work import Job

KEEP_DAYS: Final = 92
"""Ninety days can be replayed whenever a day begins."""
EVERY_SECONDS: Final = 3_600
AT_ONCE: Final = 500
DAY: Final = 86_400 * 1_000_000

_CLEAR: Final = "UPDATE checkout_seen SET tier = NULL, tags = NULL, lines = NULL"
_OLD: Final = f"""
    {_CLEAR} WHERE (merchant_id, customer_id, cart_id, day) IN (
        SELECT merchant_id, customer_id, cart_id, day FROM checkout_seen
        WHERE merchant_id = ? AND tags IS NOT NULL AND day < ? ORDER BY day, customer_id LIMIT ?
    ) RETURNING day
"""  # noqa: S608 - fixed text
_ERASED: Final = "SELECT merchant_id, id FROM customer WHERE erased_at >= ?"
_LATE: Final = f"""
    {_CLEAR} WHERE merchant_id = ? AND customer_id = ? AND tags IS NOT NULL RETURNING day
"""


async def forget_carts(who: Person) -> None:
    """Keep nothing of the carts of somebody who is erased but their numbers."""
    ids = who.customer_ids
    if ids:
        await statement(
            f"{_CLEAR} WHERE merchant_id = ? AND customer_id IN {marks(len(ids))}",
            who.merchant_id,
            *ids,
        )


@dataclass(frozen=True, slots=True)
class CartKeeping:
    """A job: lets go of what is old, bit by bit."""

    clock: Callable[[], int]

    def job(self) -> Job:
        """To be done again and again."""
        return Job("carts kept", EVERY_SECONDS, self.run, drains=True, share=0.2)

    async def run(self) -> int:
        """Let some of it go; how many carts that were."""
        now = self.clock()
        done = 0
        # What another process had noted of somebody, and wrote down after that somebody was erased.
        for erased in await statement(_ERASED, now - DAY):
            done += len(await statement(_LATE, erased["merchant_id"], erased["id"]))
        for merchant in await statement("SELECT id FROM merchant ORDER BY id"):
            gone = await statement(_OLD, merchant["id"], now // DAY - KEEP_DAYS, AT_ONCE)
            done += len(gone)
        return done
