"""Automatic persisted queries: a client sends a hash, and the text where the hash is not known."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
import pytest

from tests.http.asgi import Exchange, get, post_json
from tests.http.toy import Toy

QUERY = "query Hello { hello }"
ANSWER = {"data": {"hello": "world"}}
NOT_FOUND = ("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollo(text: str, **more: Any) -> dict[str, Any]:
    """What Apollo's and urql's links put beside the query, or in its place."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_of(text), **more}}}


def refused(exchange: Exchange) -> tuple[str, str]:
    assert "data" not in exchange.json
    [error] = exchange.json["errors"]
    return error["message"], error["extensions"]["code"]


async def sent(toy: Toy, **body: object) -> Exchange:
    return await post_json(toy.endpoint, body)


async def test_an_unknown_hash_is_answered_as_the_links_of_apollo_and_urql_expect(toy: Toy):
    exchange = await sent(toy, **apollo(QUERY))
    assert refused(exchange) == NOT_FOUND
    assert exchange.status == 200  # for application/json: other statuses are network errors to some
    assert exchange.headers[b"cache-control"] == b"no-store"


async def test_a_text_sent_with_its_hash_is_run_and_then_found_by_the_hash_alone(toy: Toy):
    assert (await sent(toy, query=QUERY, **apollo(QUERY))).json == ANSWER
    assert (await sent(toy, **apollo(QUERY))).json == ANSWER
    assert (await sent(toy, query=None, **apollo(QUERY, miss=True))).json == ANSWER
    assert (await sent(toy, query="", documentId=f"sha256:{hash_of(QUERY)}")).json == ANSWER


@pytest.mark.parametrize("way", ["documentId", "doc_id", "id"])
async def test_a_hash_is_a_document_id_as_well(toy: Toy, way: str):
    name = f"sha256:{hash_of(QUERY)}"
    assert refused(await sent(toy, **{way: name})) == NOT_FOUND
    assert (await sent(toy, query=QUERY, documentId=name)).json == ANSWER
    assert (await sent(toy, **{way: name})).json == ANSWER
    assert (await get(toy.endpoint, **{way: name})).json == ANSWER


async def test_a_query_by_get_may_be_named_and_is_never_kept_by_caches(toy: Toy):
    await sent(toy, query=QUERY, **apollo(QUERY))
    extensions = orjson.dumps(apollo(QUERY)["extensions"]).decode()
    exchange = await get(toy.endpoint, operationName="Hello", extensions=extensions)
    assert (exchange.status, exchange.json) == (200, ANSWER)
    assert exchange.headers[b"cache-control"] == b"no-store"


async def test_a_mutation_that_is_named_by_get_is_405_and_not_run(toy: Toy):
    text = "mutation { bump }"
    assert (await sent(toy, query=text, **apollo(text))).json == {"data": {"bump": 1}}
    exchange = await get(toy.endpoint, documentId=f"sha256:{hash_of(text)}")
    assert (exchange.status, exchange.headers[b"allow"]) == (405, b"POST")
    assert toy.bumped == 1


@pytest.mark.parametrize("way", ["apollo", "documentId", "bare"])
async def test_a_hash_of_another_text_is_refused_and_nothing_is_run_or_kept(toy: Toy, way: str):
    wrong = hash_of(QUERY)
    names = {"apollo": apollo(QUERY), "documentId": {"documentId": f"sha256:{wrong}"}}
    body = names.get(way, {"doc_id": wrong})
    message, code = refused(await sent(toy, query="mutation { bump }", **body))
    assert code == "BAD_USER_INPUT"
    assert message.startswith("The id is not the SHA-256 of the document's text")
    assert toy.bumped == 0
    assert refused(await sent(toy, **apollo(QUERY))) == NOT_FOUND


@pytest.mark.parametrize("text", ["{ nope }", "{", "mutation { a: charge  b: charge }"])
async def test_only_valid_documents_are_kept(toy: Toy, text: str):
    assert refused(await sent(toy, query=text, **apollo(text)))[1].startswith("GRAPHQL_")
    assert refused(await sent(toy, **apollo(text))) == NOT_FOUND


async def test_whoever_is_throttled_or_unknown_registers_nothing(toy: Toy):
    toy.throttled = True
    assert refused(await sent(toy, query=QUERY, **apollo(QUERY)))[1] == "THROTTLED"
    toy.throttled = False
    body = {"query": QUERY, **apollo(QUERY)}
    assert (await post_json(toy.endpoint, body, path="/nobody")).json == ANSWER
    assert refused(await sent(toy, **apollo(QUERY))) == NOT_FOUND


async def test_a_caller_who_registers_without_end_pushes_out_its_own_documents_alone(toy: Toy):
    await post_json(toy.endpoint, {"query": QUERY, **apollo(QUERY)}, path="/asha")
    flood = [f"{{ a{number}: hello }}" for number in range(60)]
    for text in flood:
        await post_json(toy.endpoint, {"query": text, **apollo(text)}, path="/mallory")
    assert (await sent(toy, **apollo(QUERY))).json == ANSWER
    assert refused(await sent(toy, **apollo(flood[0]))) == NOT_FOUND
    assert (await sent(toy, **apollo(flood[-1]))).json == {"data": {"a59": "world"}}
