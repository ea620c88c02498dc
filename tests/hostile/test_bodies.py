"""Requests that are huge, slow, or made to be answered at length."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from typing import Any

import pytest

from tests.hostile.conftest import BODY_SECONDS, Besieged

MEBIBYTE = b" " * (1 << 20)
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
PREVIEW = "query ($i: RedemptionPreviewInput!) { redemptionPreview(input: $i) { points } }"
TOTAL = {"amount": "500.00", "currencyCode": "INR"}


def connected(besieged: Besieged) -> socket.socket:
    return socket.create_connection(("127.0.0.1", besieged.server.port), timeout=20)


@pytest.mark.parametrize("framing", ["declared", "chunked"])
def test_64_mebibytes_are_refused_unread(besieged: Besieged, framing: str):
    declared = framing == "declared"
    length = b"content-length: %d\r\n" % (64 << 20)
    piece = MEBIBYTE if declared else b"%x\r\n%b\r\n" % (len(MEBIBYTE), MEBIBYTE)
    with besieged.spending_at_most(cpu_seconds=1, mib=16):
        with connected(besieged) as wire:
            wire.sendall(HEAD + (length if declared else b"transfer-encoding: chunked\r\n"))
            wire.sendall(b"\r\n" + piece[:200_000])
            assert wire.recv(1_000).startswith(b"HTTP/1.1 413 ")
            with pytest.raises(ConnectionError):  # nobody is there to take the rest
                wire.sendall(piece * 64)
        assert besieged.send(None, "{ __typename }").status_code == 200


TICK_SECONDS = 0.01
"""The server's event loop counts whole milliseconds from when it last looked at the clock."""


def test_a_body_that_trickles_is_given_up(besieged: Besieged):
    with besieged.spending_at_most(cpu_seconds=1), connected(besieged) as wire:
        began, answer = time.monotonic(), b""
        wire.sendall(HEAD + b"content-length: 50000\r\n\r\n")
        wire.settimeout(0.05)
        while not answer and time.monotonic() - began < 20:
            wire.sendall(b" ")
            try:
                answer = wire.recv(1_000)
            except TimeoutError:
                continue
        assert time.monotonic() - began >= BODY_SECONDS - TICK_SECONDS
        wire.settimeout(20)
        while more := wire.recv(1_000):  # head and body may come apart; then the connection ends
            answer += more
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"did not arrive within 1 seconds" in answer


def test_while_hundreds_of_requests_trickle_others_are_served(besieged: Besieged):
    with ExitStack() as stack, besieged.spending_at_most(cpu_seconds=2):
        for _ in range(300):
            wire = stack.enter_context(connected(besieged))
            wire.sendall(HEAD + b"content-length: 50000\r\n\r\n")
        answer = besieged.send(besieged.token, "{ me { points { available } } }")
        assert answer.json()["data"]["me"]["points"]["available"] == 500


LONG_ANSWERS: dict[str, dict[str, Any]] = {
    "10,000 lines that are none": {"cart": {"id": "c", "total": TOTAL, "lines": [1] * 10_000}},
    "10,000 lines with nothing in them": {
        "cart": {"id": "c", "total": TOTAL, "lines": [{}] * 10_000}
    },
    "thousands of fields that are none": {"cart": {"id": "c", "total": TOTAL}}
    | {f"f{number}": 1 for number in range(8_000)},
}


@pytest.mark.parametrize("kind", LONG_ANSWERS)
def test_thousands_of_mistakes_are_told_in_a_short_answer(besieged: Besieged, kind: str):
    with besieged.spending_at_most(cpu_seconds=1):
        answer = besieged.send(besieged.token, PREVIEW, i=LONG_ANSWERS[kind])
    errors = answer.json()["errors"]
    assert {error["extensions"]["code"] for error in errors} == {"BAD_USER_INPUT"}
    assert len(errors) <= 51
    assert len(answer.content) < 30_000


def test_a_batch_of_operations_is_refused_with_the_reason(besieged: Besieged):
    answer = besieged.http.post("/graphql", json=[{"query": "{ me { id } }"}] * 500)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert error["message"].endswith("lists of operations are not served.")


@pytest.mark.parametrize("name", ["accept", "accept-language", "authorization", "x-loyalty-key"])
def test_a_long_header_is_read_at_little_cost(besieged: Besieged, name: str):
    long = {name: "a," * 20_000, "content-type": "application/json"}
    with besieged.spending_at_most(cpu_seconds=1):
        for _ in range(20):
            answer = besieged.http.post("/graphql", content=b'{"query":"{a}"}', headers=long)
            assert answer.status_code in {200, 400, 401, 406}
            assert answer.json()["errors"]
