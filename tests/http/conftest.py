"""Fixtures of the HTTP tests: a real server on a free port, in the test's own event loop."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from gateway.http.request_id import RequestId
from tests.http.toy import Toy

Serve = Callable[[ASGIApp], AbstractAsyncContextManager[httpx.AsyncClient]]


_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default loads every authority, 30 ms


async def stop(server: uvicorn.Server) -> None:
    """Stop as the server does, without its tenth of a second for clients that are still there."""
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    async with asyncio.timeout(5):
        while server.server_state.connections:  # noqa: ASYNC110 - a plain set, nothing to wait on
            await asyncio.sleep(0)


@asynccontextmanager
async def _serving(app: ASGIApp) -> AsyncGenerator[httpx.AsyncClient]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Without `serve`, whose loop ticks ten times a second and takes over the process's signals.
    await server.startup([listener])
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        async with httpx.AsyncClient(base_url=address, timeout=5, verify=_NO_TLS) as client:
            yield client
    finally:
        await stop(server)


@pytest.fixture
def serve() -> Serve:
    """Serve an ASGI application for as long as the block runs."""
    return _serving


@pytest.fixture
def toy() -> Toy:
    """The toy endpoint with its defaults."""
    return Toy()


@pytest.fixture
async def client(serve: Serve, toy: Toy) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy endpoint, mounted as the gateway mounts its own."""
    app = RequestId(Starlette(routes=[Route("/graphql", toy.endpoint)]))
    async with serve(app) as client:
        yield client
