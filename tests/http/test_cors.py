"""Which pages may call from another origin."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from gateway.http.cors import Cors
from tests.http.conftest import Serve
from tests.http.toy import Toy

SHOP = "https://shop.example"
PREFLIGHT = {"access-control-request-method": "POST"}


@pytest.fixture
async def client(serve: Serve, toy: Toy) -> AsyncIterator[httpx.AsyncClient]:
    async def known(origin: str) -> bool:
        return origin == SHOP

    app = Cors(toy.endpoint, known, max_age_seconds=60)
    async with serve(app) as client:
        yield client


async def test_a_preflight_from_a_listed_origin_is_told_what_it_may_do(
    client: httpx.AsyncClient, toy: Toy
) -> None:
    response = await client.options("/", headers={"origin": SHOP, **PREFLIGHT})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == SHOP
    assert response.headers["access-control-max-age"] == "60"
    assert "POST" in response.headers["access-control-allow-methods"]
    allowed = response.headers["access-control-allow-headers"].split(", ")
    assert allowed == ["authorization", "content-type", "x-loyalty-key", "accept-language"]
    assert response.headers["vary"].startswith("Origin")
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SHOP}.evil.example"])
async def test_any_other_origin_is_told_nothing(client: httpx.AsyncClient, origin: str) -> None:
    preflight = await client.options("/", headers={"origin": origin, **PREFLIGHT})
    assert preflight.status_code == 403
    answer = await client.post("/", json={"query": "{ hello }"}, headers={"origin": origin})
    for response in (preflight, answer):
        granted = [name for name in response.headers if name.startswith("access-control")]
        assert granted == []


async def test_an_answer_to_a_listed_origin_may_be_read_with_its_useful_headers(
    client: httpx.AsyncClient,
) -> None:
    response = await client.post("/", json={"query": "{ hello }"}, headers={"origin": SHOP})
    assert response.json() == {"data": {"hello": "world"}}
    assert response.headers["access-control-allow-origin"] == SHOP
    exposed = response.headers["access-control-expose-headers"]
    assert exposed == "retry-after, www-authenticate, x-request-id"
    assert response.headers.get_list("vary") == ["Accept, Accept-Encoding, Origin"]


async def test_options_that_is_no_preflight_reaches_the_endpoint(
    client: httpx.AsyncClient,
) -> None:
    response = await client.options("/", headers={"origin": SHOP})
    assert (response.status_code, response.headers["allow"]) == (204, "GET, POST, OPTIONS")
    assert response.headers["access-control-allow-origin"] == SHOP


async def test_answers_that_do_not_vary_by_origin_are_marked_so(serve: Serve) -> None:
    from starlette.responses import PlainTextResponse  # noqa: PLC0415 - for this test

    async def known(_: str) -> bool:
        return True

    async with serve(Cors(PlainTextResponse("ok"), known)) as client:
        assert (await client.get("/")).headers["vary"] == "Origin"
