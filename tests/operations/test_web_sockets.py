"""What is asked over a WebSocket is counted and logged, each operation by itself."""

from __future__ import annotations

import pytest

from gateway.http.access_log import line
from gateway.http.counting import Counting
from gateway.http.observed import Observed
from models.migrate import migrate
from tests.conftest import Engine
from tests.e2e.documents import ME, RELEASE
from tests.e2e.serving import serving, settings
from tests.e2e.shop import open_shop
from tests.e2e.sockets import greeted
from tests.operations.reading import of
from tests.operations.test_metrics_page import grown, page_of

FOLLOW = "subscription Follow { pointsChanged { sequence } }"


async def test_each_operation_counts_and_open_ones_are_seen(
    engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    lines: list[dict[str, object]] = []
    count = Counting.__call__

    def written(counting: Counting, seen: Observed) -> None:
        lines.append(line(seen))
        count(counting, seen)

    monkeypatch.setattr(Counting, "__call__", written)
    await migrate(database_url)
    async with serving(settings(database_url, metrics="on")) as served:
        shop = await open_shop(served)
        shopper = await shop.shopper(await shop.customer(points=50))
        before = await page_of(served)
        async with greeted(served, shopper) as socket:
            await socket.subscribe(RELEASE, "1", input={"id": "x"})
            assert (await socket.next("1"))["releaseRedemption"]["userErrors"]
            assert (await socket.hear())["type"] == "complete"
            await socket.subscribe("{ nonsense }", "2")
            await socket.error("2")
            await socket.subscribe(FOLLOW, "3")
            await socket.next("3")
            open_ = await page_of(served)
            assert of(open_, "loyalty_subscriptions") == {(): 1}
            assert of(open_, "loyalty_web_sockets") == {(): 1}
            await socket.say("complete", id="3")
            await socket.subscribe(ME, "4")  # answered after the end of the one before
            await socket.next("4")
            after = await page_of(served)
    assert of(after, "loyalty_subscriptions") == {(): 0}
    assert grown(before, after, "loyalty_requests_total") == {
        ("REDEMPTION_NOT_FOUND", "ReleaseRedemption", "mutation"): 1,
        ("GRAPHQL_VALIDATION_FAILED", "none", "none"): 1,
        ("CLIENT_GONE", "Follow", "subscription"): 1,
        ("OK", "anonymous", "query"): 1,
    }
    refused = grown(before, after, "loyalty_refusals_total")
    assert refused == {("REDEMPTION_NOT_FOUND", "releaseRedemption"): 1}
    told = {
        each["operation"]: each
        for each in lines
        if each["method"] == "WEBSOCKET" and "kind" in each
    }
    assert {(name, each["status"]) for name, each in told.items()} == {
        ("ReleaseRedemption", 200),
        ("Follow", 0),
        ("anonymous", 200),
    }
    assert {each["route"] for each in told.values()} == {"/graphql"}
    assert len({each["request_id"] for each in told.values()}) == len(told)
