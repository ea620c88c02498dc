"""Tickets about rewards that a help desk counts here. Nothing of their content is kept."""

from __future__ import annotations

from typing import Final

from gateway.services.calendar_days import day_of
from gateway.services.checks import check, is_text
from gateway.services.database import statement

LONGEST: Final = 255
AHEAD: Final = 86_400 * 1_000_000

_RECORD: Final = """
    INSERT INTO support_ticket (merchant_id, reference, day, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (merchant_id, reference) DO NOTHING RETURNING day
"""


async def record_ticket(
    merchant_id: int, reference: str, at: int | None, now: int, time_zone: str
) -> bool:
    """Count a ticket; False: it was counted before, and stays on its day.

    Raises LoyaltyError(INVALID_INPUT) with the field that is to blame.
    """
    allowed = is_text(reference, LONGEST) and reference.isprintable()
    check(allowed, f"A reference has 1 to {LONGEST} printable characters.", "reference")
    moment = now if at is None else at
    check(0 <= moment <= now + AHEAD, "It lies in the future, or before 1970.", "at")
    day = day_of(moment, time_zone)
    return bool(await statement(_RECORD, merchant_id, reference, day, moment))
