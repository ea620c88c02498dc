"""An installation without subscriptions: neither transport is served, and the rest is as before."""

from __future__ import annotations

from pathlib import Path

import orjson
from starlette.types import Message

from gateway.app import create_app
from tests.e2e.serving import settings
from tests.http.asgi import Exchange, scope

SUBSCRIBE = {"query": "subscription { pointsChanged { sequence } }"}


async def test_where_subscriptions_are_switched_off_neither_transport_is_served(tmp_path: Path):
    app = create_app(settings(f"sqlite:///{tmp_path}/loyalty.db", subscriptions=False))
    json, events = (b"content-type", b"application/json"), (b"accept", b"text/event-stream")
    exchange = Exchange([orjson.dumps(SUBSCRIBE)])
    await app(scope(headers=(json, events)), exchange.receive, exchange.send)
    assert exchange.status == 406

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    socket = {**scope("GET", ()), "type": "websocket", "subprotocols": ["graphql-transport-ws"]}
    await app(socket, receive, send)
    assert [message["type"] for message in sent] == ["websocket.close"]
