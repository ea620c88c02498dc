"""A real server in the test's own event loop, and a clock that tests set."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from gateway.app import create_app
from gateway.composition import Gateway
from gateway.settings import Settings
from tests.house.sources import ROOT

SECOND = 1_000_000
START = 1_790_000_000 * SECOND
LISTED_ORIGIN = "https://shop.example"
"""Pages of this origin may call."""
SECRET_KEY = "a secret key of an installation, made up for tests"
MANIFESTS = ROOT / "tests" / "fixtures" / "manifests"
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default loads every authority, 30 ms


class Clock:
    """Microseconds since the epoch. Stands still until a test moves it on."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)


@dataclass(frozen=True, slots=True)
class Served:
    """A gateway behind a port of this machine, with a hand on its inside."""

    gateway: Gateway
    clock: Clock
    http: httpx.AsyncClient
    port: int


def settings(database_url: str, **changes: Any) -> Settings:
    """Settings for tests: nothing happens by itself, for no sweep is due within a run."""
    given: dict[str, Any] = {
        "database_url": database_url,
        "secret_key": SECRET_KEY,
        "introspection": True,
        "log_level": "error",
        "sweep_seconds": 3_600,
        "trusted_documents": (MANIFESTS,),
    }
    return Settings(**(given | changes))


@asynccontextmanager
async def serving(configured: Settings) -> AsyncGenerator[Served]:
    """Serve a migrated database for as long as the block runs."""
    clock = Clock()
    app = create_app(configured, clock)
    # Named as TCP: else asyncio leaves Nagle's algorithm on, which costs 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        log_level="error",
        http="gateway.cli.protocols:HttpProtocol",
        ws="gateway.cli.protocols:web_socket",
        ws_per_message_deflate=False,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Without `serve`, whose loop ticks ten times a second and takes over the process's signals.
    await server.startup([listener])
    port = listener.getsockname()[1]
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    client = httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", timeout=30, verify=_NO_TLS, limits=limits
    )
    try:
        async with client:
            yield Served(app.state.gateway, clock, client, port)
    finally:
        await _stop(server)


async def _stop(server: uvicorn.Server) -> None:
    """Stop as the server does, without its tenth of a second for clients that are still there."""
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    async with asyncio.timeout(10):
        while server.server_state.connections:  # noqa: ASYNC110 - a plain set, nothing to wait on
            await asyncio.sleep(0)
    await server.lifespan.shutdown()
