"""One measurement: a load on a server, with the server's processor time beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import orjson

from benchmarks import sequential, wrk
from benchmarks.documents import FIRST_CUSTOMER, Template
from benchmarks.load import LOOPBACK, Result, Spec
from benchmarks.place import Place, merchant_of
from benchmarks.process import ROOT, Server

MOST_REQUESTS = 500_000
MakeTemplate = Callable[[str, str, str], Template]
"""From host, secret and mark to the requests."""


class BadAnswerError(Exception):
    """A server answered something else than it must; the figures mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one load came to. Times in seconds."""

    requests: int
    per_second: float
    p50: float
    p99: float
    cpu_per_request: float | None
    """Processor time of the server process, user and system; None: not measured."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server, and what to send to it."""

    server: Server
    secret: str
    customers: int
    slow: bool = False
    """So slow that the answers under way when the time is up count: wrk would drop them."""


def measure(
    target: Target, make: MakeTemplate, mark: str, connections: int, seconds: float
) -> Figures:
    """Load the server. `mark` names the carts and keys of this load and must be new."""
    server = target.server
    template = make(f"{LOOPBACK}:{server.port}", target.secret, mark)
    spec = Spec(
        port=server.port,
        connections=connections,
        seconds=seconds,
        most_requests=MOST_REQUESTS,
        text=template.text,
        fresh_count=template.fresh_count,
        must=template.must,
        customer_count=target.customers,
        first_customer=FIRST_CUSTOMER,
    )
    before = server.cpu_seconds()
    fast = wrk.available() and not target.slow
    result = wrk.generate(spec) if fast else _generate("benchmarks.load", spec)
    spent = server.cpu_seconds() - before
    return _figures(result, f"{mark} at {connections} connections", spent)


def measure_sequential(place: Place, target: Target, mark: str, seconds: float) -> Figures:
    """Apply one command at a time through the store, in a process of its own."""
    spec = sequential.Spec(
        url=place.url,
        merchant_id=merchant_of(target.secret),
        mark=mark,
        seconds=seconds,
        most_requests=MOST_REQUESTS,
        customer_count=target.customers,
        first_customer=FIRST_CUSTOMER,
    )
    return _figures(_generate("benchmarks.sequential", spec), mark, None)


def _generate(module: str, spec: Spec | sequential.Spec) -> Result:
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        input=orjson.dumps(asdict(spec)),
        stdout=subprocess.PIPE,
        check=True,
    )
    return Result(**orjson.loads(done.stdout))


def _figures(result: Result, what: str, cpu_seconds: float | None) -> Figures:
    if result.failure is not None or not result.requests:
        raise BadAnswerError(f"{what}: {result.failure or 'no answer at all'}")
    return Figures(
        requests=result.requests,
        per_second=result.requests / result.seconds,
        p50=result.p50,
        p99=result.p99,
        cpu_per_request=None if cpu_seconds is None else cpu_seconds / result.requests,
    )
