"""What the database says about work that waits, as gauges. Asked rarely, and never waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from gateway.services.database import statement
from gateway.services.sandbox import real
from gateway.telemetry.metrics import gauge

EVERY_SECONDS = 15
PATIENCE_SECONDS = 0.5
"""How long a reader waits for fresh figures; then it gets those of the last time."""
STATEMENT_SECONDS = 2
STALE_SECONDS = 120
MOST = 10_000
"""No count goes further: what is more is as bad, and counting it would cost."""
MICROSECONDS = 1_000_000

OUTBOX = gauge(
    "loyalty_outbox_events",
    f"Events that are not delivered yet, counted up to {MOST}.",
    merge="own",
)
OUTBOX_AGE = gauge(
    "loyalty_outbox_oldest_seconds", "Age of the oldest of them; 0: there is none.", merge="own"
)
DELIVERIES = gauge(
    "loyalty_webhook_deliveries",
    f"Webhook deliveries that are not taken yet, counted up to {MOST}.",
    merge="own",
)
LATE = gauge(
    "loyalty_webhook_late_seconds",
    "How long the delivery that is most overdue has waited for a worker; 0: none has.",
    merge="own",
)
OVERDUE = gauge(
    "loyalty_holds_overdue",
    f"Held redemptions past their deadline, counted up to {MOST}; the sweeper ends them.",
    merge="own",
)

INBOX = gauge(
    "loyalty_inbox_deliveries",
    f"Deliveries of shops that wait, or were given up, counted up to {MOST}.",
    "state",
    merge="own",
)
INBOX_AGE = gauge(
    "loyalty_inbox_oldest_seconds", "Age of the oldest that waits; 0: none does.", merge="own"
)
STATES = ("WAITING", "DEAD")

_WAITING = (
    "SELECT count(*) AS waiting FROM"  # noqa: S608 - a fixed number
    f" (SELECT 1 FROM outbox WHERE delivered_at IS NULL LIMIT {MOST}) AS counted"
)
_OLDEST = "SELECT at FROM outbox WHERE delivered_at IS NULL ORDER BY at LIMIT 1"
_OVERDUE = (
    "SELECT count(*) AS overdue FROM"  # noqa: S608 - a fixed number
    " (SELECT 1 FROM redemption r WHERE r.status = 'HELD' AND r.expires_at <= ?"
    f" AND {real('r')} LIMIT {MOST}) AS counted"
)
_INBOX = (
    "SELECT count(*) AS counted FROM"  # noqa: S608 - fixed values
    f" (SELECT 1 FROM inbox WHERE state = '{{state}}' LIMIT {MOST}) AS counted"
)
_INBOX_OLDEST = "SELECT received_at FROM inbox WHERE state = 'WAITING' ORDER BY received_at LIMIT 1"

_PENDING = (
    "SELECT count(*) AS pending FROM"  # noqa: S608 - a fixed number
    f" (SELECT 1 FROM webhook_delivery WHERE state = 'PENDING' LIMIT {MOST}) AS counted"
)
# The first of each endpoint, by the index; all that wait would be read otherwise.
_DUE = """
    SELECT min(due) AS due FROM (
        SELECT (
            SELECT min(d.next_attempt_at) FROM webhook_delivery d
            WHERE d.merchant_id = e.merchant_id AND d.endpoint_id = e.id AND d.state = 'PENDING'
        ) AS due FROM webhook_endpoint e WHERE e.enabled
    ) AS firsts
"""


class Figures:
    """Refreshes the gauges when somebody reads them and they are old; one query at a time."""

    def __init__(self, clock: Callable[[], int]) -> None:
        """`clock` gives microseconds since the epoch."""
        self._clock = clock
        self._refreshing: asyncio.Task[None] | None = None
        self._next = 0.0
        self._taken = 0.0

    async def refresh(self) -> None:
        """Bring the gauges up to date if that is quick; never raises for the database's sake."""
        now = asyncio.get_running_loop().time()
        if self._refreshing is None and now >= self._next:
            self._next = now + EVERY_SECONDS
            self._refreshing = asyncio.create_task(self._take())
        if self._refreshing is not None:
            await asyncio.wait((self._refreshing,), timeout=PATIENCE_SECONDS)
        if now - self._taken > STALE_SECONDS:
            for metric in (OUTBOX, OUTBOX_AGE, DELIVERIES, LATE, OVERDUE, INBOX_AGE):
                metric.set(None)
            for state in STATES:
                INBOX.set(None, state)

    async def stop(self) -> None:
        """Let go of the database."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.wait((self._refreshing,))

    async def _take(self) -> None:
        try:
            async with asyncio.timeout(STATEMENT_SECONDS):
                (counted,), oldest = await statement(_WAITING), await statement(_OLDEST)
                now = self._clock()
                (overdue,) = await statement(_OVERDUE, now)
                (pending,), (first,) = await statement(_PENDING), await statement(_DUE)
                inbox = [await statement(_INBOX.format(state=state)) for state in STATES]
                waits = await statement(_INBOX_OLDEST)
        except Exception:  # noqa: BLE001 - away, or slow: /readyz says so, and the figures grow old
            return
        finally:
            self._refreshing = None
        OUTBOX.set(counted["waiting"])
        OUTBOX_AGE.set(max(0, now - oldest[0]["at"]) / MICROSECONDS if oldest else 0)
        OVERDUE.set(overdue["overdue"])
        DELIVERIES.set(pending["pending"])
        late = 0 if first["due"] is None else max(0, now - first["due"])
        LATE.set(late / MICROSECONDS)
        for state, found in zip(STATES, inbox, strict=True):
            INBOX.set(found[0]["counted"], state)
        INBOX_AGE.set(max(0, now - waits[0]["received_at"]) / MICROSECONDS if waits else 0)
        self._taken = asyncio.get_running_loop().time()
