"""Calls an ASGI application directly, where a test must hold both ends of the exchange."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.types import ASGIApp, Message

Headers = tuple[tuple[bytes, bytes], ...]
JSON: Headers = ((b"content-type", b"application/json"),)


def scope(method: str = "POST", headers: Headers = JSON) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": "/graphql",
        "query_string": b"",
        "headers": list(headers),
    }


class Exchange:
    """One request, chunk by chunk, and the messages that answered it."""

    def __init__(self, chunks: Iterable[bytes], *, disconnects: bool = False) -> None:
        self._chunks = list(chunks)
        self._disconnects = disconnects
        self.read = 0
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        self.read += 1
        if self.read > len(self._chunks):
            return {"type": "http.disconnect"}
        more = self.read < len(self._chunks) or self._disconnects
        return {"type": "http.request", "body": self._chunks[self.read - 1], "more_body": more}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def json(self) -> dict[str, Any]:
        return orjson.loads(self.sent[1]["body"])


async def post(app: ASGIApp, query: str, **parameters: object) -> Exchange:
    """Send one operation as JSON and return the finished exchange."""
    return await post_json(app, {"query": query, **parameters})


async def post_json(app: ASGIApp, body: object, **more: object) -> Exchange:
    """Send anything as JSON; `more` goes into the scope."""
    exchange = Exchange([orjson.dumps(body)])
    await app({**scope(), **more}, exchange.receive, exchange.send)
    return exchange


async def get(app: ASGIApp, **parameters: str) -> Exchange:
    """Send one operation in a URL."""
    exchange = Exchange([b""])
    asked = {**scope("GET"), "query_string": urlencode(parameters).encode()}
    await app(asked, exchange.receive, exchange.send)
    return exchange
