"""One line a request, that says enough and betrays nothing."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.telemetry.metrics import REGISTRY
from gateway.telemetry.writer import DROPPED, Writer
from tests.cli.running import Place
from tests.operations.conftest import WEB, Till, seeded


def test_a_line_says_what_became_of_a_request_and_nothing_of_its_content(place: Place, port: int):
    till = Till(f"http://127.0.0.1:{port}", seeded(place))
    with place.serving("serve", "--port", str(port), port=port) as running:
        till.apply(1, headers={"x-request-id": "first"})
        till.ask("{ nope }")
        WEB.get(f"{running.address}/some/whk_1_secret?phone=9876543210")
        assert running.end() == 0
        events = [json.loads(line) for line in running.err.splitlines()]
        lines = [line for line in events if line["event"] == "request"]
    assert events[-1]["event"] == "stopped"
    applied, refused, lost = lines
    assert applied["time"] <= refused["time"]
    assert applied["merchant"].isdigit()
    assert applied["ms"] > 0
    volatile = dict.fromkeys(("time", "ms", "merchant", "request_id"))
    assert applied | volatile == {
        **volatile,
        "level": "info",
        "event": "request",
        "method": "POST",
        "route": "/graphql",
        "status": 200,
        "code": "OK",
        "operation": "ApplyRedemption",
        "kind": "mutation",
        "caller": "backend",
    }
    assert applied["request_id"] == "first"
    assert (refused["code"], "operation" in refused) == ("GRAPHQL_VALIDATION_FAILED", False)
    assert (lost["route"], lost["status"]) == ("unmatched", 404)
    for betrayed in ("whk_", "98765", "custom_website", "127.0.0.1", "cart-1", "key-1"):
        assert betrayed not in running.err


def test_a_reader_that_takes_nothing_costs_lines_and_no_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(REGISTRY, "on", True)
    reading, writing = os.pipe()
    writer = Writer(writing, most_waiting=100)
    writer.start()
    before = DROPPED.series.get((), [0])[0]
    for number in range(5_000):  # far more than the pipe holds; every call returns at once
        writer.put({"event": "request", "number": number, "text": "x" * 200})
    dropped = DROPPED.series[()][0] - before
    with os.fdopen(reading, "rb") as pipe, ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read)
        writer.close()
        os.close(writing)
        lines = [json.loads(line)["number"] for line in read.result().splitlines()]
    assert lines == sorted(lines)
    assert 0 < len(lines) == 5_000 - dropped
