"""Taking customers' locks on PostgreSQL, so that no lock held elsewhere holds a lane up for long.

Between processes that serve, a lock lasts for milliseconds, and waiting in line for it is fair. An
import holds its customers' for as long as it runs. So a batch waits a quarter of a second at most;
then it is told which of its accounts are locked, and for a second no batch waits longer than a
moment: the next one is likely to meet the same lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from gateway.ledger import postgres_sql
from gateway.ledger.commands import Command
from gateway.ledger.loading import holders_of
from gateway.ledger.postgres_arguments import columns
from gateway.ledger.state import HolderKey
from gateway.ledger.store_trouble import AccountsLocked, BatchConflict

Connection = Any  # asyncpg's connection class is a C extension without usable types

PATIENT_MS = 250
HURRIED_MS = 25
HURRIED_SECONDS = 1.0


class Locks:
    """Begins the ledger's transactions, and takes their locks."""

    def __init__(self) -> None:
        """Patient at first."""
        self._hurried_until = 0.0

    def hurry(self) -> None:
        """Note that a wait was in vain."""
        self._hurried_until = asyncio.get_running_loop().time() + HURRIED_SECONDS

    async def take(
        self, db: Connection, keys: Sequence[HolderKey], commands: Sequence[Command]
    ) -> None:
        """Begin, and lock the accounts `keys` of the commands; those that lack are opened before.

        Raises AccountsLocked, or BatchConflict when what was locked is free again.
        """
        holders = columns(keys, 2)
        await db.execute(self._begin())
        if await self._lock(db, commands, holders) < len(keys):
            # In a transaction of its own: an insert may wait, and must not do so holding locks.
            await db.execute(f"ROLLBACK; {self._begin()}")
            await db.execute(postgres_sql.OPEN_ACCOUNTS, *holders)
            await db.execute(f"COMMIT; {self._begin()}")
            await self._lock(db, commands, holders)

    async def _lock(
        self, db: Connection, commands: Sequence[Command], holders: list[list[Any]]
    ) -> int:
        """Lock what is there; answers how many accounts that is."""
        try:
            return len(await db.fetch(postgres_sql.LOCK, *holders))
        except asyncpg.LockNotAvailableError:
            self.hurry()
            raise await self._told(db, commands, holders) from None

    def _begin(self) -> str:
        hurried = asyncio.get_running_loop().time() < self._hurried_until
        return f"BEGIN; SET LOCAL lock_timeout = {HURRIED_MS}" if hurried else "BEGIN"

    async def _told(
        self, db: Connection, commands: Sequence[Command], holders: list[list[Any]]
    ) -> AccountsLocked | BatchConflict:
        """Which of the commands' accounts are locked; all of them where even that cannot be read.

        (The whole table can be locked, by a migration say.)
        """
        await db.execute(f"ROLLBACK; {self._begin()}")
        try:
            found = await db.fetch(postgres_sql.LOCKED, *holders)
        except asyncpg.LockNotAvailableError:
            return AccountsLocked(frozenset(range(len(commands))))
        locked: set[HolderKey] = {(row[0], row[1]) for row in found}
        places = [n for n, c in enumerate(commands) if not locked.isdisjoint(holders_of(c))]
        return AccountsLocked(frozenset(places)) if places else BatchConflict("free again")
