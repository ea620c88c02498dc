"""Who may call the checkout webhook, what is said to a bad request, and what is never written."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from uuid import uuid4

import pytest
import pytest_asyncio

from gateway.errors import RequestCode, RequestError
from tests.e2e import documents as d
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop
from tests.e2e.webhook import PREFIX, Checkout, checkout

GOOD = {"action": "list", "customer_id": "someone", "amount": 500}
MALFORMED = {
    "no action": ({"action": None}, "action"),
    "another action": ({"action": "perform_unsafe"}, "action"),
    "no amount": ({"amount": None}, "amount"),
    "an empty amount": ({"amount": ""}, "amount"),
    "an amount below zero": ({"amount": -1}, "amount"),
    "an amount with too many decimals": ({"amount": 499.98999999999995}, "amount"),
    "an amount that is no number": ({"amount": float("nan")}, "amount"),
    "an endless amount": ({"amount": float("inf")}, "amount"),
    "an amount with a large exponent": ({"amount": "1e99"}, "amount"),
    "an amount with a huge exponent": ({"amount": "1e999999999"}, "amount"),
    "an amount with a comma": ({"amount": "1,000.00"}, "amount"),
    "an amount that is true": ({"amount": True}, "amount"),
    "an amount beyond what is exact": ({"amount": 2**60}, "amount"),
    "nobody": ({"customer_id": ""}, "customer_id"),
    "a list of customers": ({"customer_id": ["a"]}, "customer_id"),
    "a customer with a control character": ({"customer_id": "a\u0000"}, "customer_id"),
    "half a character": ({"customer_id": "\ud800"}, "customer_id"),
    "nine digits": ({"customer_id": None, "mobile": "981234567"}, "mobile"),
    "a country that is none": (
        {"customer_id": None, "mobile": "9812345670", "country": "atlantis"},
        "country",
    ),
    "another wallet": ({"wallet_type": "gold"}, "wallet_type"),
    "half a point": ({"coin_value": 1.5}, "coin_value"),
    "no point": ({"coin_value": 0}, "coin_value"),
    "a long reference": ({"reference_order_id": "x" * 256}, "reference_order_id"),
    "a reference with decimals": ({"reference_order_id": 1.5}, "reference_order_id"),
}


@pytest_asyncio.fixture(loop_scope="package")
async def till(shop: Shop, asha: str) -> Checkout:
    return checkout(shop, asha)


@pytest.mark.parametrize(("change", "field"), MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_field_is_named(till: Checkout, change: dict[str, object], field: str):
    answer = await till.send(json.dumps({**GOOD, **change}))
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert body["meta"] == {"code": 400}
    assert (body["data"]["field"], field in body["data"]["message"] or "mount" in field) == (
        field,
        True,
    )


async def test_unknown_fields_are_ignored(till: Checkout):
    told = await till.done("list", amount=500, ignored={"a": [1e400]}, source="web")
    assert told["points_balance"] == 500


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff", 400),
        (b'{"action": "list"', 400),
        (b"[" * 50_000, 400),
        (b'{"a": "' + b"x" * 100_000 + b'"}', 413),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(till: Checkout, body: bytes, status: int):
    answer = await till.send(body)
    assert (answer.status_code, answer.json()["meta"]["code"]) == (status, status)


async def test_other_methods_and_media_types_are_told_what_is_served(till: Checkout):
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        answer = await till.http.request(method, PREFIX + till.webhook_id)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await till.send(b"action=list", **form)).status_code == 415


async def test_every_bad_secret_has_the_same_answer(shop: Shop, other_shop: Shop, till: Checkout):
    mine = shop.secret_webhook_id
    stolen = mine.split("_")[1]
    bad = [
        "",
        "unknown",
        mine[:-1],
        f"{mine}/more",
        "whk_" + mine.split("_", 1)[1][::-1],
        other_shop.secret_webhook_id.replace(other_shop.secret_webhook_id.split("_")[1], stolen),
        shop.admin.headers["authorization"].removeprefix("Bearer "),
        shop.page.headers["x-loyalty-key"],
        await shop.token(till.customer),
    ]
    told = [await checkout(shop, till.customer, key).call("list", amount=500) for key in bad[1:]]
    assert {(each.status_code, each.text) for each in told} == {(401, told[0].text)}
    assert all("www-authenticate" in each.headers for each in told)
    assert (await shop.served.http.post(PREFIX)).status_code == 401


@pytest.mark.own_shop
async def test_a_rotated_secret_works_for_its_overlap(shop: Shop, till: Checkout, clock: Clock):
    asked = {"overlapSeconds": 3_600}
    fresh = (await shop.admin.ask(d.ROTATE, input=asked))["secretWebhookId"]
    for key in (till.webhook_id, fresh):
        assert await checkout(shop, till.customer, key).done("list", amount=500)
    clock.advance(3_601)
    assert (await till.call("list", amount=500)).status_code == 401
    assert await checkout(shop, till.customer, fresh).done("list", amount=500)


async def test_one_merchants_secret_never_reaches_anothers_customers(
    shop: Shop, other_shop: Shop, till: Checkout
):
    same_id = await other_shop.customer(points=500, external_id=till.customer)
    mira = await other_shop.customer(points=500, phone="+919812399999")
    theirs = checkout(other_shop, same_id)
    await theirs.done("perform", amount=500, reference_order_id="theirs")
    for who in ({"customer_id": mira}, {"mobile": "9812399999"}):
        for action in ("list", "perform", "revert"):
            told = await till.refused(action, amount=500, reference_order_id="theirs", **who)
            assert told["code"] == "CUSTOMER_NOT_FOUND"
    unknown = await till.refused("revert", reference_order_id="theirs")
    assert unknown["code"] == "REDEMPTION_NOT_FOUND"
    assert (await other_shop.backend.balance(same_id))["available"] == 400


async def test_the_secret_is_in_no_log_whatever_happens(
    shop: Shop, till: Checkout, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """Not even in the access log of a server that writes one."""
    for client in ("httpx", "httpcore"):  # that is the caller, who knows its own secret
        caplog.set_level(logging.WARNING, client)
    for server in ("", "uvicorn.access", "loyalty"):
        caplog.set_level(logging.DEBUG, server)

    async def broken(_: object) -> None:
        raise RuntimeError("something is wrong")

    secret = f"{till.webhook_id[:-12]}{uuid4().hex[:12]}"
    await till.done("list", amount=500)
    await checkout(shop, till.customer, secret).call("list", amount=500)
    await checkout(shop, till.customer, f"{till.webhook_id}/x").call("list", amount=500)
    monkeypatch.setattr(shop.served.gateway.runtime.ledger, "submit", broken)
    failed = await till.call("perform", amount=500)
    assert failed.status_code == 500
    data = failed.json()["data"]
    assert data["message"] == "Internal server error"
    assert data["request_id"] == failed.headers["x-request-id"]
    assert "something is wrong" in caplog.text
    assert f"{PREFIX}{{webhook_id}}" in caplog.text.replace("%7B", "{").replace("%7D", "}")
    for kept in (till.webhook_id, secret):
        assert kept.split("_", 2)[2][:20] not in caplog.text


@pytest.mark.parametrize(("code", "status"), [("THROTTLED", 429), ("OVERLOADED", 503)])
async def test_too_much_is_told_with_the_time_to_wait(
    shop: Shop, till: Checkout, monkeypatch: pytest.MonkeyPatch, code: str, status: int
):
    async def full(_: object) -> None:
        raise RequestError(RequestCode(code), "Later.", retry_after_seconds=7)

    monkeypatch.setattr(shop.served.gateway.runtime.ledger, "submit", full)
    answer = await till.call("perform", amount=500)
    assert (answer.status_code, answer.headers["retry-after"]) == (status, "7")


async def test_a_shopper_who_asks_too_often_is_held_up_and_nobody_else(shop: Shop, till: Checkout):
    """The burst of a customer is 10,000 units, and the clock stands still."""
    answers = await asyncio.gather(*(till.call("list", amount=500) for _ in range(210)))
    assert Counter(answer.status_code for answer in answers) == {200: 200, 429: 10}
    (waits,) = {a.headers["retry-after"] for a in answers if a.status_code == 429}
    assert int(waits) >= 1
    other = checkout(shop, await shop.customer(points=5))
    assert await other.done("list", amount=500)
