"""`python -m benchmarks.metrics`: a year of a million orders, and how soon its metrics are there.

On PostgreSQL. The year is made in sets: what its commands would have left of it. Then the figures
are rolled up from nothing, and asked for over HTTP as the console does.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final

import asyncpg
import httpx

from benchmarks.place import Place, merchant_of, place
from benchmarks.showing import save
from gateway.composition import Gateway
from gateway.services.database import close_database, open_database
from gateway.services.rollups import Rollups
from gateway.settings import Settings

ROUNDS: Final = 7
DAYS: Final = 365
MICROSECONDS: Final = 1_000_000
LAST: Final = datetime(2026, 10, 31, tzinfo=UTC)
FIRST: Final = LAST - timedelta(days=DAYS - 1)

# $1 merchant, $2 customers, $3 orders, $4 begin and $5 length in microseconds. Every third order is
# paid with points; order n is customer n mod customers's, at a time that looks random.
YEAR: Final = (
    """
    INSERT INTO customer (merchant_id, id, external_id, tags, created_at, updated_at)
    SELECT $1, n, 'c-' || n, '[]', $4, $4 FROM generate_series(1, $2) n
    """,
    """
    INSERT INTO customer_order (merchant_id, customer_id, order_id, id, digest, total_minor,
        paid_minor, placed_at, completed_at, redemption_id, refunds, refunded_minor,
        earned_points, clawed_points, forgiven_points, earnings, created_at, updated_at)
    SELECT $1, 1 + n * 7919 % $2, 'o-' || n, n, '', 50000 + n % 100000,
        50000 + n % 100000 - CASE WHEN n % 3 = 0 THEN 10000 ELSE 0 END, at, at,
        CASE WHEN n % 3 = 0 THEN n END, '[]', 0, 400, 0, 0, '[]', at, at
    FROM (SELECT n, $4 + (hashint8(n) + 2147483648::bigint) % 1000000 * ($5 / 1000000) AS at
          FROM generate_series(1, $3) n) x
    """,
    """
    INSERT INTO redemption (merchant_id, customer_id, id, cart_id, status, points, credits_minor,
        discount_minor, total_minor, eligible_minor, program_version, captured_points,
        captured_credits_minor, captured_discount_minor, refunded_points, refunded_credits_minor,
        order_id, order_total_minor, created_at, expires_at, closed_at)
    SELECT $1, customer_id, redemption_id, 'cart-' || id, 'CAPTURED', 100, 0, 10000, total_minor,
        total_minor, 1, 100, 0, 10000, 0, 0, order_id, total_minor, placed_at, placed_at + 1,
        placed_at
    FROM customer_order WHERE merchant_id = $1 AND redemption_id IS NOT NULL
    """,
    """
    INSERT INTO journal (merchant_id, customer_id, wallet, sequence, kind, source, target, points,
        at, available_after, held_after, pending_after, debt_after)
    SELECT $1, customer_id, 'COINS', row_number() OVER (PARTITION BY customer_id ORDER BY id),
        'EARN', 'issued', 'available', 400, placed_at, 400, 0, 0, 0
    FROM customer_order WHERE merchant_id = $1
    """,
    """
    INSERT INTO lot (merchant_id, customer_id, wallet, number, amount, pending, available, held,
        spent, expired, clawed_back, moved, available_from, expires_at, source, created_at, open)
    SELECT $1, customer_id, 'COINS', sequence, 400, 0, 400, 0, 0, 0, 0, 0, at, at + 2 * $5, 'EARN',
        at, true
    FROM journal WHERE merchant_id = $1 AND sequence % 2 = 0
    """,
    """
    INSERT INTO checkout_seen (merchant_id, customer_id, cart_id, day, redeemable,
        available_points, total_minor, discount_minor, previews, first_at, last_at)
    SELECT $1, customer_id, 'cart-' || id, placed_at / 86400000000, id % 4 > 0, 400, total_minor,
        10000, 2, placed_at - 1000, placed_at
    FROM customer_order WHERE merchant_id = $1 AND id % 2 = 0
    """,
)
QUESTION: Final = """query ($from: Date!, $to: Date!, $by: MetricGranularity!) {
  merchant { metrics(from: $from, to: $to, granularity: $by, compare: true) {
    metrics { id name definition unit value previousValue change points { from value } } } } }"""
OWED: Final = "{ merchant { liability { total byMonth { month points worth { amount } } } } }"
Say = Callable[[str], object]


async def _make(url: str, merchant_id: int, customers: int, orders: int) -> None:
    begin = int(FIRST.timestamp()) * MICROSECONDS
    module: Any = asyncpg
    connection: Any = await module.connect(url)
    try:
        given = {1: merchant_id, 2: customers, 3: orders, 4: begin}
        given[5] = DAYS * 86_400 * MICROSECONDS
        for sql in YEAR:
            text = sql
            for number, value in given.items():
                text = text.replace(f"${number}", f"{value}::bigint")
            await connection.execute(text)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _rolled_up(url: str) -> tuple[int, float]:
    """How much was made, and in how many seconds."""
    settings = Settings(database_url=url, secret_key=token_hex())
    gateway = Gateway(settings, serves=False)
    await open_database(settings)
    began = time.perf_counter()
    done = await Rollups(gateway.runtime).run()
    seconds = time.perf_counter() - began
    await close_database()
    return done, seconds


async def _asked(port: int, key: str) -> dict[str, list[float]]:
    """Seconds of each round of each question; the first one finds nothing prepared."""
    first, last = FIRST.date(), LAST.date()
    asked: dict[str, dict[str, Any]] = {
        by: {"query": QUESTION, "variables": {"from": str(first), "to": str(last), "by": by}}
        for by in ("DAY", "WEEK", "MONTH")
    }
    asked["liability"] = {"query": OWED}
    headers = {"authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(timeout=60, headers=headers) as http:

        async def once(body: dict[str, Any]) -> float:
            began = time.perf_counter()
            answer = await http.post(f"http://127.0.0.1:{port}/graphql", json=body)
            seconds = time.perf_counter() - began
            if "errors" in answer.json():
                raise RuntimeError(answer.text)
            return seconds

        return {name: await _rounds(once, body) for name, body in asked.items()}


async def _rounds(
    once: Callable[[dict[str, Any]], Awaitable[float]], body: dict[str, Any]
) -> list[float]:
    return [await once(body) for _ in range(ROUNDS)]


def measure(customers: int, orders: int, say: Say = print) -> dict[str, Any]:
    """Make the year, roll it up and ask; seconds of each."""
    with place("postgres") as here:
        keys = here.seed_keys(1)
        merchant_id = merchant_of(keys["secretWebhookId"])
        began = time.perf_counter()
        asyncio.run(_make(here.url, merchant_id, customers, orders))
        took = time.perf_counter() - began
        say(f"{orders:,} orders of {customers:,} customers made: {took:.0f} s")
        done, seconds = asyncio.run(_rolled_up(here.url))
        say(f"rolled up from nothing: {seconds:.0f} s, {customers / seconds:,.0f} customers/s")
        return {
            "customers": customers,
            "orders": orders,
            "rolled_up_seconds": seconds,
            "made": done,
            "seconds": _served(here, keys["adminKey"]),
        }


def _served(here: Place, key: str) -> dict[str, list[float]]:
    with here.gateway(LOYALTY_WORKERS="apart") as server:
        return asyncio.run(_asked(server.port, key))


def shown(result: dict[str, Any]) -> str:
    """For the terminal."""
    lines = [f"metrics of a year of {result['orders']:,} orders, compared with the year before:"]
    for name, rounds in result["seconds"].items():
        later = statistics.median(rounds[1:]) * 1_000
        lines.append(f"  {name:<10} first {rounds[0] * 1_000:>6.0f} ms, then {later:>6.0f} ms")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metrics", description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--orders", type=int, default=1_000_000)
    options = parser.parse_args()
    result = measure(options.customers, options.orders)
    print(shown(result))
    print(f"all figures: {save('metrics', result)}")


if __name__ == "__main__":
    main()
