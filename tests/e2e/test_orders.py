"""Orders over the wire: completed, cancelled, refunded, by a backend that may have lost track."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop

RATE: Json = {"name": "1 point per ₹10", "kind": "ORDER", "points": 1, "per": money("10.00")}
CREATE_EARNING = """mutation ($input: CreateEarningRuleInput!) {
  createEarningRule(input: $input) { rule { id } userErrors { code message field } }
}"""


@pytest.fixture
def buyer(asha: str) -> Json:
    return {"externalId": asha}


async def earning(shop: Shop, **changes: Any) -> str:
    made = await shop.admin.ask(CREATE_EARNING, input={"rule": {**RATE, **changes}})
    assert code(made) is None, made
    return made["rule"]["id"]


async def complete(caller: Caller, buyer: Json, order: str = "o-1", **given: Any) -> Json:
    total = given.pop("total", "500.00")
    lines = given.pop("lines", None)
    told = {"id": order, "total": money(total)} | ({"lines": lines} if lines else {})
    return await caller.ask(d.COMPLETE_ORDER, input={"customer": buyer, "order": told, **given})


async def cancel(caller: Caller, order: str = "o-1", **given: Any) -> Json:
    return await caller.ask(d.CANCEL_ORDER, input={"orderId": order, **given})


async def refund(
    caller: Caller, amount: str | None = None, order: str = "o-1", **given: Any
) -> Json:
    what = {} if amount is None else {"amount": money(amount)}
    fact = {"orderId": order, "refundId": f"r-{amount}", **what, **given}
    return await caller.ask(d.REFUND_ORDER, input=fact)


async def test_the_loop_from_earning_to_earning_again(shop: Shop, asha: str, buyer: Json):
    """Asha pays with 100 points, earns on what she paid, returns a part, and cancels in the end."""
    rule = await earning(shop)
    start = (await shop.backend.balance(asha))["available"]
    held = (await shop.backend.apply(customer=buyer))["redemption"]["id"]
    done = await complete(shop.backend, buyer, redemptionId=held)
    order = done["order"]
    assert (order["status"], order["earnedPoints"]) == ("COMPLETED", 40)
    assert (order["total"], order["paid"]) == ({"amount": "500.00"}, {"amount": "400.00"})
    assert order["earnings"] == [
        {
            "ruleId": rule,
            "ruleVersion": 1,
            "points": 40,
            "spend": {"amount": "400.00"},
            "multiplier": "1",
        }
    ]
    assert order["redemption"]["status"] == "CAPTURED"
    assert done["customer"]["points"]["available"] == start - 60
    back = await refund(shop.backend, "100.00")
    assert (back["order"]["status"], back["order"]["clawedBackPoints"]) == ("PARTLY_REFUNDED", 10)
    assert back["order"]["redemption"]["refundedPoints"] == 25
    assert back["customer"]["points"]["available"] == start - 45
    gone = await cancel(shop.backend)
    assert gone["order"]["status"] == "CANCELLED"
    assert gone["customer"]["points"]["available"] == start
    assert await shop.backend.ask(d.FIND_ORDER, id="o-1") == gone["order"]


async def test_everything_may_be_told_twice(shop: Shop, buyer: Json):
    await earning(shop)
    for tell in (
        lambda: complete(shop.backend, buyer),
        lambda: refund(shop.backend, "100.00"),
        lambda: cancel(shop.backend),
    ):
        first, again = await tell(), await tell()
        assert not first["replayed"]
        assert again["replayed"]
        assert again["order"] == first["order"]


async def test_a_cancel_that_comes_first_counts_when_the_order_is_completed(
    shop: Shop, asha: str, buyer: Json
):
    await earning(shop)
    start = (await shop.backend.balance(asha))["available"]
    assert code(await cancel(shop.backend)) == "ORDER_NOT_FOUND"
    early = await cancel(shop.backend, customer=buyer)
    assert (early["order"]["status"], early["order"]["paid"]) == ("CANCELLED", None)
    late = await complete(shop.backend, buyer)
    assert (late["order"]["earnedPoints"], late["order"]["clawedBackPoints"]) == (50, 50)
    assert late["customer"]["points"]["available"] == start


async def test_an_order_is_one_customers_only_and_told_one_way(shop: Shop, buyer: Json):
    await complete(shop.backend, buyer)
    other = {"externalId": await shop.customer()}
    assert code(await complete(shop.backend, other)) == "ORDER_OF_ANOTHER"
    assert code(await complete(shop.backend, buyer, total="499.00")) == "ORDER_CONFLICT"
    await refund(shop.backend, "10.00", refundId="r")
    assert code(await refund(shop.backend, "20.00", refundId="r")) == "ORDER_CONFLICT"


async def test_a_redemption_of_another_customer_completes_no_order(shop: Shop, buyer: Json):
    other = {"externalId": await shop.customer(points=500)}
    held = (await shop.backend.apply(customer=other))["redemption"]["id"]
    refused = await complete(shop.backend, buyer, redemptionId=held)
    assert code(refused) == "REDEMPTION_NOT_FOUND"
    assert await shop.backend.ask(d.FIND_ORDER, id="o-1") is None


async def test_a_capture_finds_its_redemption_by_the_cart(shop: Shop, asha: str, buyer: Json):
    """The id was lost between payment and capture; asked again, the answer is the same."""
    held = (await shop.backend.apply(cart(cart_id="c-7"), customer=buyer))["redemption"]["id"]
    given = {
        "customer": buyer,
        "cartId": "c-7",
        "order": {"id": "o-7", "total": money("500.00")},
    }
    for key in ("first", "second"):
        done = await shop.backend.ask(d.CAPTURE, input={**given, "idempotencyKey": key})
        assert done["redemption"]["id"] == held
        assert done["redemption"]["status"] == "CAPTURED"
        assert done["replayed"] is (key == "second")
    unknown = {**given, "cartId": "nowhere", "order": {"id": "o-8", "total": money("1")}}
    refused = await shop.backend.ask(d.CAPTURE, input={**unknown, "idempotencyKey": "third"})
    assert code(refused) == "REDEMPTION_NOT_FOUND"


async def test_without_a_cart_the_orders_id_is_the_carts(shop: Shop, buyer: Json):
    held = (await shop.backend.apply(cart(cart_id="o-9"), customer=buyer))["redemption"]["id"]
    order = {"id": "o-9", "total": money("500.00")}
    given = {"customer": buyer, "order": order, "idempotencyKey": "k"}
    done = await shop.backend.ask(d.CAPTURE, input=given)
    assert done["redemption"]["id"] == held


async def test_a_key_answers_the_first_outcome_also_a_refusal(shop: Shop, buyer: Json):
    await complete(shop.backend, buyer, "taken", idempotencyKey="k")
    again = await complete(shop.backend, buyer, "taken", idempotencyKey="k")
    assert again["replayed"]
    other = await complete(shop.backend, buyer, "another", idempotencyKey="k")
    assert code(other) == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"order": {"id": "", "total": money("1")}}, ["order", "id"]),
        ({"order": {"id": "x" * 256, "total": money("1")}}, ["order", "id"]),
        ({"cartId": " padded "}, ["cartId"]),
        ({"idempotencyKey": ""}, ["idempotencyKey"]),
    ],
)
async def test_a_malformed_completion_names_its_field(
    shop: Shop, buyer: Json, given: Json, field: list[str]
):
    told: Json = {"customer": buyer, "order": {"id": "o", "total": money("1")}, **given}
    answer = await shop.backend.send(d.COMPLETE_ORDER, input=told)
    assert answer.error == {"code": "BAD_USER_INPUT", "field": field}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"order": {"id": "o", "total": money("-1")}}, "INVALID_AMOUNT"),
        ({"order": {"id": "o", "total": money("1.001")}}, "INVALID_AMOUNT"),
        ({"order": {"id": "o", "total": money("1", "EUR")}}, "CURRENCY_MISMATCH"),
        ({"placedAt": "2999-01-01T00:00:00Z"}, "INVALID_INPUT"),
        ({"customer": {"externalId": "nobody"}}, "CUSTOMER_NOT_FOUND"),
        ({"redemptionId": "nothing"}, "REDEMPTION_NOT_FOUND"),
        ({"cartId": "nowhere"}, "REDEMPTION_NOT_FOUND"),
    ],
)
async def test_an_impossible_completion_is_refused_and_leaves_nothing(
    shop: Shop, buyer: Json, given: Json, expected: str
):
    told: Json = {"customer": buyer, "order": {"id": "o", "total": money("1")}, **given}
    assert code(await shop.backend.ask(d.COMPLETE_ORDER, input=told)) == expected
    assert await shop.backend.ask(d.FIND_ORDER, id="o") is None


@pytest.mark.parametrize("amount", ["0", "-5", "1.234"])
async def test_a_refund_of_no_amount_is_refused(shop: Shop, buyer: Json, amount: str):
    await complete(shop.backend, buyer)
    assert code(await refund(shop.backend, amount)) == "INVALID_AMOUNT"


async def test_amount_and_lines_at_once_are_refused(shop: Shop, buyer: Json):
    await complete(shop.backend, buyer)
    lines = [{"productId": "p", "quantity": 1, "total": money("10.00")}]
    refused = await refund(shop.backend, "10.00", lines=lines)
    assert code(refused) == "INVALID_INPUT"


async def test_a_shopper_sees_its_own_orders_and_no_other(shop: Shop, asha: str, buyer: Json):
    await complete(shop.backend, buyer)
    await complete(shop.backend, {"externalId": await shop.customer()}, "o-2")
    mine = await (await shop.shopper(asha)).ask(
        "{ me { loyaltyOrders(first: 5) { edges { node { id orderId } } } } }"
    )
    assert [edge["node"]["orderId"] for edge in mine["loyaltyOrders"]["edges"]] == ["o-1"]
    found = await shop.backend.ask(d.FIND_ORDER, id="o-2")
    shopper = await shop.shopper(asha)
    assert await shopper.ask(d.NODE, id=found["id"]) is None
    own = mine["loyaltyOrders"]["edges"][0]["node"]["id"]
    assert (await shopper.ask(d.NODE, id=own))["id"] == own


async def test_pages_of_orders_go_on_where_the_last_ended(shop: Shop, asha: str, buyer: Json):
    for number in range(5):
        await complete(shop.backend, buyer, f"o-{number}")
    document = """query ($by: CustomerRef!, $after: String) { customer(by: $by) {
      loyaltyOrders(first: 2, after: $after) { edges { node { orderId } }
        pageInfo { hasNextPage endCursor } } } }"""
    seen: list[str] = []
    after: str | None = None
    while True:
        page = (await shop.backend.ask(document, by=buyer, after=after))["loyaltyOrders"]
        seen += [edge["node"]["orderId"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == ["o-4", "o-3", "o-2", "o-1", "o-0"]


async def test_an_order_of_another_merchant_is_not_there(shop: Shop, other_shop: Shop, buyer: Json):
    await complete(shop.backend, buyer)
    assert await other_shop.backend.ask(d.FIND_ORDER, id="o-1") is None
    assert code(await cancel(other_shop.backend)) == "ORDER_NOT_FOUND"
