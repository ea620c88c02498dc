"""What becomes of deliveries: tried again, given up, replayed, discarded; by staff alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.errors import RequestCode, RequestError
from gateway.ids import MAX_ID, to_global_id
from gateway.services import inbound, inbox, judging
from gateway.services.customers import CustomerRef, find_customer
from gateway.services.inbox_items import InboxState
from gateway.services.privacy import erase_customer
from tests.e2e import documents as d
from tests.e2e.caller import Json, code
from tests.e2e.deliveries import Platform, add_source, fixture, open_platform
from tests.e2e.serving import SECOND, Clock, Served

PAUSES = inbound.PAUSES_SECONDS
ONE = "query($id: ID!) { merchant { inboxItem(id: $id) { id body deliveryId } } }"
ORDER = "820982911946154508"
UNFIT: dict[str, tuple[Json | bytes, str]] = {
    "malformed": (b'{"id": 1', "The body is not valid JSON."),
    "a list": (b"[]", "The body is no JSON object."),
    "deep": (b'{"id": ' + b"[" * 200_000 + b"}", "The body is nested too deeply."),
    "a long number": (b'{"id": 1, "total_price": ' + b"9" * 100_000 + b"}", "`financial_status`"),
    "another currency": (
        {"currency": "USD"},
        "The amounts are in USD, and the merchant's currency is INR.",
    ),
    "too many decimals": ({"total_price": "1.005"}, "`total_price` has more than 2 decimals"),
    "no amount": ({"total_price": None}, "`total_price` is missing."),
    "an amount too large": ({"total_price": "1e99"}, "`total_price` is larger than any amount."),
    "no number": ({"total_price": "1,000.00"}, "`total_price` is no decimal number."),
    "not a number": ({"total_price": float("nan")}, "`total_price` is no decimal number."),
    "an odd id": ({"id": "a\u0000b"}, "`id` is not 1 to 255 printable characters."),
    "no order": ({"id": None}, "`id` is missing."),
    "not paid": ({"financial_status": "pending"}, "`financial_status` does not say"),
    "lines that are none": ({"line_items": {"a": 1}}, "`line_items` is no list."),
    "lines of nothing": ({"line_items": [1]}, "`line_items` holds what is no object."),
    "no time": ({"processed_at": "yesterday"}, "`processed_at` is no ISO 8601 instant."),
}


@pytest.mark.parametrize(("body", "reason"), UNFIT.values(), ids=UNFIT)
async def test_what_can_never_be_used_is_given_up_at_once(
    served: Served, body: Json | bytes, reason: str
):
    platform = await open_platform(served, "SHOPIFY")
    whole = body if isinstance(body, bytes) else fixture("shopify-orders-paid") | body
    assert (await platform.send(whole, "orders/paid")).status_code == 202
    await platform.run()
    ((state, why),) = await platform.states()
    assert (state, reason in (why or "")) == ("DEAD", True), why


async def test_a_topic_that_its_body_does_not_bear_out_is_not_believed(served: Served):
    """Shopify signs the body and not the topic: a paid order told as cancelled changes nothing."""
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-orders-paid")
    await platform.send(fixture("shopify-orders-paid"), "orders/cancelled")
    await platform.run()
    assert (await platform.states())[0][0] == "DEAD"
    assert (await platform.order(ORDER))["status"] == "COMPLETED"


async def test_a_refund_before_its_order_waits_and_ends_the_same(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-refunds-create")
    (item,) = await platform.inbox()
    assert (item["state"], item["attempts"], item["lastError"]) == ("WAITING", 1, "ORDER_NOT_FOUND")
    assert item["orderId"] == ORDER
    await platform.tell("shopify-orders-paid")
    await platform.hurry()
    order = await platform.order(ORDER)
    assert (order["status"], order["refunded"]["amount"]) == ("PARTLY_REFUNDED", "712.50")
    assert {state for state, _ in await platform.states()} == {"DONE"}


async def test_ten_tries_in_a_day_and_then_it_is_given_up(served: Served, clock: Clock):
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-refunds-create")
    for tries, pause in enumerate(PAUSES, start=1):
        (item,) = await platform.inbox()
        assert (item["state"], item["attempts"]) == ("WAITING", tries)
        clock.advance(pause - 1)
        await platform.run()
        assert (await platform.inbox())[0]["attempts"] == tries
        clock.advance(2)
        await platform.run()
    (item,) = await platform.inbox()
    assert (item["state"], item["attempts"], item["lastError"]) == ("DEAD", 10, "ORDER_NOT_FOUND")
    assert 20 * 3_600 < sum(PAUSES) < 25 * 3_600


async def test_what_was_given_up_is_replayed(served: Served, clock: Clock):
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-refunds-create")
    for pause in PAUSES:
        clock.advance(pause + 1)
        await platform.run()
    await platform.tell("shopify-orders-paid")
    (dead,) = await platform.inbox(state="DEAD")
    done = await platform.shop.admin.ask(d.REPLAY, input={"ids": [dead["id"], "nothing"]})
    assert (done["count"], code(done)) == (1, None)
    await platform.run()
    assert (await platform.order(ORDER))["refunded"]["amount"] == "712.50"
    again = await platform.shop.admin.ask(d.REPLAY, input={"ids": [dead["id"]]})
    assert again["count"] == 1
    await platform.run()
    assert (await platform.order(ORDER))["refunded"]["amount"] == "712.50"


async def test_all_that_a_source_lost_are_replayed_together(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    other = await add_source(platform.shop, "SHOPIFY", name="other")
    for each in (platform, platform, other):
        await each.send(b"{", "orders/paid")
    await platform.run()
    done = await platform.shop.admin.ask(d.REPLAY, input={"deadOf": platform.id})
    assert done["count"] == 2
    assert len(await platform.inbox(state="WAITING")) == 2
    (left,) = await platform.inbox(state="DEAD")
    dropped = await platform.shop.admin.ask(d.DISCARD, input={"ids": [left["id"]]})
    assert dropped["count"] == 1
    (item,) = await platform.inbox(state="IGNORED")
    assert item["lastError"] == "Discarded by a person."


async def test_a_busy_gateway_costs_no_try(
    served: Served, monkeypatch: pytest.MonkeyPatch, clock: Clock
):
    platform = await open_platform(served, "SHOPIFY")

    async def busy(*_: Any, **__: Any) -> None:
        raise RequestError(RequestCode.OVERLOADED, "Too many requests are waiting.")

    with monkeypatch.context() as patched:
        patched.setattr(judging, "complete_order", busy)
        await platform.send(fixture("shopify-orders-paid"), "orders/paid")
        for _ in range(20):
            await platform.run()
            clock.advance(inbound.OVERLOADED_SECONDS + 1)
    (item,) = await platform.inbox()
    assert (item["state"], item["attempts"]) == ("WAITING", 0)
    await platform.run()
    assert (await platform.states()) == [("DONE", None)]


async def test_a_fault_of_ours_is_tried_again_and_tells_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    platform = await open_platform(served, "SHOPIFY")

    async def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("asha@example.com")

    with monkeypatch.context() as patched:
        patched.setattr(judging, "complete_order", broken)
        await platform.tell("shopify-orders-paid")
    (item,) = await platform.inbox()
    assert (item["state"], "asha" in (item["lastError"] or "")) == ("WAITING", False)
    await platform.hurry()
    assert (await platform.states()) == [("DONE", None)]


async def test_workers_side_by_side_carry_each_delivery_out_once(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    for number in range(1, 101):
        await platform.send(fixture("shopify-orders-paid") | {"id": number}, "orders/paid")
    done = await asyncio.gather(*(platform.run() for _ in range(6)))
    assert sum(done) == 100
    items = await platform.inbox(first=100)
    assert {(item["state"], item["attempts"]) for item in items} == {("DONE", 1)}


async def test_a_claim_that_ran_out_changes_nothing_any_more(served: Served, clock: Clock):
    platform = await open_platform(served, "SHOPIFY")
    await platform.send(fixture("shopify-orders-paid"), "orders/paid")
    (slow,) = await inbox.claim(clock(), 10)
    assert await inbox.claim(clock(), 10) == []
    clock.advance(inbox.LEASE_SECONDS + 1)
    await platform.run()
    await inbox.finish(slow, InboxState.DEAD, "too late", None)
    await inbox.postpone(slow, clock() + 5 * SECOND, 3, "too late", None)
    assert await platform.states() == [("DONE", None)]


async def test_settled_deliveries_are_forgotten_in_time_and_dead_ones_are_not(
    served: Served, clock: Clock
):
    platform = await open_platform(served, "SHOPIFY")
    await platform.tell("shopify-orders-paid")
    await platform.send(b"{", "orders/paid")
    await platform.run()
    tidy = platform.served.gateway.inbound.tidy
    await tidy()
    assert len(await platform.inbox()) == 2
    clock.advance(46 * 86_400)
    await tidy()
    assert [state for state, _ in await platform.states()] == ["DEAD"]


async def test_what_was_sent_of_a_customer_is_erased_with_it(served: Served):
    platform = await open_platform(served, "WOOCOMMERCE", orderPrefix="W-")
    await platform.tell("woocommerce-order-processing")
    await platform.tell("woocommerce-order-processing", id=728, customer_id=27, billing=None)
    await platform.send(b'{"email": "someone"', "order.updated")
    await platform.run()
    merchant_id = platform.shop.merchant_id
    known = await find_customer(merchant_id, CustomerRef(external_id="26"))
    assert known is not None
    runtime = served.gateway.runtime
    assert (await erase_customer(runtime, merchant_id, known.id)).refusal is None
    bodies = [item["body"] for item in await platform.inbox()]
    assert [bool(body) for body in bodies] == [True, True, False]
    erased = (await platform.inbox())[-1]
    assert (erased["headers"], erased["lastError"]) == ([], "Its customer was erased.")
    again = await platform.shop.admin.ask(d.REPLAY, input={"ids": [erased["id"]]})
    assert again["count"] == 0


async def test_a_deleted_source_is_refused_and_what_waits_is_let_be(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    await platform.send(fixture("shopify-orders-paid"), "orders/paid")
    gone = await platform.shop.admin.ask(d.DELETE_SOURCE, input={"id": platform.id})
    assert gone["deletedId"] == platform.id
    assert (await platform.send(b"{}", "orders/paid")).status_code == 401
    assert await platform.run() == 0
    (item,) = await platform.inbox()
    assert (item["state"], item["source"]) == ("IGNORED", None)
    again = await platform.shop.admin.ask(d.DELETE_SOURCE, input={"id": platform.id})
    assert code(again) == "INVALID_INPUT"


async def test_pages_are_cut_by_key(served: Served):
    platform = await open_platform(served, "GENERIC")
    for number in range(5):
        await platform.send({"type": f"t{number}"})
    seen: list[str] = []
    after = None
    while True:
        page = (await platform.shop.admin.ask(d.INBOX, first=2, after=after))["inbox"]
        seen += [edge["node"]["body"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == [f'{{"type": "t{number}"}}' for number in (4, 3, 2, 1, 0)]


async def test_another_merchant_sees_and_touches_nothing(served: Served):
    mine = await open_platform(served, "SHOPIFY")
    await mine.send(b"{", "orders/paid")
    await mine.run()
    other = await open_platform(served, "WOOCOMMERCE")
    (item,) = await mine.inbox()
    assert await other.inbox() == []
    sources = (await other.shop.admin.ask(d.SOURCES))["orderSources"]
    assert [source["name"] for source in sources] == ["woocommerce"]
    admin = other.shop.admin
    assert (await admin.ask(d.REPLAY, input={"ids": [item["id"]]}))["count"] == 0
    assert (await admin.ask(d.REPLAY, input={"deadOf": mine.id}))["count"] == 0
    assert (await admin.ask(d.DISCARD, input={"ids": [item["id"]]}))["count"] == 0
    for document in (d.ROTATE_SOURCE, d.DELETE_SOURCE):
        assert code(await admin.ask(document, input={"id": mine.id})) == "INVALID_INPUT"
    assert await mine.inbox() == [item]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "Upper"}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": ""}, None),
        ({"name": "-a"}, "name"),
        ({"name": "a" * 41}, "name"),
        ({"name": "shopify"}, "name"),
        ({"secret": "short"}, "secret"),
        ({"secret": " " * 20}, "secret"),
        ({"kind": "GENERIC", "secret": "long enough to be one"}, "secret"),
        ({"name": "b", "customerPrefix": "x" * 41}, "customerPrefix"),
        ({"name": "b", "orderPrefix": "\n"}, "orderPrefix"),
    ],
)
async def test_a_source_that_cannot_be_is_refused(served: Served, given: Json, field: str | None):
    platform: Platform = await open_platform(served, "SHOPIFY")
    asked = {"kind": "WOOCOMMERCE", **given}
    made = await platform.shop.admin.ask(d.CREATE_SOURCE, input=asked)
    found = made["userErrors"][0]["field"] if made["userErrors"] else None
    assert found == (None if field is None else [field])


async def test_one_delivery_is_found_by_its_id_by_its_merchant_alone(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    for _ in range(2):
        await platform.tell("shopify-orders-paid")
    (_, first), other = await platform.inbox(), await open_platform(served, "SHOPIFY")

    async def seen(by: Platform, number: str = first["id"]) -> object:
        return (await by.shop.admin.ask(ONE, id=number))["inboxItem"]

    assert await seen(platform) == {key: first[key] for key in ("id", "body", "deliveryId")}
    assert await seen(platform, to_global_id("InboxItem", MAX_ID)) is None
    assert await seen(platform, "nothing") is None
    assert await seen(other) is None
