"""What the use cases work with, made once per process by the composition root."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from gateway.ids import IdMaker
from gateway.ledger.lanes import Ledger
from gateway.ledger.programs import ProgramCache
from gateway.services.changes import Changes
from gateway.services.directory import Directory
from gateway.services.order_source_secrets import SourceSecrets
from gateway.services.origins import Origins
from gateway.services.quotes import Quotes
from gateway.services.sightings import Sightings
from gateway.services.tokens import TokenService
from gateway.services.turns import Turns
from gateway.services.webhook_endpoints import Vault
from gateway.throttling.velocity import Velocity


async def _nothing() -> None:
    """Whoever serves nobody has seen no use of a key."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The ledger and its neighbours. `clock` gives microseconds since the epoch, UTC."""

    ledger: Ledger
    programs: ProgramCache
    directory: Directory
    quotes: Quotes
    tokens: TokenService
    origins: Origins
    ids: IdMaker
    changes: Changes
    clock: Callable[[], int]
    source_secrets: SourceSecrets
    """Keeps the secrets of order sources."""
    forget_credentials: Callable[[], None]
    """Drop what this process remembers of credentials, after one was changed."""
    vault: Vault
    """What the endpoints of webhooks are made with."""
    customer_token_seconds: int = 900
    redactors: tuple[Callable[[Any], Awaitable[object]], ...] = ()
    """What else forgets a customer; see `gateway.services.privacy`."""
    velocity: Velocity = field(default_factory=Velocity)
    """Counts the redemptions that are started."""
    write_last_uses: Callable[[], Awaitable[object]] = _nothing
    """Writes down the uses of keys that this process has seen, where it sees any."""
    sightings: Sightings = field(default_factory=Sightings)
    """Notes checkouts and calls for the metrics."""
    what_ifs: Turns = field(default_factory=Turns)
    """What-ifs of this process, one at a time."""
