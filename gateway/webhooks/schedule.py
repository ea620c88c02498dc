"""When a delivery is tried again. Pure: the time and the chance come in.

Ten attempts over three days, as Standard Webhooks recommends, each a little off its time: those of
an outage must not come back all at once.
"""

from __future__ import annotations

from typing import Final

SECOND: Final = 1_000_000
MINUTE: Final = 60
HOUR: Final = 3_600
WAITS_SECONDS: Final = (
    5,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
)
"""Before the second attempt, the third, and so on; the first one is due at once."""
ATTEMPTS: Final = len(WAITS_SECONDS) + 1
JITTER: Final = 0.2
"""A wait is up to so much longer."""
FAILING_SECONDS: Final = 3 * 24 * HOUR
"""An endpoint that has refused everything for so long is switched off."""


def next_attempt(made: int, now: int, chance: float) -> int | None:
    """When to try again after `made` attempts; None: that was the last one.

    `chance` is from 0 to 1. Times are in microseconds.
    """
    if made >= ATTEMPTS:
        return None
    wait = WAITS_SECONDS[made - 1] * (1 + JITTER * chance)
    return now + int(wait * SECOND)
