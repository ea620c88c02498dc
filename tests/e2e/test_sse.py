"""Server-sent events, as graphql-sse's distinct connections mode has them."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e import documents as d
from tests.e2e.caller import Caller, cart
from tests.e2e.lasting import lasting
from tests.e2e.serving import LISTED_ORIGIN
from tests.e2e.shop import Shop
from tests.e2e.sse import EVENTS, first_event, streaming


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_subscription_streams_until_its_client_goes(
    shop: Shop, asha: str, shopper: Caller, method: str
):
    changes = shop.served.gateway.changes
    async with streaming(shopper, d.POINTS_CHANGED, method) as stream:
        headers = stream.answer.headers
        assert headers["content-type"] == "text/event-stream; charset=utf-8"
        assert headers["cache-control"] == "no-store"
        assert headers["x-request-id"]
        assert (await stream.next())["pointsChanged"]["points"]["available"] == 500
        assert len(changes) == 1
    async with asyncio.timeout(5):
        while len(changes):
            await shop.backend.balance(asha)  # each question lets the gateway go on


async def test_a_query_and_a_mutation_have_one_event_and_are_complete(
    shop: Shop, asha: str, shopper: Caller
):
    given = {"cart": cart(), "idempotencyKey": "by-events"}
    async with streaming(shopper, d.APPLY, variables={"input": given}) as stream:
        assert (await stream.next())["applyRedemption"]["redemption"]["points"] == 100
        assert await stream.event() == ("complete", None)
        assert await stream.event() == ("cut off", None)
    async with streaming(shopper, "{ me { externalId } }", "GET") as stream:
        assert await stream.next() == {"me": {"externalId": asha}}
        assert await stream.event() == ("complete", None)


async def test_errors_of_the_document_are_told_in_the_stream(shop: Shop, shopper: Caller):
    for document, code in (
        ("subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("query($n: Int!) { me { history(first: $n) { edges { cursor } } } }", "BAD_USER_INPUT"),
    ):
        async with streaming(shopper, document) as stream:
            assert stream.answer.status_code == 200
            name, data = await stream.event()
            assert (name, data["errors"][0]["extensions"]["code"]) == ("next", code)
            assert await stream.event() == ("complete", None)
    refused = await first_event(shop.backend, d.POINTS_CHANGED)
    assert refused.error["code"] == "FORBIDDEN"


async def test_what_is_no_operation_keeps_its_status(shop: Shop, shopper: Caller):
    nobody = Caller(shop.served.http, {})
    assert (await first_event(nobody, d.POINTS_CHANGED)).status == 401
    for content, status in ((b"{", 400), (b"[]", 400)):
        headers = {**shopper.headers, **EVENTS, "content-type": "application/json"}
        answer = await shop.served.http.post("/graphql", content=content, headers=headers)
        assert answer.status_code == status
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    asked = {"query": 'mutation { releaseRedemption(input: {id: "x"}) { replayed } }'}
    by_get = await shop.served.http.get(
        "/graphql", params=asked, headers={**shopper.headers, **EVENTS}
    )
    assert by_get.status_code == 405


async def test_a_subscription_is_not_answered_with_one_answer(shopper: Caller):
    answer = await shopper.send(d.POINTS_CHANGED)
    assert answer.error["code"] == "BAD_USER_INPUT"
    assert "text/event-stream" in answer.body["errors"][0]["message"]


async def test_a_silent_stream_gives_signs_of_life(shop: Shop, shopper: Caller):
    with lasting(shop.served, look_seconds=0.02):
        async with streaming(shopper, d.POINTS_CHANGED) as stream:
            await stream.next()
            await stream.signs_of_life(3)


async def test_a_page_of_a_listed_origin_may_read_the_stream(shopper: Caller):
    for origin, granted in ((LISTED_ORIGIN, LISTED_ORIGIN), ("https://evil.example", None)):
        page = Caller(shopper.http, {**shopper.headers, "origin": origin})
        async with streaming(page, d.POINTS_CHANGED) as stream:
            assert stream.answer.headers.get("access-control-allow-origin") == granted
