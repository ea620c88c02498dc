"""The subgraph's schema: shown where introspection is open, else kept."""

from __future__ import annotations

import pytest

from schema.subgraph import subgraph_sdl
from tests.e2e.caller import Caller
from tests.e2e.serving import Served
from tests.e2e.shop import Shop
from tests.schema.facts import PUBLISHED


async def test_the_schema_shown_is_the_one_that_is_exported(shop: Shop):
    for caller in (shop.backend, shop.page):
        shown = await caller.ask("{ _service { sdl } }")
        assert shown["sdl"] == subgraph_sdl(PUBLISHED.read_text("utf-8").removesuffix("\n"))


@pytest.mark.closed
@pytest.mark.parametrize(
    "document",
    [
        "{ _service { sdl } }",
        "{ a: _service { sdl } }",
        "{ ...S } fragment S on Query { _service { b: sdl } }",
        "{ ... @include(if: false) { _service { __typename } } }",
    ],
)
async def test_where_introspection_is_off_the_schema_is_kept(served: Served, document: str):
    answer = await Caller(served.http, {}).send(document)
    (error,) = answer.body["errors"]
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}
    assert error["message"].startswith("GraphQL introspection has been disabled")
    assert "data" not in answer.body


@pytest.mark.closed
async def test_where_introspection_is_off_entities_are_resolved_all_the_same(shop: Shop, asha: str):
    document = """query ($who: [_Any!]!) { _entities(representations: $who) {
      ... on Customer { externalId } } }"""
    who = [{"__typename": "Customer", "externalId": asha}]
    assert await shop.backend.ask(document, who=who) == [{"externalId": asha}]
