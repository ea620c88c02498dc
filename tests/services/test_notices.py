"""What processes tell each other: of each change while somebody watches elsewhere, else nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import pytest

from gateway.services import notices
from gateway.services.changes import Changes
from gateway.services.notice_texts import HERE
from gateway.services.notices import CHANNEL, Notices
from tests.support.postgres import PostgresServer

NAME = "notices"
MERCHANT = 1


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    yield postgres_server.create_database(NAME)
    postgres_server.drop_database(NAME)


@asynccontextmanager
async def process(url: str) -> AsyncGenerator[tuple[Changes, Notices]]:
    """One process that tells and hears."""
    failures: list[Exception] = []
    changes = Changes()
    made = Notices(url, changes, failures.append)
    changes.tell_others, changes.on_first_watch = made.send, made.announce
    task = asyncio.create_task(made.run())
    try:
        yield changes, made
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert failures == []


@asynccontextmanager
async def overheard(url: str) -> AsyncGenerator[asyncio.Queue[str]]:
    """All that is said on the channel."""
    driver: Any = asyncpg
    db = await driver.connect(url)
    said: asyncio.Queue[str] = asyncio.Queue()
    await db.add_listener(CHANNEL, lambda _db, _pid, _channel, text: said.put_nowait(text))
    yield said
    await db.close()


async def test_nothing_is_sent_once_it_is_known_that_nobody_watches(
    url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(notices, "HEEDED_SECONDS", 0.5)
    monkeypatch.setattr(notices, "ANNOUNCE_SECONDS", 0.05)
    async with overheard(url) as said, process(url) as (_, teller), asyncio.timeout(10):
        teller.send([(MERCHANT, 1)])  # before the connection stands: nobody is known yet
        assert await said.get() == "[[1,1]]"
        await asyncio.sleep(0.6)  # until what is believed of others has run out
        teller.send([(MERCHANT, 2)])
        async with process(url) as (changes, _):
            watch = changes.watch((MERCHANT, 3))
            assert await said.get() == HERE  # the silent second change is not before it
            assert await said.get() == HERE  # again and again, as long as somebody watches
            teller.send([(MERCHANT, 3)])
            await watch.changed(5)
            watch.close()
            while (text := await said.get()) == HERE:
                pass
            assert text == "[[1,3]]"


async def test_many_changes_go_out_together(url: str):
    async with overheard(url) as said, process(url) as (_, teller), asyncio.timeout(10):
        teller.send([(MERCHANT, 0)])
        assert await said.get() == "[[1,0]]"
        for customer in range(1, 101):
            teller.send([(MERCHANT, customer)])
        text = await said.get()
        assert text.count(",") == 199, "a hundred customers in one notice"
