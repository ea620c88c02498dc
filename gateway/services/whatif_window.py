"""Which carts there are to replay: the newest days, as many as may be, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.services.database import statement

MOST_CARTS: Final = 500_000
"""Of one replay; whole days are left out beyond it, the oldest first."""
PAGE: Final = 5_000

COUNTS: Final = """
    SELECT day, count(*) AS carts FROM checkout_seen
    WHERE merchant_id = ? AND day BETWEEN ? AND ? AND tags IS NOT NULL GROUP BY day
"""
FIRST: Final = """
    SELECT day FROM checkout_seen WHERE merchant_id = ? AND tags IS NOT NULL ORDER BY day LIMIT 1
"""
WHO: Final = """
    SELECT DISTINCT customer_id FROM checkout_seen
    WHERE merchant_id = ? AND day = ? AND customer_id > ? AND tags IS NOT NULL
    ORDER BY customer_id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Days, and what was recorded on them. Days as whole numbers since 1970-01-01."""

    first_day: int
    last_day: int
    carts: int
    """A cart that was looked at on two days counts twice."""
    whole: bool
    """Whether all days that were asked for are in it."""
    recorded_since: int | None
    """The first day of which there are carts; None: there are none."""
    days: tuple[int, ...]
    """Those with carts."""


async def window(merchant_id: int, first_day: int, last_day: int, most: int = MOST_CARTS) -> Window:
    """The newest of these days: as many as have at most so many carts, and one day with any."""
    counts = {
        row["day"]: row["carts"]
        for row in await statement(COUNTS, merchant_id, first_day, last_day)
    }
    carts, begins = 0, last_day + 1
    while begins > first_day:
        more = counts.get(begins - 1, 0)
        if carts and carts + more > most:
            break
        begins, carts = begins - 1, carts + more
    since = await statement(FIRST, merchant_id)
    return Window(
        first_day=begins,
        last_day=last_day,
        carts=carts,
        whole=begins == first_day,
        recorded_since=since[0]["day"] if since else None,
        days=tuple(sorted(day for day in counts if day >= begins)),
    )


async def customers_of(merchant_id: int, found: Window) -> list[int]:
    """Whoever has a cart in it, in the order of their ids."""
    everybody: set[int] = set()
    for day in found.days:
        after = 0
        while True:
            rows = await statement(WHO, merchant_id, day, after, PAGE)
            everybody.update(row["customer_id"] for row in rows)
            if len(rows) < PAGE:
                break
            after = rows[-1]["customer_id"]
    return sorted(everybody)
