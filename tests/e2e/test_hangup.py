"""A client that goes away in the middle: all of its command has happened, or nothing."""

from __future__ import annotations

import asyncio
import json
import socket
import struct

import pytest

from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, cart, code
from tests.e2e.conftest import Unchanged
from tests.e2e.shop import Shop

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset at once


def request(caller: Caller, document: str, given: Json) -> bytes:
    body = json.dumps({"query": document, "variables": {"input": given}}).encode()
    headers = {**caller.headers, "host": "gateway", "content-type": "application/json"}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = ["POST /graphql HTTP/1.1", *lines, f"content-length: {len(body)}", "", ""]
    return "\r\n".join(head).encode() + body


async def send_and_leave(port: int, text: bytes, *, reset: bool) -> None:
    """Send these bytes and close without reading; the event loop runs on before and after."""
    loop = asyncio.get_running_loop()
    with socket.socket() as wire:
        wire.setblocking(False)
        await loop.sock_connect(wire, ("127.0.0.1", port))
        await loop.sock_sendall(wire, text)
        if reset:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


@pytest.mark.parametrize("reset", [False, True])
async def test_whoever_hangs_up_after_sending_finds_one_outcome_under_the_key(
    shop: Shop, asha: str, shopper: Caller, reset: bool
):
    port = shop.served.port
    sent: list[Json] = []
    for number in range(20):
        the_cart = cart(cart_id=f"cart-{number}")
        sent.append({"cart": the_cart, "points": 7, "idempotencyKey": f"key-{number}"})
        await send_and_leave(port, request(shopper, d.APPLY, sent[-1]), reset=reset)
    held = await asyncio.gather(*(shopper.ask(d.APPLY, input=each) for each in sent))
    assert [code(each) for each in held] == [None] * 20
    assert (await shop.backend.balance(asha))["held"] == 140
    again = await asyncio.gather(*(shopper.ask(d.APPLY, input=each) for each in sent))
    assert [each["redemption"]["id"] for each in again] == [e["redemption"]["id"] for e in held]
    assert all(each["replayed"] for each in again)


async def test_a_capture_whose_caller_left_is_carried_through(shop: Shop, shopper: Caller):
    """Nobody asks again: what was accepted happens all the same."""
    held = (await shopper.apply())["redemption"]["id"]
    given = {"id": held, "order": {"id": "o", "total": cart()["total"]}, "idempotencyKey": "k"}
    await send_and_leave(shop.served.port, request(shop.backend, d.CAPTURE, given), reset=False)
    async with asyncio.timeout(10):
        while (await shopper.ask(d.FIND, id=held))["status"] != "CAPTURED":
            pass  # each question lets the gateway go on
    assert (await shop.backend.ask(d.CAPTURE, input=given))["replayed"]


async def test_a_request_cut_off_in_its_body_changes_nothing(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    given = {"cart": cart(), "idempotencyKey": "k"}
    text = request(shopper, d.APPLY, given)
    async with unchanged():
        for cut in (1, 40, len(text) // 2):
            await send_and_leave(shop.served.port, text[:-cut], reset=bool(cut % 2))
    held = await shopper.ask(d.APPLY, input=given)
    assert (code(held), held["replayed"]) == (None, False)
