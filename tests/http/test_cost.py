"""What operations cost: told on request, bounded, and the same however they are written."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from graphql import GraphQLSchema, build_schema

from gateway.http.documents import DocumentCache
from gateway.http.limits import DocumentLimits
from tests.http.conftest import Serve
from tests.http.toy import Toy

SDL = """
type Query { shop: Shop  redemptionPreview: Preview  _entities(representations: [ID!]!): [Shop] }
type Mutation { pay: Preview }
type Preview { points: Int  discount: Money  offers: [Offer!]!  names: [String] }
type Offer { id: ID  discount: Money }
type Money { amount: String }
type Shop { id: ID  items(first: Int = 20): Items  all(first: Int): Items  next: Shop }
type Items { edges: [Edge]  nodes: [Shop] }
type Edge { cursor: String  node: Shop }
"""
SCHEMA: GraphQLSchema = build_schema(SDL)
ITEMS = "{ edges { cursor node { id } } }"  # an edge and its node: 2 an item


def cost(query: str, variables: dict[str, object] | None = None, name: str | None = None) -> int:
    return DocumentCache(SCHEMA, DocumentLimits()).get(query).cost(name, variables)


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("{ shop { id } }", 1),
        ("{ shop { next { next { id } } } }", 3),
        ("{ redemptionPreview { points names } }", 5),
        ("{ redemptionPreview { discount { amount } offers { id discount { amount } } } }", 12),
        ("mutation { pay { points discount { amount } } }", 11),
        ("{ a: shop { id } b: shop { id } c: shop { id } }", 3),
        ("{ shop { ...F ...F } } fragment F on Shop { next { id } }", 3),
        ("{ ... { shop { ... on Shop { next { id } } } } }", 2),
        ("{ shop { items " + ITEMS + " } }", 42),
        ("{ shop { items(first: 3) " + ITEMS + " } }", 8),
        ("{ shop { items(first: 1000) " + ITEMS + " } }", 202),
        ("{ shop { items(first: 99999999999) " + ITEMS + " } }", None),
        ("{ shop { items(first: 3) { nodes { items(first: 4) { nodes { id } } } } } }", 20),
        ('{ _entities(representations: ["a", "b"]) { next { id } } }', 3),
        ("{ shop { items(first: 30) { __typename } } }", 32),
        ("{ shop { items(first: 30) { edges { cursor } } } }", 32),
        ('{ _entities(representations: ["a", "b"]) { id } }', 3),
        ("{ __schema { types { name fields { name } } } }", 1),
    ],
)
def test_a_document_costs_what_its_answer_may_hold(query: str, units: int | None) -> None:
    if units is None:  # a number that is none is refused before
        with pytest.raises(Exception, match="GRAPHQL_VALIDATION_FAILED"):
            cost(query)
    else:
        assert cost(query) == units


@pytest.mark.parametrize(
    ("variables", "items"),
    [
        ({"n": 3}, 3),
        ({"n": 0}, 0),
        ({"n": 1_000_000}, 100),
        ({}, 7),
        (None, 7),
        ({"n": None}, 100),
        ({"n": -1}, 100),
        ({"n": True}, 100),
        ({"n": "3"}, 100),
        ({"n": {"a": 1}}, 100),
    ],
)
def test_a_page_size_by_variable_counts_as_given_and_an_odd_one_as_the_largest(
    variables: dict[str, object] | None, items: int
) -> None:
    query = "query ($n: Int = 7) { shop { items(first: $n) " + ITEMS + " } }"
    assert cost(query, variables) == 2 + 2 * items


def test_pages_within_pages_multiply() -> None:
    query = """query ($a: Int, $b: Int) {
      shop { items(first: $a) { nodes { items(first: $b) { nodes { id } } } } }
    }"""
    assert cost(query, {"a": 2, "b": 3}) == 2 + 2 * (1 + 1 + 3)
    assert cost(query, {"a": 100, "b": 100}) == 2 + 100 * (1 + 1 + 100)


def test_the_length_of_a_list_by_variable_counts() -> None:
    query = "query ($r: [ID!]!) { _entities(representations: $r) { next { id } } }"
    assert cost(query, {"r": ["a"] * 30}) == 31
    assert cost(query, {"r": ["a"] * 3000}) == 201


def test_each_operation_of_a_document_has_its_own_cost() -> None:
    query = "query A { shop { id } } query B { shop { next { id } } }"
    assert cost(query, name="A") == 1
    assert cost(query, name="B") == 2
    assert cost(query, name="C") == 1, "execution says that there is none"


ASKING = {"extensions": {"cost": True}}
TWICE = {"query": "{ hello me { me { hello } } }"}


async def test_the_cost_is_told_on_request_and_not_otherwise(client: httpx.AsyncClient) -> None:
    told = (await client.post("/graphql", json=TWICE | ASKING)).json()
    assert told["data"]["hello"] == "world"
    assert told["extensions"] == {"cost": {"requested": 3, "limit": 2000, "remaining": 1997}}
    by_get = await client.get("/graphql", params=TWICE | {"extensions": '{"cost":true}'})
    assert by_get.json() == told
    for silent in ({}, {"extensions": None}, {"extensions": {"cost": 1}}):
        assert "extensions" not in (await client.post("/graphql", json=TWICE | silent)).json()


async def test_an_answer_with_an_error_tells_its_cost_too(client: httpx.AsyncClient) -> None:
    query = {"query": '{ fail(how: "busy") }'}
    answer = (await client.post("/graphql", json=query | ASKING)).json()
    assert answer["errors"][0]["extensions"]["code"] == "OVERLOADED"
    assert answer["extensions"]["cost"]["requested"] == 1


@pytest.mark.parametrize("kind", ["application/json", "application/graphql-response+json"])
async def test_an_operation_above_the_ceiling_is_refused_and_not_run(
    serve: Serve, kind: str
) -> None:
    toy = Toy(limits=replace(DocumentLimits(), cost=2))
    async with serve(toy.endpoint) as client:
        answer = await client.post("/", json=TWICE, headers={"accept": kind})
    assert answer.status_code == (200 if kind == "application/json" else 400)
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert error["message"] == "The operation costs 3 units; at most 2 are allowed."
    assert "data" not in answer.json()
