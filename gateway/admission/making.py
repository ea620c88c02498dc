"""The limits that the settings ask for, kept where the settings say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.admission.door import Admission, Limits
from gateway.errors import ConfigurationError
from gateway.ledger.lanes import Coalescer
from gateway.services.rate_table import RateTable
from gateway.settings import Settings
from gateway.telemetry import log_failure
from gateway.throttling.bucket import HOUR_SECONDS, Rate, Taken
from gateway.throttling.leases import Ask, SharedLimit
from gateway.throttling.local import Limit, LocalLimit
from gateway.throttling.velocity import Velocity

_ASKS_AT_ONCE = 256
_ASKS_WAITING = 4_096


@dataclass(frozen=True, slots=True)
class Made:
    """What limits the requests of one process."""

    admission: Admission
    velocity: Velocity
    shared: bool
    """Whether the buckets are in the database."""


def make(settings: Settings, clock: Callable[[], int]) -> Made:
    """Make all limits. Raises ConfigurationError where SQLite is to share them."""
    shared = settings.rate_storage == "database"
    if shared and settings.engine == "sqlite":
        raise ConfigurationError("LOYALTY_RATE_STORAGE: database needs PostgreSQL (DATABASE_URL).")

    def limit(name: str, rate: Rate | None) -> Limit | None:
        if rate is None:
            return None
        if not shared:
            return LocalLimit(rate, clock)
        table = RateTable(name, rate, settings.signing_key, clock)
        asks = Coalescer[Ask, Taken](table.take, _ASKS_AT_ONCE, _ASKS_WAITING)
        return SharedLimit(rate, clock, asks.submit, _report)

    hourly = settings.redemptions_per_hour
    limits = Limits(
        customer=limit("customer", settings.rate_customer),
        address=limit("address", settings.rate_address),
        publishable_key=limit("publishable key", settings.rate_publishable_key),
        backend=limit("backend", settings.rate_backend),
    )
    holds = limit("holds", Rate(hourly, hourly, HOUR_SECONDS) if hourly else None)
    return Made(Admission(limits), Velocity(holds), shared)


def _report(error: Exception) -> None:
    log_failure("rate limits not shared", error)
