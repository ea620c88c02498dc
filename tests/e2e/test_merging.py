"""A guest becomes a part of an account, as backends and shoppers see it."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from tests.e2e import documents as d
from tests.e2e.caller import Json, cart, code
from tests.e2e.shop import Shop
from tests.e2e.test_orders import complete, earning, refund
from tests.e2e.webhook import checkout

pytestmark = pytest.mark.own_shop

GUEST, ACCOUNT = {"externalId": "guest"}, {"externalId": "account"}


@pytest_asyncio.fixture(loop_scope="package")
async def two(shop: Shop) -> Shop:
    """A guest with 500 points, and an account with 100."""
    await shop.customer(500, 5_000, external_id="guest", phone="98123 45678")
    await shop.customer(100, external_id="account", phone="99999 00000")
    return shop


async def merge(shop: Shop, key: str = "merge-1", **given: Any) -> Json:
    wish = {"source": GUEST, "target": ACCOUNT, "idempotencyKey": key, **given}
    return await shop.backend.ask(d.MERGE, input=wish)


async def test_the_account_has_what_the_guest_had(two: Shop):
    merged = await merge(two)
    assert code(merged) is None
    assert merged["customer"]["points"]["available"] == 600
    assert merged["customer"]["storeCredit"]["available"]["amount"] == "50.00"
    assert [each["externalId"] for each in merged["customer"]["mergedFrom"]] == ["guest"]


async def test_to_merge_again_changes_nothing(two: Shop):
    await merge(two)
    for key in ("merge-1", "merge-2"):
        again = await merge(two, key)
        assert (code(again), again["replayed"]) == (None, True)
        assert again["customer"]["points"]["available"] == 600
    assert code(await merge(two, source=ACCOUNT)) == "IDEMPOTENCY_KEY_REUSED"
    assert code(await merge(two, "k", source=ACCOUNT)) == "SAME_CUSTOMER"
    assert code(await merge(two, "l", source={"externalId": "nobody"})) == "CUSTOMER_NOT_FOUND"


async def test_a_backend_reaches_the_account_by_the_guests_old_names(two: Shop):
    await merge(two)
    for by in (GUEST, {"phone": "98123 45678"}, ACCOUNT, {"phone": "+919999900000"}):
        found = await two.backend.ask(d.PERSON, by=by)
        assert found["externalId"] == "account", by
    held = await two.backend.apply(cart(), customer=GUEST, points=50)
    assert held["customer"]["points"]["available"] == 550
    done = await checkout(two, "guest").done("perform", amount="200", coin_value=10)
    assert done["points_balance"] == 540


async def test_the_guest_is_changed_no_more_but_the_account_is(two: Shop):
    await merge(two)
    changed = await two.backend.ask(d.UPSERT, input={**GUEST, "email": "a@example.com"})
    assert changed["customer"]["externalId"] == "account"
    assert changed["customer"]["email"] == "a@example.com"


async def test_a_token_of_the_guest_opens_nothing(two: Shop):
    guest = await two.shopper("guest")
    assert (await guest.ask(d.ME))["points"]["available"] == 500
    held = (await guest.apply(cart(), points=50))["redemption"]["id"]
    await merge(two)
    assert await guest.ask(d.ME) is None
    assert await guest.ask(d.CUSTOMER, by=ACCOUNT) is None
    assert code(await guest.apply(cart(cart_id="c2"), points=50)) == "CUSTOMER_NOT_FOUND"
    assert code(await guest.release(held)) == "REDEMPTION_NOT_FOUND"
    account = await two.shopper("account")
    assert (await account.ask(d.ME))["points"]["held"] == 50


async def test_a_hold_of_the_guest_is_captured_by_its_old_id(two: Shop):
    held = (await two.backend.apply(cart(), customer=GUEST, points=50))["redemption"]["id"]
    await merge(two)
    captured = await two.backend.capture(held)
    assert code(captured) is None
    assert captured["customer"]["points"]["available"] == 550
    assert code(await two.backend.refund(held)) is None
    assert (await two.backend.balance("account"))["available"] == 600


async def test_an_order_of_the_guest_is_refunded_to_the_account(two: Shop):
    await earning(two)
    held = (await two.backend.apply(cart(), customer=GUEST, points=100))["redemption"]["id"]
    assert code(await complete(two.backend, GUEST, redemptionId=held)) is None
    await merge(two)
    assert (await two.backend.balance("account"))["available"] == 540
    assert code(await refund(two.backend, "200.00")) is None
    assert (await two.backend.balance("account"))["available"] == 570


@pytest.mark.parametrize("buyer", [GUEST, ACCOUNT], ids=["held before", "held after"])
async def test_an_order_tells_its_redemption_across_a_merge(two: Shop, buyer: Json):
    """The guest has the order, told of by a refund; the account captures what pays for it."""
    assert code(await refund(two.backend, "100.00", customer=GUEST)) is None
    if buyer is ACCOUNT:
        await merge(two)
    held = (await two.backend.apply(cart(), customer=buyer, points=100))["redemption"]["id"]
    if buyer is GUEST:
        await merge(two)
    done = await complete(two.backend, GUEST, redemptionId=held)
    assert code(done) is None, done
    assert done["order"]["redemption"]["status"] == "CAPTURED"
    asked = """query Both($id: String!) { loyaltyOrder(id: $id) {
      redemption { id status refundedPoints customer { externalId } } } }"""
    found = (await two.backend.ask(asked, id="o-1"))["redemption"]
    assert found == {
        "id": found["id"],
        "status": "CAPTURED",
        "refundedPoints": 25,
        "customer": {"externalId": "account"},
    }
    assert (await two.backend.ask(d.FIND, id=found["id"]))["status"] == "CAPTURED"


async def test_the_history_of_both_stays_readable(two: Shop):
    guest = (await two.backend.ask(d.PERSON, by=GUEST))["id"]
    await merge(two)
    theirs = await two.backend.everything("account")
    kinds = [edge["node"]["kind"] for edge in theirs["history"]["edges"]]
    assert kinds == ["MERGE", "GRANT"]
    old = await two.backend.ask(d.PERSON, by={"id": guest})
    account = await two.backend.ask(d.PERSON, by=ACCOUNT)
    assert (old["mergedInto"], old["points"]["available"]) == (account["id"], 0)
    edges = (await two.backend.ask(d.EVERYTHING, by={"id": guest}))["history"]["edges"]
    assert [edge["node"]["kind"] for edge in edges] == ["MERGE", "GRANT"]
    assert edges[0]["node"]["reason"] == account["id"]


async def test_merchants_do_not_meet(two: Shop, other_shop: Shop):
    await other_shop.customer(external_id="theirs")
    refused = await merge(two, source={"externalId": "theirs"})
    assert code(refused) == "CUSTOMER_NOT_FOUND"
    assert refused["userErrors"][0]["field"] == ["source"]
