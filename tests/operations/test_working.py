"""The workers' process, and the serving one that works as well."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from gateway.app import create_app, create_worker
from gateway.services.database import statement
from models.migrate import migrate
from tests.e2e import webhook_documents as documents
from tests.e2e.caller import code
from tests.e2e.deliveries import fixture, open_platform
from tests.e2e.serving import Clock, serving, settings
from tests.e2e.shop import open_shop
from tests.webhooks.receiver import receiving

INSIDE = {"webhook_allow_private": True, "webhook_timeout_seconds": 10, "metrics": "on"}


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A migrated database on SQLite: these tests are about processes, not about engines."""
    address = f"sqlite:///{tmp_path}/loyalty.db"
    await migrate(address)
    return address


async def test_a_serving_process_sends_by_itself_and_finishes_before_it_goes(url: str):
    async with receiving() as receiver:
        receiver.held = asyncio.Event()
        async with serving(settings(url, **INSIDE)) as served:
            shop = await open_shop(served)
            made = await shop.admin.ask(documents.CREATE, input={"url": receiver.url})
            assert code(made) is None, made
            await shop.customer(points=1)
            await receiver.has(1)
            asyncio.get_running_loop().call_later(0.2, receiver.held.set)
        async with serving(settings(url, workers="apart")):
            (row,) = await statement("SELECT state, log FROM webhook_delivery")
        assert row["state"] == "DELIVERED", "the answer came while it was stopping"
        assert len(receiver.received) == 1


async def test_a_serving_process_apart_sends_and_sweeps_nothing(url: str):
    async with serving(settings(url, workers="apart", metrics="on")) as served:
        assert not served.gateway.works
        assert list(served.gateway.workers._kept) == ["last use of keys", "checkouts seen"]
        assert (await served.http.get("/readyz")).json() == {"status": "ok"}
        assert "loyalty_sweeper_lag_seconds{" not in (await served.http.get("/metrics")).text


async def test_a_worker_has_probes_and_metrics_and_no_api(url: str):
    clock = Clock()
    app = create_worker(settings(url, workers="apart", metrics="on"), clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            assert app.state.gateway.works
            assert (await http.get("/readyz")).json() == {"status": "ok"}
            assert (
                await http.post("/graphql", json={"query": "{ __typename }"})
            ).status_code == 404
            page = (await http.get("/metrics")).text
            assert 'loyalty_job_lag_seconds{job="webhook deliveries"}' in page
            app.state.gateway.workers._ending.set()
            clock.advance(86_400)
            late = await http.get("/readyz")
            assert late.status_code == 503
            assert late.json()["failed"] == ["jobs"]


async def test_an_app_can_be_made_without_its_jobs_ever_running(url: str):
    assert create_app(settings(url)).state.gateway.workers.late() == []


async def test_what_a_shop_sends_is_carried_out_at_once(url: str):
    """The job is woken by the delivery: it does not wait for its next look."""
    async with serving(settings(url)) as served:
        platform = await open_platform(served, "SHOPIFY")
        await platform.send(fixture("shopify-orders-paid"), "orders/paid")
        async with asyncio.timeout(4):
            while (await platform.states()) != [("DONE", None)]:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.02)
        order = await platform.order("820982911946154508")
        assert order["status"] == "COMPLETED"
