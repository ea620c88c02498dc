"""What admission itself costs, beside the cheapest thing that it guards."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import orjson

from gateway.admission.making import make
from gateway.auth import CallerKind, Principal
from tests.e2e.caller import cart
from tests.e2e.documents import PREVIEW
from tests.e2e.serving import Served, settings
from tests.e2e.shop import Shop
from tests.http import asgi

ROUNDS = 5
PREVIEW_COST = 40


async def cpu_seconds(work: Callable[[], Awaitable[object]], times: int) -> float:
    """Processor time of one call, all threads, in the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            await work()
        best = min(best, (time.process_time() - began) / times)
    return best


async def test_admission_takes_at_most_a_fiftieth_of_a_preview(served: Served, shop: Shop):
    """With the limits that a gateway comes with, for a shopper who drags a slider all the time."""
    gateway, clock = served.gateway, served.clock
    token = await shop.token(await shop.customer(points=500), 86_400)
    body = orjson.dumps({"query": PREVIEW, "variables": {"input": {"cart": cart()}}})
    headers = (*asgi.JSON, (b"authorization", f"Bearer {token}".encode()))
    scope = {**asgi.scope(headers=headers), "client": ("203.0.113.9", 4_000)}

    async def preview() -> None:
        clock.advance(15)  # so that the small bucket of these tests is full again
        exchange = asgi.Exchange([body])
        await gateway.endpoint(dict(scope), exchange.receive, exchange.send)
        assert exchange.status == 200

    asha = Principal(shop.merchant_id, CallerKind.CUSTOMER, "custom_website-1")
    url, storage = gateway.settings.database_url, gateway.settings.rate_storage
    admission = make(settings(url, rate_storage=storage), clock).admission

    async def admit() -> None:
        clock.advance(0.1)
        await admission.admit(asha, PREVIEW_COST)

    whole, part = await cpu_seconds(preview, 100), await cpu_seconds(admit, 1_000)
    assert part <= whole / 50, f"{part * 1e6:.1f} of {whole * 1e6:.0f} microseconds"
