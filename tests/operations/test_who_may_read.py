"""Who may read `/metrics`."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from gateway.http.metrics import metrics_route

TOKEN = "a token made up for tests"
LOCAL = {"host": "127.0.0.1:8000"}


async def page() -> bytes:
    return b"loyalty_workers 1\n"


async def status(token: str | None, headers: dict[str, str], peer: str = "127.0.0.1") -> int:
    app = Starlette(routes=[metrics_route(token, page)])
    wire = httpx.ASGITransport(app, client=(peer, 50_000))
    async with httpx.AsyncClient(transport=wire, base_url="http://127.0.0.1:8000") as client:
        return (await client.get("/metrics", headers=headers)).status_code


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "127.9.9.9"])
async def test_without_a_token_this_machine_may(host: str, peer: str):
    assert await status(None, {"host": host}, peer) == 200


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        (LOCAL, "10.0.0.7"),
        (LOCAL, "testclient"),
        (LOCAL | {"x-forwarded-for": "127.0.0.1"}, "127.0.0.1"),
        (LOCAL | {"X-Forwarded-Proto": "https"}, "127.0.0.1"),
        (LOCAL | {"forwarded": "for=127.0.0.1"}, "127.0.0.1"),
        (LOCAL | {"x-real-ip": "127.0.0.1"}, "127.0.0.1"),
        (LOCAL | {"via": "1.1 proxy"}, "127.0.0.1"),
        ({"host": "shop.example"}, "127.0.0.1"),
        ({"host": "127.0.0.1.shop.example"}, "127.0.0.1"),
    ],
)
async def test_without_a_token_nobody_from_elsewhere_may(headers: dict[str, str], peer: str):
    assert await status(None, headers, peer) == 403


async def test_with_a_token_its_bearer_may_from_anywhere_and_nobody_else():
    async def bearing(value: str) -> int:
        return await status(TOKEN, {"host": "shop.example", "authorization": value}, "10.0.0.7")

    assert [await bearing(f"{word} {TOKEN}") for word in ("Bearer", "bearer")] == [200, 200]
    wrong = [f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer ", ""]
    assert {await bearing(value) for value in wrong} == {401}
    assert await status(TOKEN, LOCAL) == 401
