"""Where requests are too large, cut short, or want something else than JSON."""

from __future__ import annotations

import asyncio
import gzip

import httpx
import pytest

from gateway.http.request_id import RequestId
from tests.http.asgi import JSON, Exchange, post, scope
from tests.http.conftest import Serve
from tests.http.toy import Toy

SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def test_a_body_announced_too_large_is_413_and_never_read(toy: Toy) -> None:
    exchange = Exchange([b"x"])
    headers = (*JSON, (b"content-length", b"10001"))
    await toy.endpoint(scope(headers=headers), exchange.receive, exchange.send)
    assert (exchange.status, exchange.read) == (413, 0)
    assert exchange.headers[b"connection"] == b"close"


async def test_a_body_that_grows_too_large_is_413_and_the_rest_is_not_read(toy: Toy) -> None:
    exchange = Exchange([b" " * 6_000] * 5)
    await toy.endpoint(scope(), exchange.receive, exchange.send)
    assert (exchange.status, exchange.read) == (413, 2)


async def test_a_body_of_exactly_the_limit_is_served(toy: Toy) -> None:
    body = b'{"query": "{ hello }"}'
    exchange = Exchange([body[:9], body[9:] + b" " * (10_000 - len(body))])
    await toy.endpoint(scope(), exchange.receive, exchange.send)
    assert exchange.json == {"data": {"hello": "world"}}


async def test_the_server_hangs_up_on_an_endless_body(client: httpx.AsyncClient) -> None:
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    writer.write(
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        b"transfer-encoding: chunked\r\n\r\n2ee0\r\n" + b" " * 12_000 + b"\r\n"
    )
    answer = await asyncio.wait_for(reader.read(), 5)  # ends only when the server closes
    assert answer.startswith(b"HTTP/1.1 413 ")
    writer.close()


async def test_a_url_that_is_too_long_is_414(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "{ hello }" + " " * 10_000})
    assert response.status_code == 414


async def test_a_client_that_leaves_before_its_request_is_complete_gets_no_answer(
    toy: Toy,
) -> None:
    exchange = Exchange([b'{"query": '], disconnects=True)
    await toy.endpoint(scope(), exchange.receive, exchange.send)
    assert (exchange.sent, toy.contexts, toy.unexpected) == ([], 0, [])


async def test_a_client_that_leaves_before_the_answer_is_no_error(toy: Toy) -> None:
    exchange = Exchange([b'{"query": "{ hello }"}'])

    async def send(_message: object) -> None:
        raise BrokenPipeError

    await toy.endpoint(scope(), exchange.receive, send)
    assert toy.unexpected == []


async def test_a_compressed_request_is_415(client: httpx.AsyncClient) -> None:
    content = gzip.compress(b'{"query": "{ hello }"}')
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    response = await client.post("/graphql", content=content, headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("query", "accepted", "encoded"),
    [
        ("{ long }", "gzip, deflate", "gzip"),
        ("{ long }", "br", None),
        ("{ long }", "gzip;q=0, *", None),
        ("{ hello }", "gzip", None),
    ],
)
async def test_long_answers_are_compressed_for_those_who_ask(
    client: httpx.AsyncClient, query: str, accepted: str, encoded: str | None
) -> None:
    headers = {"accept-encoding": accepted}
    response = await client.post("/graphql", json={"query": query}, headers=headers)
    assert response.headers.get("content-encoding") == encoded
    assert response.json()["data"]
    if encoded:
        assert int(response.headers["content-length"]) < len(response.content) / 10


async def test_a_browser_gets_the_page_and_a_client_at_the_same_address_gets_data(
    serve: Serve,
) -> None:
    toy = Toy(graphiql_html=b"<!doctype html>")
    async with serve(RequestId(toy.endpoint)) as client:
        page = await client.get("/graphql", headers={"accept": SAFARI})
        data = await client.get("/graphql", params={"query": "{ hello }"})
        posted = await client.post("/", json={"query": "{ hello }"}, headers={"accept": SAFARI})
    assert (page.status_code, page.text) == (200, "<!doctype html>")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert data.json() == posted.json() == {"data": {"hello": "world"}}


async def test_without_a_page_a_browser_gets_json(client: httpx.AsyncClient) -> None:
    parameters = {"query": "{ hello }"}
    response = await client.get("/graphql", params=parameters, headers={"accept": SAFARI})
    assert response.json() == {"data": {"hello": "world"}}


async def test_resolvers_see_the_context_made_once_for_the_operation(toy: Toy) -> None:
    exchange = await post(toy.endpoint, "{ context me { context } }")
    assert exchange.json == {"data": {"context": "/graphql", "me": {"context": "/graphql"}}}
    assert toy.contexts == 1
