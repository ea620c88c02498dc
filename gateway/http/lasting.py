"""Connections that last: how long they may, and whether their credential is still good."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gateway.errors import RequestCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Scope

    from gateway.auth import Principal

    Identify = Callable[[Scope], Awaitable[Principal]]
    """Says who calls, by the headers. Raises RequestError for who has no good credential."""

MICROSECONDS: Final = 1_000_000
REFUSALS: Final = (RequestCode.UNAUTHENTICATED, RequestCode.FORBIDDEN)
"""What says that the credential is not good, or not any more."""
EXPIRED: Final = "The customer token has expired."


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What holds for every connection that lasts."""

    identify: Identify
    clock: Callable[[], int]
    max_message_bytes: int = 100_000
    most_sockets: int = 5_000
    """WebSockets of a process."""
    most_operations: int = 20
    """Of one WebSocket, at the same time."""
    init_seconds: float = 5.0
    """For a WebSocket's first message."""
    look_seconds: float = 15.0
    """Between two looks at the credential; and a stream of events gives a sign of life as often."""
    send_seconds: float = 10.0
    """For a message to be taken by the network: whoever reads more slowly is let go."""


class Standing:
    """Whether the credential that a connection began with is still good.

    It is looked at when it expires, and every `look_seconds`: a revoked key is noticed then.
    """

    def __init__(self, lasting: Lasting, scope: Scope, principal: Principal) -> None:
        self._lasting = lasting
        self._scope = scope
        self.principal = principal
        self._next = 0.0
        self._set_next()

    def seconds(self) -> float:
        """Return how long it is until the next look."""
        return max(0.0, self._next - asyncio.get_running_loop().time())

    async def look(self) -> bool:
        """Look again if it is time, and return whether it was. Raises RequestError at its end."""
        if self.seconds() > 0:
            return False
        expires_at = self.principal.expires_at
        if expires_at is not None and self._lasting.clock() >= expires_at:
            raise RequestError(RequestCode.UNAUTHENTICATED, EXPIRED)
        try:
            self.principal = await self._lasting.identify(self._scope)
        except RequestError as error:
            # A database that is away, say, is nothing against the credential.
            if error.code in REFUSALS:
                raise
        self._set_next()
        return True

    def _set_next(self) -> None:
        wait = self._lasting.look_seconds
        if self.principal.expires_at is not None:
            left = (self.principal.expires_at - self._lasting.clock()) / MICROSECONDS
            wait = max(0.0, min(wait, left))
        self._next = asyncio.get_running_loop().time() + wait
