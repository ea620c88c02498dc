"""What staff see of customers: found, with their lots, their journal, and why so many points."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.ids import to_global_id
from gateway.services.staff import Role
from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, cart
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop
from tests.e2e.staff import person

pytestmark = pytest.mark.own_shop

DAY = 86_400
FIND = """query($search: String, $first: Int, $after: String) { merchant {
  customers(search: $search, first: $first, after: $after) {
    edges { cursor node { id externalId erasedAt points { available } } }
    pageInfo { hasNextPage endCursor } } } }"""
LOTS = """query($by: CustomerRef!, $first: Int, $after: String, $wallet: Wallet, $usedUp: Boolean) {
  customer(by: $by) { lots(first: $first, after: $after, wallet: $wallet, usedUp: $usedUp) {
    edges { cursor node { source reason amount pending available held spent expired expiresAt } }
    pageInfo { hasNextPage endCursor } } } }"""
TRACE = """query($id: ID!) { redemption(id: $id) { points trace { cartTotal { amount }
  minimumPayment { amount } availablePoints maximumPoints fewerAsked confirmed
  limits { kind points discount { amount } } } } }"""
JOURNAL = """query($by: CustomerRef!) { customer(by: $by) { history {
  edges { node { kind cartId orderId } } } } }"""


def at(clock: Clock, days: float) -> str:
    return datetime.fromtimestamp(clock() / 1e6 + days * DAY, UTC).isoformat()


async def search(caller: Caller, text: str | None = None, **more: Any) -> list[str]:
    found = (await caller.ask(FIND, search=text, **more))["customers"]
    return [edge["node"]["externalId"] for edge in found["edges"]]


async def lots(shop: Shop, who: str, **more: Any) -> list[Json]:
    found = await shop.admin.ask(LOTS, by={"externalId": who}, **more)
    return [edge["node"] for edge in found["lots"]["edges"]]


async def test_support_finds_a_customer_who_was_merged_and_nobody_who_was_forgotten(shop: Shop):
    support = await person(shop, Role.SUPPORT)
    account = await shop.customer(100, phone="98123 45678")
    await shop.customer(20, external_id="guest-7", phone="98123 45679")
    merged = {"source": {"externalId": "guest-7"}, "target": {"externalId": account}}
    await shop.admin.ask(d.MERGE, input=merged | {"idempotencyKey": "m"})
    for text in ("guest-7", "98123-45679", "+91 98123 45678", account, account[-5:]):
        found = (await support.ask(FIND, search=text))["customers"]["edges"]
        assert [each["node"]["points"]["available"] for each in found] == [120], text
    assert await search(support, "guest") == []
    gone = (await support.ask(FIND, search=account))["customers"]["edges"][0]["node"]["id"]
    await shop.admin.ask(d.ERASE, input={"customer": {"id": gone}})
    assert await search(support, "98123 45678") == await search(support) == []
    assert await search(support, gone) == []
    seen = await support.ask("query($id: ID!) { customer(by: {id: $id}) { erasedAt } }", id=gone)
    assert seen["erasedAt"] is not None


async def test_a_cursor_of_elsewhere_is_refused_and_leads_to_nobody(shop: Shop, other_shop: Shop):
    for number in range(3):
        await shop.customer(external_id=f"here-{number}")
        await other_shop.customer(external_id=f"there-{number}")
    theirs = (await other_shop.admin.ask(FIND, search="there", first=1))["customers"]
    page = (await shop.admin.ask(FIND, search="here", first=2))["customers"]["pageInfo"]
    assert await search(shop.admin, "here", after=page["endCursor"]) == ["here-2"]
    journal = to_global_id("Cursor", 1)
    for after in (
        theirs["pageInfo"]["endCursor"],
        journal,
        "x",
        to_global_id("CustomerCursor", 9, 1),
    ):
        for text in ("here", None):
            answer = await shop.admin.send(FIND, search=text, after=after)
            assert answer.error == {"code": "BAD_USER_INPUT", "field": ["after"]}
    for first in (0, 101, -1):
        answer = await shop.admin.send(FIND, first=first)
        assert answer.error == {"code": "BAD_USER_INPUT", "field": ["first"]}
    answer = await shop.admin.send(FIND, search="9" * 256)
    assert answer.error == {"code": "BAD_USER_INPUT", "field": ["search"]}


async def test_lots_lie_in_the_order_in_which_they_are_spent(shop: Shop, clock: Clock):
    asha = await shop.customer(credit_minor=5_000)
    for points, days in ((10, None), (20, 9), (30, 2), (40, 9)):
        given = {} if days is None else {"expiresAt": at(clock, days)}
        await shop.admin.adjust(asha, points, **given)
    assert [lot["amount"] for lot in await lots(shop, asha)] == [30, 20, 40, 10]
    first = (await shop.admin.ask(LOTS, by={"externalId": asha}, first=2))["lots"]["pageInfo"]
    rest = await lots(shop, asha, first=2, after=first["endCursor"])
    assert [lot["amount"] for lot in rest] == [40, 10]
    (credit,) = await lots(shop, asha, wallet="CREDITS")
    assert (credit["amount"], credit["reason"], credit["expiresAt"]) == (5_000, "a test", None)
    held = await shop.backend.apply(customer={"externalId": asha}, points=60)
    assert [lot["held"] for lot in await lots(shop, asha)] == [30, 20, 10, 0]
    await shop.backend.capture(held["redemption"]["id"])
    used = await lots(shop, asha, usedUp=True)
    assert [(lot["amount"], lot["spent"]) for lot in used] == [(30, 30), (20, 20)]
    clock.advance(10 * DAY)
    shown = {lot["amount"]: (lot["available"], lot["expired"]) for lot in await lots(shop, asha)}
    assert shown[40] == (0, 30)
    assert shown[10] == (10, 0)
    bad = await shop.admin.send(LOTS, by={"externalId": asha}, after=to_global_id("Cursor", 1))
    assert bad.error == {"code": "BAD_USER_INPUT", "field": ["after"]}


async def test_a_trace_says_what_bounded_a_redemption(shop: Shop):
    asha = {"externalId": await shop.customer(500)}
    most = await shop.backend.apply(cart(cart_id="a"), customer=asha)
    traced = (await shop.admin.ask(TRACE, id=most["redemption"]["id"]))["trace"]
    limit = {"kind": "MAX_DISCOUNT", "points": 100, "discount": {"amount": "100.00"}}
    assert traced == {
        "cartTotal": {"amount": "500.00"},
        "minimumPayment": {"amount": "100.00"},
        "availablePoints": 500,
        "maximumPoints": 100,
        "fewerAsked": False,
        "confirmed": True,
        "limits": [limit],
    }
    few = await shop.backend.apply(cart("50", "b"), customer=asha, points=7)
    traced = (await shop.admin.ask(TRACE, id=few["redemption"]["id"]))["trace"]
    assert (traced["availablePoints"], traced["maximumPoints"]) == (400, 40)
    assert (traced["fewerAsked"], traced["confirmed"]) == (True, True)
    assert [limit["kind"] for limit in traced["limits"]] == ["REQUESTED_POINTS"]
    again = await shop.backend.apply(cart("50", "b"), customer=asha)
    traced = (await shop.admin.ask(TRACE, id=again["redemption"]["id"]))["trace"]
    assert (traced["availablePoints"], traced["maximumPoints"]) == (400, 40)
    assert [limit["kind"] for limit in traced["limits"]] == ["MIN_PAYMENT"]


async def test_a_trace_goes_by_the_rule_as_it_was_and_store_credit_has_none(shop: Shop):
    asha = {"externalId": await shop.customer(500, credit_minor=3_000)}
    both = await shop.backend.apply(customer=asha, wallets="COINS_AND_CREDITS")
    rule = (await shop.admin.ask(d.FIND, id=both["redemption"]["id"]))["rule"]
    await shop.admin.ask(d.ARCHIVE_RULE, input={"id": rule["id"]})
    await shop.backend.capture(both["redemption"]["id"], order="o-1")
    traced = (await shop.admin.ask(TRACE, id=both["redemption"]["id"]))["trace"]
    assert (traced["maximumPoints"], traced["confirmed"]) == (100, True)
    found = await shop.admin.ask(JOURNAL, by=asha)
    steps = [(e["node"]["kind"], e["node"]["cartId"]) for e in found["history"]["edges"]]
    assert steps == [("CAPTURE", "cart-1"), ("HOLD", "cart-1"), ("GRANT", None)]
    assert found["history"]["edges"][0]["node"]["orderId"] == "o-1"
    alone = {"externalId": await shop.customer(credit_minor=3_000)}
    credit = await shop.backend.apply(cart(), customer=alone, wallets="CREDITS")
    assert (await shop.admin.ask(TRACE, id=credit["redemption"]["id"]))["trace"] is None


async def test_lots_and_traces_are_for_staff(shop: Shop, asha: str, shopper: Caller):
    held = (await shopper.apply())["redemption"]["id"]
    for caller in (shopper, shop.backend):
        for document, given in ((LOTS, {"by": {"externalId": asha}}), (TRACE, {"id": held})):
            answer = await caller.send(document, **given)
            assert answer.error["code"] == "FORBIDDEN"
        assert (await caller.send(FIND, search=asha)).error["code"] == "FORBIDDEN"
    support = await person(shop, Role.SUPPORT)
    assert (await support.ask(TRACE, id=held))["trace"]["confirmed"]
