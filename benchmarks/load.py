"""A load generator in a process of its own: `python -m benchmarks.load`, a spec on stdin.

It keeps connections open, sends the next request when an answer is in, and looks at every answer:
status, no `errors`, and the marks that a good one has. The first bad answer ends the run. It is
bounded in time and in count, and calls loopback addresses only.
"""

from __future__ import annotations

import asyncio
import sys
import time
from array import array
from dataclasses import asdict, dataclass
from typing import cast

import orjson
import uvloop

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What to send. Requests are numbered from 0; customers take turns."""

    port: int
    connections: int
    seconds: float
    most_requests: int
    text: str
    """Printf template of a request; see benchmarks.documents.Template."""
    fresh_count: int
    must: tuple[str, ...]
    customer_count: int
    first_customer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of it; times in seconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    failure: str | None = None
    """The first answer that was not as it must be; what was sent after it does not count."""


class Run:
    """One run: hands out requests, and keeps latencies until time or count is up."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._text = spec.text.encode()
        self._must = [mark.encode() for mark in spec.must]
        self._sent = 0
        self._open = spec.connections
        self.latencies = array("d")
        self.failure: str | None = None
        self.finished = asyncio.Event()
        self.started = time.perf_counter()
        self._ends = self.started + spec.seconds

    def next_request(self) -> bytes | None:
        """The next request, or None when it is time to stop."""
        spec, number = self._spec, self._sent
        over = time.perf_counter() >= self._ends or number >= spec.most_requests
        if over or self.failure is not None:
            return None
        self._sent += 1
        who = spec.first_customer + number % spec.customer_count
        return self._text % (who, *(number,) * spec.fresh_count)

    def answered(self, head: bytes, body: bytes, seconds: float) -> None:
        """Take note of one answer."""
        plain = body.replace(b'": ', b'":')
        good = head.startswith(b"HTTP/1.1 200 ") and b'"errors":' not in plain
        if good and all(mark in plain for mark in self._must):
            self.latencies.append(seconds)
        else:
            self.fail(f"{head[:80]!r} {body[:400]!r}")

    def fail(self, what: str) -> None:
        """End the run; the first failure is the one that is told."""
        self.failure = self.failure or what

    def closed(self) -> None:
        """One connection has nothing more to do."""
        self._open -= 1
        if not self._open:
            self.finished.set()


class Caller(asyncio.Protocol):
    """One connection with at most one request under way."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._buffer = b""
        self._sent_at = 0.0
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Send the next request when the answer is whole."""
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        start = head.lower().find(b"content-length:")
        if start < 0:
            self._run.fail(f"no content-length: {head!r}")
            self._transport.close()
        elif len(body) >= int(head[start + 15 :].split(b"\r\n", 1)[0]):
            self._buffer = b""
            self._waiting = False
            self._run.answered(head, body, time.perf_counter() - self._sent_at)
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection lost while it waits for an answer is a failure."""
        if self._waiting:
            self._run.fail(f"the connection was lost: {exc}")
        self._run.closed()

    def _send(self) -> None:
        request = self._run.next_request()
        if request is None:
            self._transport.close()
            return
        self._waiting = True
        self._sent_at = time.perf_counter()
        self._transport.write(request)


async def generate(spec: Spec) -> Result:
    """Carry the spec out."""
    loop = asyncio.get_running_loop()
    run = Run(spec)
    for _ in range(spec.connections):
        await loop.create_connection(lambda: Caller(run), LOOPBACK, spec.port)
    async with asyncio.timeout(spec.seconds + PATIENCE_SECONDS):
        await run.finished.wait()
    seconds = time.perf_counter() - run.started
    ordered = sorted(run.latencies)
    return Result(
        requests=len(ordered),
        seconds=seconds,
        p50=quantile(ordered, 0.50),
        p99=quantile(ordered, 0.99),
        failure=run.failure,
    )


def quantile(ordered: list[float], share: float) -> float:
    """The value below which that share of the ordered values lies; 0 when there is none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def main() -> None:
    """Read the spec from stdin, write the result to stdout."""
    values = orjson.loads(sys.stdin.buffer.read())
    result = uvloop.run(generate(Spec(**values)))
    sys.stdout.buffer.write(orjson.dumps(asdict(result)))


if __name__ == "__main__":
    main()
