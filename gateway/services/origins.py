"""Which web pages may call: those of the installation's list, and of each merchant's own.

Browsers alone send an `Origin`, and no page can forge it. So this keeps one shop's pages from using
credentials of another, and strangers' pages from anything; it is no credential itself, and servers
and native apps, which send none, are not asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final

from gateway.services.database import statement

SECOND: Final = 1_000_000
Lists = Mapping[str, frozenset[int]]
"""The merchants that allow an origin, by origin."""

_ALL: Final = "SELECT merchant_id, origin FROM allowed_origin"
_OF: Final = "SELECT origin FROM allowed_origin WHERE merchant_id = ? ORDER BY origin"
_CLEAR: Final = "DELETE FROM allowed_origin WHERE merchant_id = ?"
_ADD: Final = "INSERT INTO allowed_origin (merchant_id, origin) VALUES (?, ?)"


async def list_origins(merchant_id: int) -> list[str]:
    """The merchant's own list."""
    return [row["origin"] for row in await statement(_OF, merchant_id)]


async def replace_origins(merchant_id: int, origins: Sequence[str]) -> None:
    """Put this list, which was checked, in the place of the merchant's; within a transaction."""
    await statement(_CLEAR, merchant_id)
    for origin in origins:
        await statement(_ADD, merchant_id, origin)


class Origins:
    """Decides on origins from memory; reads all lists again once in `cache_seconds` at most."""

    def __init__(
        self, everywhere: Collection[str], clock: Callable[[], int], cache_seconds: int
    ) -> None:
        """`everywhere` may call for every merchant; `*` in it stands for all there are."""
        self._everywhere = frozenset(everywhere)
        self._clock = clock
        self._cache = cache_seconds * SECOND
        self._lists: Lists = {}
        self._since = self._until = 0
        self._reading: asyncio.Task[Lists] | None = None

    async def known(self, origin: str) -> bool:
        """Whether it may call for some merchant: all that a preflight, which is nobody's, can ask.

        Where the database is away, what was read last holds on.
        """
        if self._for_all(origin):
            return True
        with suppress(Exception):
            return origin in await self._current()
        return origin in self._lists

    async def admits(self, origin: str | None, host: str | None) -> bool:
        """Whether a page of `origin` may open a connection: whose merchant shows later."""
        return origin is None or _same(origin, host) or await self.known(origin)

    async def allows(self, merchant_id: int, origin: str | None, host: str | None) -> bool:
        """Whether a page of `origin` may call for this merchant.

        `host` is the request's own `Host`: pages that the gateway serves itself may always call,
        and so may everyone who sends no origin. Raises what the database raises when it is away.
        """
        if origin is None or self._for_all(origin) or _same(origin, host):
            return True
        return merchant_id in (await self._current()).get(origin, ())

    @property
    def everywhere(self) -> frozenset[str]:
        """Whose pages may call for every merchant of the installation."""
        return self._everywhere

    def forget(self) -> None:
        """Read the lists again for the next question, since one was changed just now."""
        self._until = 0
        self._reading = None

    def _for_all(self, origin: str) -> bool:
        return origin in self._everywhere or "*" in self._everywhere

    async def _current(self) -> Lists:
        """The lists; they are read once for all who ask at the same time."""
        if self._since <= self._clock() < self._until:
            return self._lists
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await asyncio.shield(self._reading)

    async def _read(self) -> Lists:
        mine, now = asyncio.current_task(), self._clock()
        found: dict[str, set[int]] = {}
        for row in await statement(_ALL):
            found.setdefault(row["origin"], set()).add(row["merchant_id"])
        lists = {origin: frozenset(merchants) for origin, merchants in found.items()}
        if self._reading is mine:  # else a list was changed meanwhile, and this may be older
            self._lists, self._since, self._until = lists, now, now + self._cache
        return lists


def _same(origin: str, host: str | None) -> bool:
    """Whether the page came from the very address that it calls, whatever proxy gave it TLS."""
    return bool(host) and origin.partition("://")[2] == host.lower()
