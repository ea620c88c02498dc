"""The parts that send webhooks, put together, and the jobs that they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from gateway.ledger.outbox import Desk, Outbox
from gateway.services.runtime import Runtime
from gateway.services.webhook_claims import Claims
from gateway.services.work import Job
from gateway.settings import Settings
from gateway.telemetry import log_failure
from gateway.webhooks.delivering import Bounds, Deliveries
from gateway.webhooks.payload import message
from gateway.webhooks.sending import Sender

if TYPE_CHECKING:
    from gateway.ledger.store import Store

LOOK_SECONDS: Final = 1.0
"""Between two looks for events and for deliveries that are due."""
HAND_OVER: Final = 100
"""Events in one transaction. Messages are written in it, and whoever shares the loop waits."""
FORGET_SECONDS: Final = 3_600.0
FORGET: Final = 1_000
DAY: Final = 86_400 * 1_000_000
DELIVERIES: Final = "webhook deliveries"


class Webhooks:
    """From events that wait to messages that were taken."""

    def __init__(
        self, settings: Settings, outbox: Outbox, runtime: Runtime, sender: Sender | None = None
    ) -> None:
        """`sender` is for tests; by default it goes by the settings."""
        self._settings = settings
        self._outbox = outbox
        self._clock = runtime.clock
        self._desk = Desk(message, runtime.ids.next)
        self._claims = Claims(settings.signing_key)
        bounds = Bounds(
            settings.webhook_concurrency,
            max(1, settings.webhook_concurrency // 4),
            settings.webhook_timeout_seconds,
        )
        sender = sender or Sender(
            timeout_seconds=bounds.timeout_seconds,
            most=bounds.most,
            private=settings.webhook_allow_private,
        )
        self.deliveries = Deliveries(self._claims, sender, runtime.clock, bounds, _failed)
        self.deliveries.freed = self._woken
        self.wake: Callable[[str], None] = lambda _: None
        """Has a job run at once."""

    def jobs(self) -> list[Job]:
        """Handing over, sending, forgetting: each for itself."""
        return [
            Job("events", LOOK_SECONDS, self.hand_over, drains=True),
            Job(
                DELIVERIES,
                LOOK_SECONDS,
                self.deliveries.run,
                drains=True,
                finish=self.deliveries.finish,
            ),
            Job("old webhook deliveries", FORGET_SECONDS, self.forget, drains=True),
        ]

    async def hand_over(self) -> int:
        """Hand over some events that wait; how many it was."""
        done = await self._outbox.hand_over(self._desk, self._clock(), HAND_OVER)
        if done:
            self._woken()
        return done

    async def forget(self) -> int:
        """Delete some deliveries that ended longer ago than the retention; how many it was."""
        before = self._clock() - self._settings.retention_days * DAY
        return await self._claims.forget(before, FORGET)

    async def stop(self) -> None:
        """Close what is open."""
        await self._outbox.stop()

    def _woken(self) -> None:
        self.wake(DELIVERIES)


def make_outbox(settings: Settings, store: Store) -> Outbox:
    """The outbox of the configured engine; only its driver is imported."""
    if settings.sqlite_path is not None:
        from gateway.ledger.outbox_sqlite import SqliteOutbox  # noqa: PLC0415 - only the engine in use
        from gateway.ledger.sqlite import SqliteStore  # noqa: PLC0415 - the same

        assert isinstance(store, SqliteStore)  # noqa: S101 - the store of this very engine
        return SqliteOutbox(store)
    from gateway.ledger.outbox_postgres import PostgresOutbox  # noqa: PLC0415 - only the engine in use

    return PostgresOutbox(settings.database_url)


def _failed(error: Exception) -> None:
    log_failure("webhook attempt not recorded", error)
