"""A mutation that has started ends, whoever leaves meanwhile."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.http.asgi import Exchange, scope
from tests.http.toy import Toy

CHARGE = b'{"query": "mutation { charge }"}'


async def test_cancelling_the_request_does_not_cancel_the_mutation(toy: Toy) -> None:
    exchange = Exchange([CHARGE])
    request = asyncio.create_task(toy.endpoint(scope(), exchange.receive, exchange.send))
    await asyncio.wait_for(toy.started.wait(), 5)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert toy.bumped == 0
    assert await toy.endpoint.drain(0) == 1, "it still runs"
    toy.may_finish.set()
    assert await toy.endpoint.drain(5) == 0
    assert toy.bumped == 100


async def test_a_client_that_hangs_up_does_not_stop_its_mutation(
    client: httpx.AsyncClient, toy: Toy
) -> None:
    _, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    writer.write(head + b"content-length: %d\r\n\r\n" % len(CHARGE) + CHARGE)
    await asyncio.wait_for(toy.started.wait(), 5)
    writer.close()
    await writer.wait_closed()
    toy.may_finish.set()
    assert await toy.endpoint.drain(5) == 0
    assert (toy.bumped, toy.unexpected) == (100, [])


async def test_draining_an_idle_endpoint_returns_at_once(toy: Toy) -> None:
    assert await toy.endpoint.drain(5) == 0
