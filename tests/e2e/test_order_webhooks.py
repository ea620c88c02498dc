"""Shops tell of their orders: each platform's own shape, and what comes of it."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import pytest_asyncio

from gateway.ids import to_global_id
from tests.e2e.caller import Json, cart
from tests.e2e.deliveries import Platform, fixture, open_platform
from tests.e2e.serving import Served

PAID = {
    "SHOPIFY": "shopify-orders-paid",
    "WOOCOMMERCE": "woocommerce-order-processing",
    "COMMERCETOOLS": "commercetools-order-payment-state-changed",
    "GENERIC": "generic-order-paid",
}
ORDERS = {
    "SHOPIFY": "820982911946154508",
    "WOOCOMMERCE": "727",
    "COMMERCETOOLS": "1b5c1d7e-2f1a-4a6e-9c1b-0a3f6c1d2e3f",
    "GENERIC": "SO-1001",
}
CUSTOMERS = {
    "SHOPIFY": "115310627314723954",
    "WOOCOMMERCE": "26",
    "COMMERCETOOLS": "f8b0c0a0-5b2e-4d7e-8a4f-6a1b2c3d4e5f",
    "GENERIC": "c-1",
}
REFUND = {
    "SHOPIFY": ("shopify-refunds-create", "712.50"),
    "WOOCOMMERCE": ("woocommerce-order-refunds", "722.50"),
    "COMMERCETOOLS": ("commercetools-return-info-added", "750.00"),
    "GENERIC": ("generic-order-refunded", "712.50"),
}
CANCEL = {
    "SHOPIFY": "shopify-orders-cancelled",
    "WOOCOMMERCE": "woocommerce-order-cancelled",
    "COMMERCETOOLS": "commercetools-order-state-changed",
    "GENERIC": "generic-order-cancelled",
}
CREATED = "commercetools-order-created"
EARNED = {"SHOPIFY": 1900, "WOOCOMMERCE": 1900, "COMMERCETOOLS": 1999, "GENERIC": 1900}
"""A point for each rupee that was paid for lines: shipping is no line."""
LINES_BEFORE_POINTS = {"SHOPIFY": 2000, "WOOCOMMERCE": 2000, "COMMERCETOOLS": 1999, "GENERIC": 1900}


@pytest_asyncio.fixture(loop_scope="package", params=list(PAID))
async def platform(request: pytest.FixtureRequest, served: Served) -> Platform:
    """A merchant with one source, of each kind in turn."""
    return await open_platform(served, request.param)


async def pay(platform: Platform) -> None:
    if platform.kind == "COMMERCETOOLS":
        await platform.tell(CREATED)
        assert (await platform.states())[0][0] == "IGNORED"
    await platform.tell(PAID[platform.kind])


async def test_a_paid_order_earns_for_a_customer_who_was_not_known(platform: Platform):
    await pay(platform)
    assert (await platform.states())[0] == ("DONE", None)
    order = await platform.order(ORDERS[platform.kind])
    assert (order["status"], order["paid"]["amount"]) == ("COMPLETED", "1999.00")
    assert (order["earnedPoints"], order["captureRefusal"]) == (EARNED[platform.kind], None)
    who = order["customer"]
    assert who["externalId"] == CUSTOMERS[platform.kind]
    assert (who["email"], who["phone"]) == ("asha@example.com", "+919812345670")
    assert who["points"]["available"] == EARNED[platform.kind]


async def test_a_refund_takes_back_its_part(platform: Platform):
    await pay(platform)
    name, refunded = REFUND[platform.kind]
    await platform.tell(name)
    order = await platform.order(ORDERS[platform.kind])
    assert (order["status"], order["refunded"]["amount"]) == ("PARTLY_REFUNDED", refunded)
    kept = EARNED[platform.kind] * (199_900 - int(refunded.replace(".", ""))) // 199_900
    assert order["customer"]["points"]["available"] == kept


async def test_a_cancellation_takes_back_all(platform: Platform):
    await pay(platform)
    await platform.tell(CANCEL[platform.kind])
    order = await platform.order(ORDERS[platform.kind])
    assert (order["status"], order["customer"]["points"]["available"]) == ("CANCELLED", 0)


def with_redemption(kind: str, redemption: str) -> Json:
    """The paid order as the platform sends it where the checkout wrote the redemption on it."""
    body = fixture(CREATED if kind == "COMMERCETOOLS" else PAID[kind])
    noted = {"value": redemption}
    if kind == "SHOPIFY":
        body["note_attributes"].append({"name": "loyalty_redemption_id", **noted})
    elif kind == "WOOCOMMERCE":
        body["meta_data"].append({"id": 1, "key": "loyalty_redemption_id", **noted})
    elif kind == "GENERIC":
        body["data"]["order"]["redemptionId"] = redemption
    else:
        body["order"]["custom"]["fields"]["loyalty_redemption_id"] = redemption
        body["order"]["paymentState"] = "Paid"
    return body


async def test_the_redemption_that_the_order_carries_is_captured(platform: Platform):
    kind = platform.kind
    asha = await platform.shop.customer(points=500, external_id=CUSTOMERS[kind])
    held = await platform.shop.backend.apply(
        cart("2099.00"), customer={"externalId": asha}, points=100
    )
    body = with_redemption(kind, held["redemption"]["id"])
    await platform.send(body, "orders/paid" if kind == "SHOPIFY" else "order.created")
    await platform.run()
    assert await platform.states() == [("DONE", None)]
    order = await platform.order(ORDERS[kind])
    assert (order["total"]["amount"], order["paid"]["amount"]) == ("2099.00", "1999.00")
    balance = await platform.shop.backend.balance(asha)
    earned = 1999 * LINES_BEFORE_POINTS[kind] // 2099
    assert (balance["held"], balance["available"]) == (0, 400 + earned)


async def test_a_redemption_that_is_not_there_costs_the_order_nothing(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    await platform.send(with_redemption("SHOPIFY", "not an id"), "orders/paid")
    other = with_redemption("SHOPIFY", to_global_id("Redemption", 1, 2)) | {"id": 5}
    await platform.send(other, "orders/paid")
    await platform.run()
    assert sorted(await platform.states(), key=str) == [
        ("DONE", "Its redemption was not captured: REDEMPTION_NOT_FOUND."),
        ("DONE", None),
    ]
    for number in (ORDERS["SHOPIFY"], "5"):
        assert (await platform.order(number))["status"] == "COMPLETED"


async def test_who_is_known_by_e_mail_or_phone_is_not_made_again(served: Served):
    contact: Json
    for contact in ({"email": "asha@example.com"}, {"phone": "+919812345670"}):
        platform = await open_platform(served, "WOOCOMMERCE")
        known = await platform.shop.customer(external_id="website-1", **contact)
        await platform.tell(PAID["WOOCOMMERCE"])
        assert (await platform.order("727"))["customer"]["externalId"] == known
        assert (await platform.shop.backend.balance(known))["available"] == 1900


async def test_a_contact_that_cannot_be_one_is_left_out(served: Served):
    platform = await open_platform(served, "WOOCOMMERCE")
    billing = fixture(PAID["WOOCOMMERCE"])["billing"] | {"email": "no mail", "phone": "ask me"}
    await platform.tell(PAID["WOOCOMMERCE"], billing=billing)
    who = (await platform.order("727"))["customer"]
    assert (who["externalId"], who["email"], who["phone"]) == ("26", None, None)


async def test_a_guest_whom_nobody_knows_is_passed_over_with_all_that_follows(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-orders-paid", customer=None)
    await platform.tell("shopify-refunds-create")
    await platform.tell("shopify-orders-cancelled", customer=None)
    guest = "The shop names no customer, and nobody has this e-mail or phone."
    assert await platform.states() == [("IGNORED", guest)] * 3
    assert await platform.order(ORDERS["SHOPIFY"]) is None


async def test_a_source_may_leave_strangers_alone_and_number_them_apart(served: Served):
    given: Json = {"createCustomers": False, "customerPrefix": "woo-", "orderPrefix": "W-"}
    platform = await open_platform(served, "WOOCOMMERCE", **given)
    await platform.tell(PAID["WOOCOMMERCE"])
    assert (await platform.states())[0][0] == "IGNORED"
    known = await platform.shop.customer(external_id="woo-26")
    await platform.tell(PAID["WOOCOMMERCE"])
    assert await platform.order("727") is None
    assert (await platform.order("W-727"))["customer"]["externalId"] == known


async def test_a_woo_order_that_is_refunded_whole_is_given_back_whole(served: Served):
    for refunds in ([{"id": 729, "reason": "", "total": "-1999.00"}], []):
        platform = await open_platform(served, "WOOCOMMERCE")
        await platform.tell("woocommerce-order-refunded", refunds=refunds)
        order = await platform.order("727")
        assert (order["status"], order["customer"]["points"]["available"]) == ("REFUNDED", 0)


async def test_an_announced_return_counts_when_it_has_arrived(served: Served):
    platform = await open_platform(served, "COMMERCETOOLS")
    await pay(platform)
    await platform.tell("commercetools-return-announced")
    order = await platform.order(ORDERS["COMMERCETOOLS"])
    assert order["refunded"]["amount"] == "0.00"
    await platform.tell("commercetools-return-arrived")
    order = await platform.order(ORDERS["COMMERCETOOLS"])
    assert order["refunded"]["amount"] == "499.00"


@pytest.mark.parametrize("wrapped", ["eventbridge", "cloudevents", "pubsub"])
async def test_a_message_may_come_in_the_envelope_of_its_queue(served: Served, wrapped: str):
    platform = await open_platform(served, "COMMERCETOOLS")
    body = fixture(CREATED)
    body["order"]["paymentState"] = "Paid"
    packed = base64.b64encode(json.dumps(body).encode()).decode()
    envelopes: dict[str, Any] = {
        "eventbridge": {"version": "0", "detail-type": "Message", "detail": body},
        "cloudevents": {"specversion": "1.0", "type": "OrderCreated", "data": body},
        "pubsub": {"message": {"data": packed, "messageId": "1"}, "subscription": "projects/p"},
    }
    assert (await platform.send(envelopes[wrapped])).status_code == 202
    # The message's own id is known again, however it is wrapped.
    assert (await platform.send(body)).status_code == 200
    await platform.run()
    assert (await platform.order(ORDERS["COMMERCETOOLS"]))["earnedPoints"] == 1999


@pytest.mark.parametrize(
    ("kind", "topic", "change"),
    [
        ("SHOPIFY", "products/update", {}),
        ("SHOPIFY", "", {}),
        ("SHOPIFY", "orders/paid", {"test": True}),
        ("WOOCOMMERCE", "customer.created", {}),
        ("WOOCOMMERCE", "order.updated", {"status": "pending"}),
        ("COMMERCETOOLS", "", {"type": "ProductPublished"}),
        ("COMMERCETOOLS", "", {"type": None, "notificationType": "ResourceCreated"}),
        ("GENERIC", "", {"type": "order.shipped"}),
    ],
)
async def test_what_is_of_no_use_is_ignored(served: Served, kind: str, topic: str, change: Json):
    platform = await open_platform(served, kind)
    assert (await platform.send(fixture(PAID[kind]) | change, topic)).status_code == 202
    await platform.run()
    assert [state for state, _ in await platform.states()] == ["IGNORED"]
    assert await platform.order(ORDERS[kind]) is None
