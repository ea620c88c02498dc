"""`python -m benchmarks.whatif`: a draft rule on 100,000 recorded carts, and what previews feel.

The carts are made in sets: what previews and orders of ninety days would have left. The what-if is
asked for over HTTP as the console does; then again and again while previews are under load.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx
import orjson

from benchmarks import documents
from benchmarks.filling import fill
from benchmarks.measuring import Figures, Target, measure
from benchmarks.place import ENGINES, Engine, Place, merchant_of, place
from benchmarks.process import Server
from benchmarks.showing import save

ROUNDS: Final = 3
DAYS: Final = 90
DAY: Final = 86_400 * 1_000_000
PREVIEWERS: Final = 2_000
CONNECTIONS: Final = 16
FIRST_ID: Final = 10_000_000_000
QUESTION: Final = """subscription ($input: WhatIfInput!) { whatIf(input: $input) { done total
  result { carts customers orders draft { discount { expected { amount } } }
    gainers { customers largest { externalId } } tiers { tier customers } } } }"""
DRAFT: Final = {
    "name": "tea at a half",
    "kind": "VARIABLE_PERCENT",
    "points": 10,
    "percent": "1",
    "maximumPercent": "50",
    "collectionIds": ["c-1", "c-2"],
}
LINES: Final = '[["p-1",20000,1,["c-1"]],["p-2",10000,2,["c-3","c-4"]],["p-3",9000,1,[]]]'
Row = tuple[Any, ...]


def rows(merchant_id: int, customers: int, carts: int, now: int) -> Iterator[tuple[str, Row]]:
    """Each row with the name of its table. Two of five carts are ordered, half of those redeem."""
    chance = random.Random(5)  # noqa: S311 - carts that look random
    for n in range(customers):
        yield "customer", (merchant_id, FIRST_ID + n, f"w-{n}", "[]", now, now)
    for n in range(carts):
        who = FIRST_ID + chance.randrange(customers)
        at = now - chance.randrange(DAYS - 1) * DAY - 10**9
        total, points = chance.randrange(5_000, 300_000), chance.randrange(0, 900)
        tier = chance.choice((None, "silver", "gold"))
        looked = (True, points, total, 10_000, 2, at - 10**8, at, tier, '["vip"]', LINES)
        yield "checkout_seen", (merchant_id, who, f"k-{n}", at // DAY, *looked)
        if n % 5 < 2:
            order = (f"k-{n}", n, "", total, total, at, at, "[]", 0, 0, 0, 0, "[]", at, at)
            yield "customer_order", (merchant_id, who, *order)
        if n % 5 == 0 and points:
            sums = (min(points, 100), 0, 10_000, total + 10_000, total, 1)
            spent = (min(points, 100), 0, 10_000, 0, 0, f"k-{n}", total, at, at + 1, at)
            yield "redemption", (merchant_id, who, n, f"k-{n}", "CAPTURED", *sums, *spent)


def asked(server: Server, key: str) -> tuple[float, float, dict[str, Any]]:
    """Seconds until the result is there, those of the server's processor, and the result."""
    headers = {"authorization": f"Bearer {key}", "accept": "text/event-stream"}
    body = {"query": QUESTION, "variables": {"input": {"rule": DRAFT, "days": DAYS}}}
    url, began = f"http://127.0.0.1:{server.port}/graphql", time.perf_counter()
    spent = server.cpu_seconds()
    found: dict[str, Any] = {}
    with httpx.stream("POST", url, json=body, headers=headers, timeout=300) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                told: dict[str, Any] = orjson.loads(line[6:])
                found = told["data"]["whatIf"]
    if not found.get("result"):
        raise RuntimeError(f"no result: {found}")
    return time.perf_counter() - began, server.cpu_seconds() - spent, found["result"]


def _beside(server: Server, key: str, target: Target, seconds: int) -> tuple[Figures, list[float]]:
    """Previews while what-ifs run one after the other; and how long each of these took."""
    over, took = threading.Event(), list[float]()

    def again() -> None:
        while not over.is_set():
            took.append(asked(server, key)[0])

    thread = threading.Thread(target=again)
    thread.start()
    try:
        return measure(target, documents.preview, "b", CONNECTIONS, seconds), took
    finally:
        over.set()
        thread.join()


def run(engine: Engine, customers: int, carts: int, seconds: int) -> dict[str, Any]:
    """Make the carts, ask, and load."""
    with place(engine) as here:
        keys = here.seed_keys(PREVIEWERS)
        merchant_id = merchant_of(keys["secretWebhookId"])
        now = time.time_ns() // 1_000
        asyncio.run(fill(here.url, rows(merchant_id, customers, carts, now)))
        return _measured(here, keys, seconds)


def _measured(here: Place, keys: dict[str, str], seconds: int) -> dict[str, Any]:
    key = keys["adminKey"]
    with here.gateway(LOYALTY_WORKERS="apart") as server:
        rounds = [asked(server, key) for _ in range(ROUNDS)]
        target = Target(server, keys["secretWebhookId"], PREVIEWERS)
        measure(target, documents.preview, "w", CONNECTIONS, 1)
        alone = measure(target, documents.preview, "a", CONNECTIONS, seconds)
        beside, took = _beside(server, key, target, seconds)
    return {
        "seconds": [took for took, _, _ in rounds],
        "cpu_seconds": [cpu for _, cpu, _ in rounds],
        "result": rounds[0][2],
        "previews_alone": vars_of(alone),
        "previews_beside": vars_of(beside),
        "seconds_beside": took,
    }


def vars_of(figures: Figures) -> dict[str, Any]:
    """As JSON."""
    return {name: getattr(figures, name) for name in ("requests", "per_second", "p50", "p99")}


def shown(engine: str, found: dict[str, Any]) -> str:
    """For the terminal."""
    result = found["result"]
    head = (
        f"{engine}: {result['carts']:,} carts, {result['orders']:,} orders of"
        f" {result['customers']:,} customers: {statistics.median(found['seconds']):.1f} s"
        f" ({', '.join(f'{each:.1f}' for each in found['seconds'])}),"
        f" {statistics.median(found['cpu_seconds']):.1f} s of the server's processor"
    )
    lines = [head]
    for name in ("alone", "beside"):
        load = found[f"previews_{name}"]
        lines.append(
            f"  previews {name:<7} {load['per_second']:>7,.0f}/s,"
            f" p50 {load['p50'] * 1e3:>6.1f} ms, p99 {load['p99'] * 1e3:>6.1f} ms"
        )
    beside = ", ".join(f"{each:.1f}" for each in found["seconds_beside"])
    return "\n".join([*lines, f"  what-ifs beside that load took {beside} s"])


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whatif", description=__doc__)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--carts", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=8, help="of each load of previews")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    options = parser.parse_args()
    results: dict[str, Any] = {}
    for engine in [options.only] if options.only else ENGINES:
        found = run(engine, options.customers, options.carts, options.seconds)
        results[engine] = found
        print(shown(engine, found), flush=True)
    print(f"all figures: {save('whatif', results)}")


if __name__ == "__main__":
    main()
