"""Word of changes between the processes of one installation, by PostgreSQL's LISTEN and NOTIFY.

Never inside the ledger's transactions: a transaction that notifies takes a lock on the whole
database when it commits, and the lanes would stand in one line. So it is sent afterwards, on a
connection of its own that need not wait for the disk, and what gathers meanwhile goes out together.
Nothing is sent while nobody watches in another process: those where somebody does say so.
Word can be lost (a process dies between the commit and the notice); see `Pace.refresh_seconds`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from gateway.services.changes import Changes, Who
from gateway.services.notice_texts import EVERYONE, HERE, packed, unpacked

CHANNEL = "loyalty_changes"
SEND = "SELECT pg_notify($1, text) FROM unnest($2::text[]) t(text)"
SETTINGS = {"application_name": "loyalty-notices", "synchronous_commit": "off"}
TIMEOUT_SECONDS = 10
GATHER_SECONDS = 0.05
"""Between two notices at least. It bounds their cost: twenty small statements a second."""
ANNOUNCE_SECONDS = 20.0
"""Between two words that somebody watches here."""
HEEDED_SECONDS = 60.0
"""For so long it is believed; and of those who are not known yet, that somebody watches there."""
HEARD_BY_SECONDS = 1.0
"""After so long all have heard the first word. What they committed before is read again then."""
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
MOST_PENDING = 10_000
"""Customers that may wait for a notice, while the database is away; then all are named at once."""
FAILURES = (OSError, asyncio.TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Notices:
    """Sends this process's changes and hears those of others, on one connection."""

    def __init__(self, url: str, changes: Changes, on_failure: Callable[[Exception], None]) -> None:
        """Nothing is opened before `run`."""
        self._url = url
        self._changes = changes
        self._on_failure = on_failure
        self._pending: set[Who] = set()
        self._everyone = False
        self._needed = asyncio.Event()
        self._lost = asyncio.Event()
        self._pid = 0
        self._connected = False
        self._others_until = 0.0
        self._announced_at = -ANNOUNCE_SECONDS

    def send(self, changed: Iterable[Who]) -> None:
        """Let the other processes know, if somebody watches there; returns at once."""
        if self._connected and asyncio.get_running_loop().time() > self._others_until:
            return
        self._pending.update(changed)
        if len(self._pending) > MOST_PENDING:
            self._pending.clear()
            self._everyone = True
        self._needed.set()

    def announce(self) -> None:
        """Somebody watches here, from now on."""
        self._announced_at = -ANNOUNCE_SECONDS
        self._needed.set()
        asyncio.get_running_loop().call_later(HEARD_BY_SECONDS, self._changes.wake_all)

    async def run(self) -> None:
        """Send and listen until cancelled; an outage is reported once, and outlived."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._connection() as db:
                    await self._listen(db)
                    pause = FIRST_PAUSE_SECONDS
                    await self._serve(db)
            except FAILURES as error:
                if pause == FIRST_PAUSE_SECONDS:
                    self._on_failure(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Any]:
        driver: Any = asyncpg
        db = await driver.connect(
            self._url,
            timeout=TIMEOUT_SECONDS,
            command_timeout=TIMEOUT_SECONDS,
            server_settings=SETTINGS,
        )
        try:
            yield db
        finally:
            self._connected = False
            db.terminate()

    async def _listen(self, db: Any) -> None:  # noqa: ANN401 - a class without types
        self._lost.clear()
        self._pid = db.get_server_pid()
        db.add_termination_listener(self._end)
        await db.add_listener(CHANNEL, self._heard)
        # What was said while nobody listened here is lost, so whoever watches reads again.
        self._changes.wake_all()
        self._heed()
        self._announced_at = -ANNOUNCE_SECONDS
        self._connected = True

    def _heed(self) -> None:
        self._others_until = asyncio.get_running_loop().time() + HEEDED_SECONDS

    def _end(self, _db: object) -> None:
        self._lost.set()
        self._needed.set()

    async def _serve(self, db: Any) -> None:  # noqa: ANN401 - a class without types
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(ANNOUNCE_SECONDS):
                    await self._needed.wait()
            self._needed.clear()
            if self._lost.is_set():
                raise OSError("the connection that listens was lost")
            await self._flush(db)
            await asyncio.sleep(GATHER_SECONDS)

    async def _flush(self, db: Any) -> None:  # noqa: ANN401 - a class without types
        changed, self._pending = self._pending, set()
        everyone, self._everyone = self._everyone, False
        texts = [EVERYONE] if everyone else packed(changed)
        now = asyncio.get_running_loop().time()
        if len(self._changes) and now - self._announced_at >= ANNOUNCE_SECONDS:
            texts.append(HERE)
            self._announced_at = now
        if not texts:
            return
        try:
            await db.execute(SEND, CHANNEL, texts)
        except BaseException:
            # Nobody knows whether it was sent: so again, on the next connection.
            self._everyone = everyone
            self._connected = False
            self.send(changed)
            raise

    def _heard(self, _db: object, pid: int, _channel: str, text: str) -> None:
        if pid == self._pid:  # whoever watches here has been woken already
            return
        if text == HERE:
            self._heed()
            return
        changed = None if text == EVERYONE else unpacked(text)
        if changed is None:
            self._changes.wake_all()
        else:
            self._changes.wake(changed)

    async def finish(self) -> None:
        """Send what is pending still, as far as that works at once."""
        if not self._pending:
            return
        with suppress(*FAILURES):
            async with self._connection() as db:
                await self._flush(db)
