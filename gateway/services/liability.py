"""Points that customers have and have not spent, by the month in which they expire."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.rules.program import Program
from gateway.rules.worth import worth_minor
from gateway.services.calendar_days import QUARTER, date_of, day_of
from gateway.services.counted import LOT_COUNTED
from gateway.services.database import statement

# Held points do not lapse; of the others, those whose time has gone by are no one's any more.
_OPEN: Final = f"""
    SELECT l.expires_at / {QUARTER} AS quarter,
        sum(l.held + CASE WHEN l.expires_at <= ? THEN 0 ELSE l.pending + l.available END) AS points
    FROM lot l WHERE {LOT_COUNTED} AND l.merchant_id = ? AND l.open AND l.wallet = 'COINS'
    GROUP BY 1
"""  # noqa: S608 - fixed text


@dataclass(frozen=True, slots=True)
class Due:
    """Points that expire in one month; `worth_minor` None: no rule says what they are worth."""

    month: date
    points: int
    worth_minor: int | None


@dataclass(frozen=True, slots=True)
class Liability:
    """All points that are out: available, held and pending."""

    by_month: tuple[Due, ...]
    never_points: int
    never_minor: int | None
    total_points: int
    total_minor: int | None


async def liability(program: Program, time_zone: str, now: int) -> Liability:
    """What is owed to all customers as of now; points held past their expiry are due now."""
    months: Counter[date] = Counter()
    never = 0
    for row in await statement(_OPEN, now, program.merchant_id):
        points = int(row["points"])
        if row["quarter"] is None:
            never += points
        elif points:
            at = max(now, row["quarter"] * QUARTER)
            months[date_of(day_of(at, time_zone)).replace(day=1)] += points
    total = never + months.total()
    return Liability(
        tuple(Due(m, n, worth_minor(program, n)) for m, n in sorted(months.items())),
        never,
        worth_minor(program, never),
        total,
        worth_minor(program, total),
    )
