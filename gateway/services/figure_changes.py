"""Whose figures have to be made again: found by the time at which something changed.

What commits late carries an earlier time, so each look goes back a little, and once a day far back.
To make a customer's figures again changes nothing where nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gateway.services.counted import rows_of
from gateway.services.database import statement, transaction

MICROSECONDS: Final = 1_000_000
BACK: Final = 60 * MICROSECONDS
"""How far each look goes back: no command takes so long, and no clock is so wrong."""
FAR_BACK: Final = 2 * 86_400 * MICROSECONDS
DAY: Final = 86_400 * MICROSECONDS

_MARK: Final = "SELECT read_until FROM figure_mark WHERE merchant_id = 0"
_ADVANCE: Final = """
    INSERT INTO figure_mark (merchant_id, read_until) VALUES (0, ?)
    ON CONFLICT (merchant_id) DO UPDATE SET read_until = excluded.read_until
"""
_ASK: Final = """
    INSERT INTO figure_due (merchant_id, customer_id, asked)
    SELECT DISTINCT c.merchant_id, coalesce(c.merged_into, c.id), {asked} FROM {whom}
    WHERE true ORDER BY 1, 2
    ON CONFLICT (merchant_id, customer_id) DO UPDATE SET asked = excluded.asked
"""
_ASK_FOR: Final = """
    INSERT INTO figure_due (merchant_id, customer_id, asked) VALUES {rows}
    ON CONFLICT (merchant_id, customer_id) DO UPDATE SET asked = excluded.asked
"""
_CHANGED: Final = """(
        SELECT merchant_id, customer_id FROM outbox WHERE delivered_at IS NULL AND at >= ?
        UNION
        SELECT merchant_id, customer_id FROM outbox WHERE delivered_at IS NOT NULL AND at >= ?
        UNION
        SELECT merchant_id, customer_id FROM customer_order
        WHERE updated_at > 0 AND updated_at >= ?
    ) x JOIN customer c ON c.merchant_id = x.merchant_id AND c.id = x.customer_id
"""
CHANGED_SINCE: Final = f"SELECT c.merchant_id, c.id FROM {_CHANGED}"  # noqa: S608 - fixed text
"""What a look reads, for a test of its plan."""


async def note_changes(clock: Callable[[], int]) -> None:
    """Ask for the figures of all for whom something has changed; of everyone at the very first."""
    found = await statement(_MARK)
    now = clock()

    async def work() -> None:
        await statement(_ADVANCE, now)
        if not found:
            await statement(_ASK.format(asked=now, whom="customer c"))
            return
        until = found[0]["read_until"]
        back = BACK if until // DAY == now // DAY else FAR_BACK
        since = min(until, now) - back
        await statement(_ASK.format(asked=now, whom=_CHANGED), since, since, since)

    await transaction(work)


async def ask(merchant_id: int, customers: list[int], now: int) -> None:
    """Ask for the figures of some customers of one merchant, in the caller's transaction."""
    if customers:
        rows = sorted(customers)
        sql = _ASK_FOR.format(rows=rows_of(len(rows), 3))
        await statement(sql, *(value for c in rows for value in (merchant_id, c, now)))
