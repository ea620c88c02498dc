"""One at a time: whoever comes meanwhile waits, and not many may."""

from __future__ import annotations

import asyncio
from typing import Final

from gateway.errors import RequestCode, RequestError

MOST_WAITING: Final = 8
BUSY: Final = "Too many what-ifs wait already. Try again in a minute."


class Turns:
    """What is heavy takes turns within a process."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        """Nobody has the turn yet."""
        self._lock = asyncio.Lock()
        self._most = most_waiting
        self._waiting = 0

    @property
    def taken(self) -> bool:
        """Whether somebody has it."""
        return self._lock.locked()

    async def take(self) -> None:
        """Wait for the turn. Raises RequestError(OVERLOADED) where too many do."""
        if self._lock.locked() and self._waiting >= self._most:
            raise RequestError(RequestCode.OVERLOADED, BUSY, retry_after_seconds=60)
        self._waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self._waiting -= 1

    def give_back(self) -> None:
        """Let the next one have it."""
        self._lock.release()
