"""Names of documents that are malformed, contradict each other or are sent to do harm."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.http.asgi import get, post_json
from tests.http.test_registering import QUERY, apollo, hash_of, refused
from tests.http.toy import Toy

TEXT = "must be a string of 1 to 256 characters."
OBJECT = "`extensions.persistedQuery` must be an object."
VERSION = "`extensions.persistedQuery.version` must be 1."
TWO = "The request names two documents: name one."


def persisted(given: object) -> dict[str, object]:
    return {"extensions": {"persistedQuery": given}}


@pytest.mark.parametrize("beside", [{}, {"query": "mutation { bump }"}])
@pytest.mark.parametrize(
    ("body", "message"),
    [
        *(({"documentId": value}, TEXT) for value in (7, True, ["a"], {"a": 1}, "", "x" * 257)),
        ({"doc_id": 7}, f"`doc_id` {TEXT}"),
        *((persisted(value), OBJECT) for value in ("a", ["a"], 1)),
        *((persisted(value), VERSION) for value in ({}, {"version": 2}, {"version": "1"})),
        *((persisted({"version": 1, "sha256Hash": value}), TEXT) for value in (None, 7, "x" * 257)),
        ({"documentId": "a", "doc_id": "b"}, TWO),
        ({"documentId": "a", **apollo(QUERY)}, TWO),
    ],
)
async def test_a_malformed_name_is_400_and_says_what_is_allowed(
    toy: Toy, beside: dict[str, str], body: dict[str, Any], message: str
):
    exchange = await post_json(toy.endpoint, {**beside, **body})
    assert exchange.status == 400
    said, code = refused(exchange)
    assert (said.endswith(message), code) == (True, "BAD_USER_INPUT")
    assert toy.bumped == 0


@pytest.mark.parametrize(
    "name", ["__proto__", "constructor", "नमस्ते", "\x00", "../../etc/passwd", "sha256:", "x-a:b"]
)
async def test_a_strange_name_is_only_unknown(toy: Toy, name: str):
    exchanges = [
        await post_json(toy.endpoint, {"documentId": name}),
        await post_json(toy.endpoint, persisted({"version": 1, "sha256Hash": name})),
        await get(toy.endpoint, documentId=name),
    ]
    for exchange in exchanges:
        assert refused(exchange)[1] == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_hash_in_upper_case_is_another_name(toy: Toy):
    name = f"sha256:{hash_of(QUERY).upper()}"
    assert refused(await post_json(toy.endpoint, {"documentId": name, "query": QUERY}))[0]
    assert refused(await post_json(toy.endpoint, {"documentId": name}))[1].endswith("NOT_FOUND")


async def test_names_that_agree_are_one(toy: Toy):
    name = f"sha256:{hash_of(QUERY)}"
    body = {"query": QUERY, "documentId": name, "doc_id": hash_of(QUERY), **apollo(QUERY)}
    assert (await post_json(toy.endpoint, body)).json == {"data": {"hello": "world"}}


@pytest.mark.parametrize("number", [7, "operation-7", {"a": 1}, None])
async def test_beside_a_query_an_id_is_a_number_of_the_clients_own(toy: Toy, number: object):
    exchange = await post_json(toy.endpoint, {"query": QUERY, "id": number})
    assert exchange.json == {"data": {"hello": "world"}}


async def test_an_id_that_nobody_can_check_does_not_keep_a_query_from_running(toy: Toy):
    """As Relay sends it while its manifest is not deployed; the id alone is unknown."""
    exchange = await post_json(toy.endpoint, {"query": QUERY, "doc_id": "a" * 32})
    assert exchange.json == {"data": {"hello": "world"}}
    exchange = await post_json(toy.endpoint, {"doc_id": "a" * 32})
    assert refused(exchange)[1] == "PERSISTED_QUERY_NOT_FOUND"


async def test_neither_a_query_nor_a_name_is_400(toy: Toy):
    for body in ({}, {"query": None}, {"query": 7, "id": None}, {"extensions": {}}):
        exchange = await post_json(toy.endpoint, body)
        assert exchange.status == 400
        assert refused(exchange)[0].startswith("`query` must be a string")


async def test_a_query_of_another_type_is_refused_beside_a_name(toy: Toy):
    exchange = await post_json(toy.endpoint, {"query": 7, "documentId": "a"})
    assert (exchange.status, refused(exchange)[1]) == (400, "BAD_USER_INPUT")


async def test_an_id_of_a_megabyte_costs_next_to_nothing_and_is_not_repeated():
    toy = Toy(max_body_bytes=3_000_000)
    for body in ({"documentId": "x" * 10**6}, persisted({"version": 1, "sha256Hash": "é" * 10**6})):
        start = time.process_time()
        exchange = await post_json(toy.endpoint, body)
        assert time.process_time() - start < 0.1
        assert (exchange.status, len(exchange.sent[1]["body"]) < 300) == (400, True)
