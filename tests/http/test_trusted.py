"""Trusted documents: by id, by hash, by exact text; and, where nothing else is trusted, only so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http.asgi import Exchange, get, post_json
from tests.http.test_registering import ANSWER, NOT_FOUND, QUERY, apollo, hash_of, refused
from tests.http.toy import Toy

BUMP = "mutation Bump { bump }"
TWO = "query A { hello } query B { number: hello }"
MANIFEST = {
    "aa2e1e8deb8bba7cd0a6f4d3b9f0dc4c": QUERY,  # as Relay's older compilers write it
    f"sha256:{hash_of(BUMP)}": BUMP,
    "two": TWO,
}
NOT_SUPPORTED = ("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"


@pytest.fixture(params=[True, False], ids=["trusted only", "others too"])
def toy(request: pytest.FixtureRequest) -> Toy:
    return Toy(trusted=MANIFEST, trusted_only=request.param)


@pytest.fixture
def only() -> Toy:
    return Toy(trusted=MANIFEST, trusted_only=True)


async def sent(toy: Toy, **body: object) -> Exchange:
    return await post_json(toy.endpoint, body)


@pytest.mark.parametrize("way", ["documentId", "doc_id", "id"])
async def test_a_document_runs_by_the_id_of_its_manifest(toy: Toy, way: str):
    for name, text in MANIFEST.items():
        if text is QUERY:
            assert (await sent(toy, **{way: name}, query="")).json == ANSWER
            assert (await get(toy.endpoint, **{way: name})).json == ANSWER
    assert (await sent(toy, **{way: f"sha256:{hash_of(BUMP)}"})).json == {"data": {"bump": 1}}
    assert (await get(toy.endpoint, **{way: f"sha256:{hash_of(BUMP)}"})).status == 405
    assert toy.bumped == 1


async def test_a_document_runs_by_its_hash_and_by_its_text_whatever_its_id(toy: Toy):
    assert (await sent(toy, documentId=f"sha256:{hash_of(QUERY)}")).json == ANSWER
    assert (await sent(toy, **apollo(QUERY))).json == ANSWER
    assert (await sent(toy, query=QUERY)).json == ANSWER
    assert (await sent(toy, query=QUERY, **apollo(QUERY))).json == ANSWER


async def test_apollos_link_may_send_an_id_of_the_manifest_as_its_hash(toy: Toy):
    given = {"persistedQuery": {"version": 1, "sha256Hash": "two"}}
    exchange = await sent(toy, extensions=given, operationName="A")
    assert exchange.json == ANSWER


async def test_of_a_named_document_the_operation_is_chosen_by_name(toy: Toy):
    assert (await sent(toy, documentId="two", operationName="B")).json["data"]["number"]
    assert "operation name" in refused(await sent(toy, documentId="two"))[0]


async def test_an_id_with_another_text_is_refused_and_nothing_runs(toy: Toy):
    for name in MANIFEST:
        message, code = refused(await sent(toy, documentId=name, query="mutation { bump }"))
        assert (message[:6], code) == ("The id", "BAD_USER_INPUT")
    assert toy.bumped == 0


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{ hello }"},
        {"query": QUERY + " "},
        {"query": "{ __schema { types { name } } }"},
        {"query": "{"},
        {"query": "{ hello }", "documentId": "unknown"},
        {"query": "{ hello }", **apollo("{ hello }")},
    ],
)
async def test_where_nothing_else_is_trusted_any_other_text_is_refused(
    only: Toy, body: dict[str, Any]
):
    assert refused(await sent(only, **body))[1] == NOT_TRUSTED
    status = (await post_json(only.endpoint, body)).status
    assert status == 200  # the media type is application/json


async def test_where_nothing_else_is_trusted_clients_are_told_not_to_register(only: Toy):
    assert refused(await sent(only, **apollo("{ hello }"))) == NOT_SUPPORTED
    assert refused(await sent(only, query="{ hello }", **apollo("{ hello }")))[1] == NOT_TRUSTED
    assert refused(await sent(only, **apollo("{ hello }"))) == NOT_SUPPORTED
    assert refused(await sent(only, documentId="unknown")) == NOT_FOUND


async def test_a_caller_without_a_right_is_refused_before_its_document_is_looked_for(only: Toy):
    only.refusal = RuntimeError("no credential")
    assert refused(await sent(only, documentId="unknown"))[1] == "INTERNAL_SERVER_ERROR"


async def test_no_flood_of_other_documents_pushes_out_what_is_parsed_of_trusted_ones():
    toy = Toy(trusted=MANIFEST, cache_size=5)
    before = toy.persisted.trusted.get(QUERY)
    for number in range(6):
        await sent(toy, query=f"{{ a{number}: hello }}")
    assert toy.persisted.trusted.get(QUERY) is before is not None
