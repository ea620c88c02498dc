"""A router resolves customers that another subgraph named."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.services import customers
from tests.e2e.caller import Answer, Caller, Json
from tests.e2e.serving import Served
from tests.e2e.shop import Shop, open_shop

ENTITIES = """query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Customer {
      externalId phone tier points { available } storeCredit { available { amount } }
    }
  }
}"""


def named(*external_ids: object) -> list[Json]:
    return [{"__typename": "Customer", "externalId": each} for each in external_ids]


async def resolve(caller: Caller, *external_ids: object) -> list[Any]:
    return await caller.ask(ENTITIES, representations=named(*external_ids))


async def test_a_backend_gets_the_customers_it_names_in_their_order(
    shop: Shop, asha: str, ravi: str
):
    found = await resolve(shop.backend, ravi, "nobody", asha, ravi, "a\x00b")
    his = {
        "__typename": "Customer",
        "externalId": ravi,
        "phone": None,
        "tier": None,
        "points": {"available": 7},
        "storeCredit": {"available": {"amount": "2.50"}},
    }
    hers = {
        "__typename": "Customer",
        "externalId": asha,
        "phone": "+919812345678",
        "tier": "gold",
        "points": {"available": 500},
        "storeCredit": {"available": {"amount": "0.00"}},
    }
    assert found == [his, None, hers, his, None]
    assert await resolve(shop.admin, asha) == [hers]
    assert await resolve(shop.backend) == []


async def test_a_shopper_gets_herself_alone(shop: Shop, asha: str, ravi: str):
    """The answer for another customer is that for one who is not there."""
    shopper = await shop.shopper(asha)
    found = await resolve(shopper, ravi, asha, "nobody")
    assert [each and each["externalId"] for each in found] == [None, asha, None]


async def test_nobody_else_gets_anything(served: Served, shop: Shop, asha: str):
    representations = named(asha)
    for caller, code in ((shop.page, "FORBIDDEN"), (Caller(served.http, {}), "UNAUTHENTICATED")):
        answer = await caller.send(ENTITIES, representations=representations)
        assert answer.error == {"code": code}
        assert answer.body["data"] is None
    other = await open_shop(served)
    assert await resolve(other.backend, asha) == [None]


async def test_many_customers_cost_no_query_each(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, engine: str
):
    people = [await shop.customer(points=number + 1) for number in range(20)]
    asked: list[str] = []
    statement, store = customers.statement, shop.served.gateway.store
    read = store.read

    async def counted(sql: str, *values: object) -> Any:
        asked.append(sql)
        return await statement(sql, *values)

    async def counted_read(*given: Any) -> Any:
        asked.append("balances")
        return await read(*given)

    monkeypatch.setattr(customers, "statement", counted)
    monkeypatch.setattr(store, "read", counted_read)
    found = await resolve(shop.backend, *people)
    assert [each["points"]["available"] for each in found] == list(range(1, 21))
    # One for who they are; one for the first that asks for a balance, one for all who waited.
    assert len(asked) <= 3, asked


WRONG: list[tuple[Any, list[str]]] = [
    ([{"__typename": "Customer"}], ["representations", "0", "externalId"]),
    (named("a", 5), ["representations", "1", "externalId"]),
    (named(None), ["representations", "0", "externalId"]),
    ([{"__typename": "Money", "externalId": "a"}], ["representations", "0", "__typename"]),
    ([{"__typename": ["Customer"]}], ["representations", "0", "__typename"]),
    ([{"externalId": "a"}], ["representations", "0", "__typename"]),
    (["Customer"], ["representations", "0"]),
    (named(*map(str, range(201))), ["representations"]),
]


async def test_what_is_no_representation_is_refused_by_its_place(shop: Shop):
    for representations, field in WRONG:
        answer: Answer = await shop.backend.send(ENTITIES, representations=representations)
        assert answer.error == {"code": "BAD_USER_INPUT", "field": field}


async def test_a_representation_may_stand_in_the_document(shop: Shop, asha: str):
    document = f"""{{ _entities(representations: [
      {{ __typename: "Customer", externalId: "{asha}" }}
    ]) {{ ... on Customer {{ points {{ available }} }} }} }}"""
    assert await shop.backend.ask(document) == [{"points": {"available": 500}}]


async def test_everything_else_works_as_it_does_without_federation(shop: Shop, asha: str):
    shopper = await shop.shopper(asha)
    held = await shopper.apply(points=50)
    assert held["redemption"]["points"] == 50
    paid = await shop.backend.capture(held["redemption"]["id"])
    assert paid["redemption"]["status"] == "CAPTURED"
    (entity,) = await resolve(shopper, asha)
    assert entity["points"]["available"] == 450
