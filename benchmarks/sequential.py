"""Applies one after another, each a transaction of its own, without HTTP and without lanes.

`python -m benchmarks.sequential`, a spec on stdin: the store that the gateway uses, called on one
connection with one command at a time. What coalescing and HTTP add up to is measured against it.
"""

from __future__ import annotations

import sys
import time
from array import array
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

import orjson
import uvloop

from benchmarks.load import Result, quantile
from gateway.ids import IdMaker
from gateway.ledger.commands import Apply, IdempotencyKey
from gateway.ledger.postgres import PostgresStore
from gateway.ledger.programs import ProgramCache
from gateway.ledger.reads import Lookup
from gateway.ledger.sqlite import SqliteStore
from gateway.ledger.store import Store
from gateway.rules.facts import Cart

CART_MINOR = 49_900


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What to apply, on which database."""

    url: str
    merchant_id: int
    mark: str
    seconds: float
    most_requests: int
    customer_count: int
    first_customer: int


def clock() -> int:
    """Microseconds since the epoch."""
    return time.time_ns() // 1000


def open_store(url: str) -> Store:
    """The store of the engine that the address names, with one lane."""
    cache = ProgramCache()
    if url.startswith("sqlite:///"):
        return SqliteStore(Path(url.removeprefix("sqlite:///")), cache)
    return PostgresStore(url, cache, lanes=1)


async def run(spec: Spec) -> Result:
    """Apply until time or count is up."""
    store, ids = open_store(spec.url), IdMaker(clock)
    await store.start()
    try:
        customers = await _customers(store, spec)
        latencies, failure = array("d"), None
        began = last = time.perf_counter()
        while last - began < spec.seconds and len(latencies) < spec.most_requests:
            number = len(latencies)
            command = _command(spec, ids, customers[number % len(customers)], number)
            (outcome,) = await store.run([command], clock())
            if outcome.refusal is not None or outcome.replayed:
                failure = repr(outcome)
                break
            now = time.perf_counter()
            latencies.append(now - last)
            last = now
    finally:
        await store.stop()
    ordered = sorted(latencies)
    return Result(
        requests=len(ordered),
        seconds=last - began,
        p50=quantile(ordered, 0.50),
        p99=quantile(ordered, 0.99),
        failure=failure,
    )


async def _customers(store: Store, spec: Spec) -> list[int]:
    """The gateway's ids of the customers."""
    lookups = [
        Lookup(merchant_id=spec.merchant_id, external_id=f"custom_website-{number}")
        for number in range(spec.first_customer, spec.first_customer + spec.customer_count)
    ]
    found = await store.read(lookups, clock())
    return [snapshot.customer_id for snapshot in found if snapshot is not None]


def _command(spec: Spec, ids: IdMaker, customer_id: int, number: int) -> Apply:
    name = f"{spec.mark}-{number:08d}"
    digest = blake2b(name.encode(), digest_size=16).hexdigest()
    return Apply(
        merchant_id=spec.merchant_id,
        customer_id=customer_id,
        key=IdempotencyKey("backend", name, digest),
        redemption_id=ids.next(),
        cart=Cart(name, CART_MINOR),
        requested=1,
    )


def main() -> None:
    """Read the spec from stdin, write the result to stdout."""
    result = uvloop.run(run(Spec(**orjson.loads(sys.stdin.buffer.read()))))
    sys.stdout.buffer.write(orjson.dumps(asdict(result)))


if __name__ == "__main__":
    main()
