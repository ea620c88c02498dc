"""A client that speaks graphql-transport-ws word by word, so that it can also break the rules."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.e2e.caller import Caller, Json
from tests.e2e.serving import Served

PROTOCOL = "graphql-transport-ws"
PATIENCE_SECONDS = 10


class Socket:
    """One WebSocket."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire

    async def say(self, kind: str, **parts: Any) -> None:
        await self.wire.send(json.dumps({"type": kind, **parts}))

    async def hear(self) -> Json:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return json.loads(await self.wire.recv())

    async def init(self, caller: Caller) -> Socket:
        """Say who calls, as a browser does; wait until it is taken."""
        await self.say("connection_init", payload=caller.headers)
        assert await self.hear() == {"type": "connection_ack"}
        return self

    async def subscribe(self, document: str, name: str = "1", **variables: Any) -> None:
        payload = {"query": document, "variables": variables}
        await self.say("subscribe", id=name, payload=payload)

    async def next(self, name: str = "1") -> Json:
        """The data of the next message, which is a result without errors."""
        message = await self.hear()
        assert (message["type"], message["id"]) == ("next", name), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def error(self, name: str = "1") -> Json:
        """The only error of the next message, which refuses the operation."""
        message = await self.hear()
        assert (message["type"], message["id"]) == ("error", name), message
        (error,) = message["payload"]
        return error

    async def closed(self) -> tuple[int, str]:
        """How the gateway ends the connection; nothing else may come before."""
        with pytest.raises(ConnectionClosed) as caught:
            raise AssertionError(await self.hear())
        closed = caught.value.rcvd
        assert closed is not None
        return closed.code, closed.reason


@asynccontextmanager
async def opened_at(
    address: str, protocol: str = PROTOCOL, origin: str | None = None, **options: Any
) -> AsyncGenerator[Socket]:
    """Open a WebSocket for as long as the block runs."""
    async with connect(
        address,
        subprotocols=[cast("Subprotocol", protocol)],
        origin=cast("Origin | None", origin),
        compression=None,
        proxy=None,
        **options,
    ) as wire:
        yield Socket(wire)


def opened(served: Served, **options: Any) -> AbstractAsyncContextManager[Socket]:
    """Open one to this gateway; options are those of `opened_at`."""
    return opened_at(f"ws://127.0.0.1:{served.port}/graphql", **options)


@asynccontextmanager
async def greeted(served: Served, caller: Caller) -> AsyncGenerator[Socket]:
    """Open a WebSocket and say who calls."""
    async with opened(served) as socket:
        yield await socket.init(caller)
