"""Finding things again: me, a customer by each key, nodes, and pages of history."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.caller import Caller, Json, cart
from tests.e2e.documents import CUSTOMER, FIND, ME, NODE
from tests.e2e.shop import Shop

PAGES = """query Pages($by: CustomerRef!, $first: Int, $after: String) { customer(by: $by) {
  %s(first: $first, after: $after) {
    edges { cursor node { %s } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
} }"""
HISTORY = PAGES.replace("%s(", "history(").replace("%s", "sequence")
REDEMPTIONS = PAGES.replace("%s(", "redemptions(").replace("%s", "id")


async def test_me_is_the_customer_of_the_token(asha: str, shopper: Caller):
    me = await shopper.ask(ME)
    assert me["externalId"] == asha
    assert me["points"]["available"] == 500


async def test_me_is_null_for_a_caller_that_is_no_customer(shop: Shop):
    assert await shop.backend.ask(ME) is None
    assert await shop.admin.ask(ME) is None


@pytest.mark.own_shop
@pytest.mark.parametrize("key", ["id", "externalId", "phone", "email"])
async def test_a_customer_is_found_by_each_of_its_keys(shop: Shop, key: str):
    facts: Json = {"phone": "+919812345678", "email": "Asha@Example.com"}
    asha = await shop.customer(points=7, **facts)
    found = await shop.backend.ask(CUSTOMER, by={"externalId": asha})
    assert (found["phone"], found["email"]) == ("+919812345678", "asha@example.com")
    value = facts.get(key) or found[key]
    assert await shop.backend.ask(CUSTOMER, by={key: value}) == found
    shopper = await shop.shopper(asha)
    assert await shopper.ask(CUSTOMER, by={key: value}) == found
    seen = await shop.backend.preview(customer={key: value})
    assert seen["balance"]["available"] == 7


async def test_a_node_is_fetched_again_by_its_id_whatever_its_type(
    shop: Shop, asha: str, shopper: Caller
):
    redemption = (await shopper.apply())["redemption"]
    me = await shopper.ask(ME)
    nodes = [
        await shopper.ask(NODE, id=each)
        for each in (me["id"], redemption["id"], redemption["rule"]["id"])
    ]
    assert nodes == [
        {"__typename": "Customer", "id": me["id"], "externalId": asha},
        {
            "__typename": "Redemption",
            "id": redemption["id"],
            "status": "HELD",
            "cartId": "cart-1",
        },
        {
            "__typename": "RedemptionRule",
            "id": redemption["rule"]["id"],
            "name": "1 point = ₹1, up to ₹100",
            "version": 1,
        },
    ]


@pytest.mark.parametrize("text", ["", "x", "Q3VzdG9tZXI6", "Q3VzdG9tZXI6MQ", "🙂", "a" * 10_000])
async def test_an_id_of_nothing_is_null(shop: Shop, shopper: Caller, text: str):
    for caller in (shop.backend, shopper):
        assert await caller.ask(NODE, id=text) is None
        assert await caller.ask(FIND, id=text) is None
        assert await caller.ask(CUSTOMER, by={"id": text}) is None


@pytest.mark.parametrize(
    ("document", "name", "key"),
    [
        (HISTORY, "history", "sequence"),
        (REDEMPTIONS, "redemptions", "id"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 4])
async def test_pages_follow_each_other_without_gap_or_repetition(
    shop: Shop, asha: str, document: str, name: str, key: str, size: int
):
    """What comes in between two pages stands before the first and shifts nothing."""
    for number in range(8):
        await shop.backend.apply(
            cart(cart_id=f"cart-{number}"), customer={"externalId": asha}, points=1
        )
    by, everything = {"externalId": asha}, 9 if name == "history" else 8
    seen: list[Json] = []
    after, pages = None, 0
    while True:
        page: Any = (await shop.backend.ask(document, by=by, first=size, after=after))[name]
        info, edges = page["pageInfo"], page["edges"]
        assert len(edges) == min(size, everything - len(seen))
        assert info["startCursor"] == edges[0]["cursor"]
        assert info["hasPreviousPage"] == (after is not None)
        seen += [edge["node"] for edge in edges]
        pages += 1
        await shop.backend.apply(cart(cart_id="late"), customer=by, points=pages)
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    whole = (await shop.backend.ask(document, by=by, first=100, after=None))[name]["edges"]
    assert seen == [edge["node"] for edge in whole][-everything:]
    assert len({each[key] for each in seen}) == everything == len(seen)


async def test_an_empty_page_has_no_cursor(shop: Shop):
    nobody = await shop.customer()
    page = (await shop.backend.ask(HISTORY, by={"externalId": nobody}))["history"]
    assert page == {
        "edges": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first": 0}, ["first"]),
        ({"first": 101}, ["first"]),
        ({"first": -1}, ["first"]),
        ({"first": 10, "after": ""}, ["after"]),
        ({"first": 10, "after": "nonsense"}, ["after"]),
        ({"first": 10, "after": "Q3VzdG9tZXI6MQ"}, ["after"]),
    ],
)
@pytest.mark.parametrize("document", [HISTORY, REDEMPTIONS])
async def test_an_impossible_page_is_refused_with_its_argument(
    shop: Shop, asha: str, document: str, wrong: Json, field: list[str]
):
    answer = await shop.backend.send(document, by={"externalId": asha}, **wrong)
    assert answer.error["code"] == "BAD_USER_INPUT"
    assert answer.error["field"] == field


async def test_the_largest_cursor_there_can_be_is_only_the_beginning(shop: Shop, asha: str):
    after = "Q3Vyc29yOjkyMjMzNzIwMzY4NTQ3NzU4MDc"  # Cursor:9223372036854775807
    page = await shop.backend.ask(HISTORY, by={"externalId": asha}, first=5, after=after)
    assert [edge["node"]["sequence"] for edge in page["history"]["edges"]] == [1]
