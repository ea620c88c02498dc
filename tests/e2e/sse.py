"""A reader of server-sent events, as graphql-sse sends and reads them."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.e2e.caller import Answer, Caller, Json

EVENTS = {"accept": "text/event-stream"}


class Stream:
    """One open answer."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def blocks(self) -> AsyncIterator[list[str]]:
        """The lines between two empty ones."""
        block: list[str] = []
        async for line in self._lines:
            if line:
                block.append(line)
            else:
                yield block
                block = []

    async def event(self) -> tuple[str, Any]:
        """The next event: its name, and its data read as JSON."""
        async for block in self.blocks():
            fields = dict(line.split(":", 1) for line in block)
            if "event" in fields:
                data = fields["data"].strip()
                return fields["event"].strip(), json.loads(data) if data else None
        return "cut off", None

    async def next(self) -> Json:
        """The data of the next event, which is a result without errors."""
        name, data = await self.event()
        assert name == "next", (name, data)
        assert "errors" not in data, data
        return data["data"]

    async def signs_of_life(self, count: int) -> None:
        """Read so many comments; there may be nothing else among them."""
        async for block in self.blocks():
            assert block == [":"]
            count -= 1
            if not count:
                return
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def streaming(
    caller: Caller, document: str, method: str = "POST", **more: Any
) -> AsyncGenerator[Stream]:
    """Ask for an operation's events for as long as the block runs."""
    asked: Json = {"query": document, **more}
    content: dict[str, Any] = {"params": asked} if method == "GET" else {"json": asked}
    headers = {**caller.headers, **EVENTS}
    async with caller.http.stream(method, "/graphql", headers=headers, **content) as answer:
        yield Stream(answer)


async def first_event(caller: Caller, document: str, **more: Any) -> Answer:
    """What is told first, as an answer over plain HTTP would be."""
    async with streaming(caller, document, **more) as stream:
        if stream.answer.status_code != 200:
            body = json.loads(await stream.answer.aread())
        else:
            _, body = await stream.event()
        return Answer(stream.answer.status_code, body, stream.answer.headers)
