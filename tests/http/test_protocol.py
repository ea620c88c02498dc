"""What comes before and around a body is bounded too, in time and in size."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn

from gateway.http import protocol
from tests.http.conftest import stop
from tests.http.toy import Toy

HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
BODY = b'{"query": "{ hello }"}'
WHOLE = HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY
CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n" % (len(BODY), BODY)
Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def wire(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """A connection to the toy endpoint, served by the gateway's own protocol, but in a hurry."""
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        toy.endpoint, http=protocol.BoundedProtocol, log_level="error", lifespan="off"
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    yield reader, writer
    writer.close()
    await stop(server)


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The head of the next answer; its body is read too."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await asyncio.wait_for(reader.readexactly(length), 5)
    return head


@pytest.mark.parametrize("begun", [b"", b"\r\n", b"POST /gra", HEAD])
async def test_a_head_that_never_ends_is_not_waited_for(wire: Wire, begun: bytes) -> None:
    reader, writer = wire
    writer.write(begun)
    assert await asyncio.wait_for(reader.read(), 4) == b""


@pytest.mark.parametrize("begun", [b"\r\n", HEAD])
async def test_nor_is_the_next_ones_head(wire: Wire, begun: bytes) -> None:
    """The server's own patience, 5 s, is for a connection that rests."""
    reader, writer = wire
    writer.write(WHOLE)
    assert (await answered(reader)).startswith(b"HTTP/1.1 200 ")
    writer.write(begun)
    assert await asyncio.wait_for(reader.read(), 4) == b""


async def test_a_request_that_is_answered_slowly_is_not_cut_off_by_the_next_ones_head(
    wire: Wire, toy: Toy
) -> None:
    reader, writer = wire
    charge = b'{"query": "mutation { charge }"}'
    writer.write(HEAD + b"content-length: %d\r\n\r\n" % len(charge) + charge)
    await toy.started.wait()
    writer.write(HEAD)
    await asyncio.sleep(0.5)  # longer than a head may take
    toy.may_finish.set()
    assert (await answered(reader)).startswith(b"HTTP/1.1 200 ")


async def poured(wire: Wire, first: bytes, more: bytes) -> bytes:
    """Send without an end until the server closes; what it said."""
    reader, writer = wire
    writer.write(first)
    try:
        async with asyncio.timeout(20):
            while not writer.is_closing():
                writer.write(more)
                await writer.drain()
    except ConnectionError:
        pass
    try:
        return await asyncio.wait_for(reader.read(), 5)
    except ConnectionError:  # it closed with more of ours on the way
        return b""


async def sent_just_too_much(wire: Wire, first: bytes, more: bytes) -> bytes:
    """Send a little more than is allowed, in pieces that the server sees one by one."""
    reader, writer = wire
    writer.write(first)
    for _ in range(protocol.HEAD_BYTES // len(more) + 1):
        writer.write(more)
        await writer.drain()
        await asyncio.sleep(0)
    return await asyncio.wait_for(reader.read(1_000), 5)


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (HEAD, b"x-more: 1\r\n" * 100),
        (HEAD + b"x-long: ", b"a" * 1_000),
        (b"GET /graphql?", b"a" * 1_000),
    ],
)
async def test_a_head_without_end_is_refused(wire: Wire, first: bytes, more: bytes) -> None:
    assert (await sent_just_too_much(wire, first, more)).startswith(b"HTTP/1.1 431 ")


async def test_trailers_without_end_are_cut_off(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "MESSAGE_BYTES", 200_000)
    await poured(wire, CHUNKED, b"x-more: 1\r\n" * 100)


async def test_requests_one_after_another_in_one_piece_are_all_served(wire: Wire) -> None:
    reader, writer = wire
    padded = WHOLE.replace(b"host: x", b"host: x\r\nx-long: " + b"a" * 30_000)
    writer.write(padded * 10)
    for _ in range(10):
        assert (await answered(reader)).startswith(b"HTTP/1.1 200 ")
